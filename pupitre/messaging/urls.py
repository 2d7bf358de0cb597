from django.urls import path

from pupitre.messaging.views import away, mailbox, organising, writing

app_name = "messaging"
urlpatterns = [
    path("", mailbox.inbox, name="inbox"),
    path("envoyes/", mailbox.sent, name="sent"),
    path("brouillons/", mailbox.drafts, name="drafts"),
    path("brouillons/<int:pk>/supprimer/", mailbox.drop, name="drop"),
    path("corbeille/", mailbox.bin_, name="bin"),
    path("dossiers/<int:pk>/", mailbox.folder, name="folder"),
    path("recherche/", mailbox.search, name="search"),
    path("ranger/", mailbox.file_away, name="file"),
    path("organiser/", organising.organise, name="organise"),
    path("organiser/dossiers/<int:pk>/supprimer/", organising.remove_folder, name="remove_folder"),
    path("organiser/categories/<int:pk>/supprimer/", organising.remove_category, name="remove_category"),
    path("ecrire/", writing.begin, name="begin"),
    path("absence/", away.away, name="away"),
]
