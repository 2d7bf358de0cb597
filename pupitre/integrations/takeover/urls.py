from django.urls import path

from pupitre.integrations.takeover.views import files, models, report, steps

app_name = "takeover"
urlpatterns = [
    path("", files.files, name="files"),
    path("modele/<slug:name>.csv", models.model, name="model"),
    path("<int:pk>/", files.file, name="file"),
    path("<int:pk>/colonnes/", steps.columns, name="columns"),
    path("<int:pk>/motifs/", steps.reasons, name="reasons"),
    path("<int:pk>/matieres/", steps.subjects, name="subjects"),
    path("<int:pk>/reprendre/", steps.apply, name="apply"),
    path("<int:pk>/annuler/", steps.undo, name="undo"),
    path("<int:pk>/abandonner/", steps.abandon, name="abandon"),
    path("<int:pk>/relancer/", steps.restart, name="restart"),
    path("<int:pk>/rapport.csv", report.report, name="report"),
]
