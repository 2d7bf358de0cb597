from django.urls import path

from pupitre.integrations.lsu.views import choices, home

app_name = "lsu"
urlpatterns = [
    path("", home.home, name="home"),
    path("exporter/", home.export, name="export"),
    path("fichier/<int:pk>/", home.made, name="made"),
    path("fichier/<int:pk>/lsu.xml", home.file, name="file"),
    path("reglages/", choices.settings, name="settings"),
    path("disciplines/", choices.disciplines, name="disciplines"),
]
