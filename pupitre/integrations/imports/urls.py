from django.urls import path

from pupitre.integrations.imports.views import decisions, health, jobs, matching, outcome, report

app_name = "imports"
urlpatterns = [
    path("", jobs.jobs, name="jobs"),
    path("deposer/", jobs.receive, name="receive"),
    path("sante/", health.health, name="health"),
    path("sante/ne-plus-ignorer/", health.ask_again, name="ask_again"),
    path("correspondances/", matching.correspondences, name="correspondences"),
    path("correspondances/<int:pk>/", matching.correspondence, name="correspondence"),
    path("correspondances/redemander/", matching.forget, name="forget"),
    path("<int:pk>/", jobs.job, name="job"),
    path("<int:pk>/rapport.csv", report.report, name="report"),
    path("<int:pk>/choix/", decisions.decide, name="decide"),
    path("<int:pk>/classe/", decisions.settle, name="settle"),
    path("<int:pk>/noms/", matching.settle_all, name="settle_all"),
    path("<int:pk>/appliquer/", outcome.apply, name="apply"),
    path("<int:pk>/annuler/", outcome.undo, name="undo"),
    path("<int:pk>/abandonner/", outcome.abandon, name="abandon"),
    path("<int:pk>/relancer/", outcome.restart, name="restart"),
]
