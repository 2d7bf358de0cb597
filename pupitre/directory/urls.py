from django.urls import path

from pupitre.directory.views import people, rights

app_name = "directory"
urlpatterns = [
    path("annuaire/", people.search, name="search"),
    path("annuaire/<int:pk>/", people.person, name="person"),
    path("classes/", people.groups, name="groups"),
    path("classes/<int:pk>/", people.group, name="group"),
    path("droits/", rights.overview, name="rights"),
    path("droits/<str:key>/", rights.right, name="right"),
    path("droits/personnes/<int:pk>/", rights.person, name="person_rights"),
    path("droits/personnes/<int:pk>/donner/", rights.give, name="give_right"),
    path("droits/personnes/<int:pk>/reprendre/", rights.end, name="end_right"),
]
