from django.urls import path

from pupitre.integrations.federation.views import console

app_name = "federation_console"
urlpatterns = [
    path("", console.providers, name="providers"),
    path("ajouter/", console.add, name="add"),
    path("<slug:slug>/", console.provider, name="provider"),
    path("<slug:slug>/basculer/", console.switch, name="switch"),
    path("<slug:slug>/essayer/", console.attempt, name="attempt"),
]
