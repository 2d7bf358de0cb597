from django.urls import path

from pupitre.reportcards.views import family

app_name = "family_results"
urlpatterns = [path("famille/resultats/", family.children, name="children")]
