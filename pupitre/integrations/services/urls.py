from django.urls import path

from pupitre.integrations.services.views import changing, console, copies

app_name = "services"
urlpatterns = [
    path("", console.connectors, name="connectors"),
    path("ajouter/", console.add, name="add"),
    path("<int:pk>/", console.connector, name="connector"),
    path("<int:pk>/modifier/", changing.change, name="change"),
    path("<int:pk>/basculer/", console.switch, name="switch"),
    path("<int:pk>/essayer/", console.attempt, name="attempt"),
    path("<int:pk>/rafraichir/", copies.refresh, name="refresh"),
    path("<int:pk>/retirer/", console.withdraw, name="withdraw"),
]
