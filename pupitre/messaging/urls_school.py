from django.urls import path

from pupitre.messaging.views import reading, ruling, suspending, watching, writing

app_name = "messages_of_school"
urlpatterns = [
    path("ecrire/", writing.write, name="write"),
    path("ecrire/classes/", writing.classes, name="classes"),
    path("brouillons/", writing.autosave, name="autosave"),
    path("brouillons/<int:pk>/", writing.draft, name="draft"),
    path("<int:pk>/", reading.thread, name="thread"),
    path("<int:pk>/repondre/", reading.answer, name="answer"),
    path("lettres/<int:pk>/modifier/", reading.edit, name="edit"),
    path("lettres/<int:pk>/retirer/", reading.withdraw, name="withdraw"),
    path("lettres/<int:pk>/avancement/", reading.progress, name="progress"),
    path("lettres/<int:pk>/lecteurs/", reading.readers, name="readers"),
    path("lettres/<int:pk>/signaler/", reading.report_message, name="report"),
    path("moderation/", watching.moderation, name="moderation"),
    path("moderation/lettres/<int:pk>/", watching.decide, name="decide"),
    path("moderation/signalements/<int:pk>/", watching.settle, name="settle"),
    path("suspension/", suspending.suspension, name="suspension"),
    path("suspension/<int:pk>/reprendre/", suspending.resume, name="resume"),
    path("regles/", ruling.rules, name="rules"),
    path("regles/essai/", ruling.trial, name="trial"),
    path("regles/classes/<int:pk>/supprimer/", ruling.drop_rule, name="drop_rule"),
    path("regles/delegues/", ruling.delegates, name="delegates"),
    path("regles/delegues/<int:pk>/retirer/", ruling.dismiss, name="dismiss"),
]
