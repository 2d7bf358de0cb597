from django.urls import path

from pupitre.integrations.lsu.views import choices, cycles, home, lsl, lycee, lycee_subjects

app_name = "lsu"
urlpatterns = [
    path("", home.home, name="home"),
    path("exporter/", home.export, name="export"),
    path("fichier/<int:pk>/", home.made, name="made"),
    path("fichier/<int:pk>/lsu.xml", home.file, name="file"),
    path("lsl.csv", lsl.table, name="lsl"),
    path("lycee/matieres/", lycee.subjects, name="lycee_subjects"),
    path("lycee/livrets/", lycee.classes, name="lycee_classes"),
    path("lycee/livrets/classe/<int:group>/eleve/<int:pk>/", lycee.student, name="lycee_year"),
    path("lycee/appreciations/", lycee_subjects.courses, name="lycee_courses"),
    path("lycee/appreciations/service/<int:pk>/", lycee_subjects.course, name="lycee_course"),
    path("reglages/", choices.settings, name="settings"),
    path("disciplines/", choices.disciplines, name="disciplines"),
    path("fin-de-cycle/", cycles.cycles, name="cycles"),
    path("fin-de-cycle/exporter/", cycles.export, name="export_cycles"),
    path("fin-de-cycle/classe/<int:group>/eleve/<int:pk>/", cycles.student, name="cycle"),
]
