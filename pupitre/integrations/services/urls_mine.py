from django.urls import path

from pupitre.integrations.services.views import mine

app_name = "my_services"
urlpatterns = [path("", mine.mine, name="mine")]
