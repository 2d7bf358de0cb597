from django.urls import path

from pupitre.gradebook.views import (
    assessments,
    grid,
    incoming,
    reading,
    results,
    school,
    services,
    skills,
    students,
)

app_name = "gradebook"
urlpatterns = [
    path("", services.home, name="home"),
    path("service/<int:pk>/", grid.grid, name="grid"),
    path("service/<int:pk>/notes.<slug:kind>", grid.export, name="export"),
    path("service/<int:pk>/evaluation/", assessments.create, name="create"),
    path("service/<int:pk>/reglages/", assessments.settings, name="settings"),
    path("evaluation/<int:pk>/", assessments.change, name="change"),
    path("evaluation/<int:pk>/notes/", grid.cells, name="cells"),
    path("evaluation/<int:pk>/une-par-une/", grid.one_by_one, name="one_by_one"),
    path("evaluation/<int:pk>/publier/", assessments.publish, name="publish"),
    path("evaluation/<int:pk>/fichier/", reading.read_file, name="read_file"),
    path("recues/", incoming.received, name="received"),
    path("recues/<int:pk>/", incoming.review, name="review"),
    path("recues/<int:pk>/ecarter/", incoming.put_aside, name="put_aside"),
    path("evaluation/<int:pk>/competences/", skills.levels, name="levels"),
    path("eleve/<int:pk>/competences/", skills.mastered, name="mastered"),
    path("competences/", skills.skills, name="skills"),
    path("eleve/<int:pk>/", students.student, name="student"),
    path("eleve/<int:pk>/service/<int:course>/", students.explain, name="explain"),
    path("classe/<int:pk>/", results.results, name="results"),
    path("periodes/", school.periods, name="periods"),
    path("periodes/<int:term>/classe/<int:pk>/", school.reopen_class, name="reopen_class"),
    path("regles/", school.rules, name="rules"),
]
