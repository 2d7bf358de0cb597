from django.urls import path

from pupitre.integrations.federation.views import assertions, coming, going, mine

app_name = "federation"
urlpatterns = [
    path("connexion/par/<slug:slug>/", going.go, name="go"),
    path("connexion/par/<slug:slug>/retour/", coming.back, name="back"),
    path("connexion/par/<slug:slug>/confirmer/", going.prove, name="prove"),
    path("connexion/par/<slug:slug>/saml/", assertions.assertion, name="assertion"),
    path("connexion/par/<slug:slug>/suite/", assertions.proceed, name="proceed"),
    path("connexion/par/<slug:slug>/metadonnees/", assertions.metadata, name="metadata"),
    path("connexion/par/<slug:slug>/sortie/", assertions.signed_out, name="signed_out"),
    path("compte/connexions/", mine.mine, name="mine"),
    path("compte/connexions/<int:pk>/", mine.untie, name="untie"),
    path("compte/connexions/par/<slug:slug>/", going.link, name="link"),
]
