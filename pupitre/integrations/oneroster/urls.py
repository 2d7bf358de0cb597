from django.urls import path

from pupitre.integrations.oneroster.views import school

app_name = "oneroster"
urlpatterns = [
    path("", school.home, name="home"),
    path("ajouter/", school.add, name="add"),
    path("<int:pk>/", school.receiver, name="receiver"),
    path("<int:pk>/preparer/", school.prepare, name="prepare"),
    path("<int:pk>/retirer/", school.remove, name="remove"),
    path("fichiers/<int:pk>/", school.download, name="download"),
]
