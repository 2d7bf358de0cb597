from django.urls import path

from pupitre.directory.views import people

app_name = "directory"
urlpatterns = [
    path("annuaire/", people.search, name="search"),
    path("classes/", people.groups, name="groups"),
    path("classes/<int:pk>/", people.group, name="group"),
]
