from django.urls import path

from pupitre.meetings.views import mine

app_name = "meetings"
urlpatterns = [path("", mine.mine, name="mine")]
