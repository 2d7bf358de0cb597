from django.urls import path

from pupitre.integrations.api.views import console, mine

app_name = "api_of_school"
urlpatterns = [
    path("<int:pk>/api/", console.opening, name="opening"),
    path("acces/<int:pk>/retirer/", mine.withdraw, name="withdraw"),
]
