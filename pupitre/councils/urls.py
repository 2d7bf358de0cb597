from django.urls import path

from pupitre.councils.views import classes, councils, file, members, students, summaries, texts

app_name = "councils"
urlpatterns = [
    path("", councils.councils, name="councils"),
    path("<int:term>/<int:pk>/", classes.division, name="division"),
    path("<int:term>/<int:pk>/relancer/", councils.remind_teachers, name="remind"),
    path("<int:term>/<int:pk>/geste/", classes.step, name="step"),
    path("<int:term>/<int:pk>/textes/", classes.write, name="write"),
    path("<int:term>/<int:pk>/membres/", members.members, name="members"),
    path("<int:term>/<int:pk>/membres/<int:member>/retirer/", members.remove, name="remove"),
    path("<int:term>/<int:pk>/eleve/<int:student>/", students.student, name="student"),
    path("<int:term>/<int:pk>/eleve/<int:student>/texte/", texts.text, name="text"),
    path("<int:term>/<int:pk>/fichier/", file.download, name="file"),
    path("<int:term>/<int:pk>/compte-rendu/", summaries.minutes, name="minutes"),
    path("<int:term>/<int:pk>/bilan/", summaries.summary, name="summary"),
]
