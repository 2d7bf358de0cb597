from django.urls import path

from pupitre.integrations.moodle.views import reports, site

app_name = "moodle"
urlpatterns = [
    path("", site.site, name="site"),
    path("jeton/", site.token, name="token"),
    path("reglages/", site.change, name="change"),
    path("basculer/", site.switch, name="switch"),
    path("essayer/", site.attempt, name="attempt"),
    path("notes/", site.marks, name="marks"),
    path("delier/", site.unlink, name="unlink"),
    path("comparer/", reports.ask, name="ask"),
    path("comparaisons/<int:pk>/", reports.report, name="report"),
    path("comparaisons/<int:pk>/appliquer/", reports.apply, name="apply"),
    path("comparaisons/<int:pk>/abandonner/", reports.leave, name="leave"),
]
