from django.urls import path

from pupitre.integrations.lti.views import console, inviting, links

app_name = "lti_of_school"
urlpatterns = [
    path("services/<int:pk>/lti/", console.tool, name="tool"),
    path("services/<int:pk>/lti/inscription/", inviting.invite, name="invite"),
    path("services/<int:pk>/lti/inscription/ouvrir/", inviting.lead, name="lead"),
    path("services/<int:pk>/lti/inscription/accepter/", inviting.accept, name="accept"),
    path("services/<int:pk>/lti/inscription/refuser/", inviting.decline, name="decline"),
    path("outils/", links.links, name="links"),
    path("outils/<int:pk>/", links.open_link, name="open_link"),
    path("outils/<int:pk>/modifier/", links.edit, name="edit"),
    path("outils/<int:pk>/retirer/", links.take_away, name="take_away"),
    path("outils/cours/<int:pk>/ajouter/", links.add, name="add"),
    path("outils/cours/<int:pk>/choisir/<int:tool>/", links.pick, name="pick"),
]
