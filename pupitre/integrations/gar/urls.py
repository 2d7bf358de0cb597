from django.urls import path

from pupitre.integrations.gar.views import school

app_name = "gar"
urlpatterns = [
    path("", school.home, name="home"),
    path("comptes-rendus/<int:pk>/", school.report, name="report"),
    path("inscrire/", school.enrol, name="enrol"),
    path("ressources/", school.read, name="read"),
    path("retirer/", school.withdraw, name="withdraw"),
    path("responsables/", school.name_assigner, name="name_assigner"),
    path("responsables/<int:pk>/retirer/", school.remove_assigner, name="remove_assigner"),
]
