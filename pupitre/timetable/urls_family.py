from django.urls import path

from pupitre.timetable.views import family

app_name = "family_weeks"
urlpatterns = [path("famille/emploi-du-temps/", family.children, name="children")]
