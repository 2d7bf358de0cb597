from django.urls import path

from pupitre.reportcards.views import council, home, office, past, projects, reading, writing

app_name = "reportcards"
urlpatterns = [
    path("", home.home, name="home"),
    path("reglages/", office.school, name="school"),
    path("service/<int:pk>/", writing.course, name="course"),
    path("service/<int:pk>/textes/", writing.course_texts, name="course_texts"),
    path("classe/<int:pk>/", office.division, name="division"),
    path("classe/<int:pk>/vie-scolaire/", writing.school_life, name="school_life"),
    path("classe/<int:pk>/vie-scolaire/textes/", writing.school_life_texts, name="school_life_texts"),
    path("classe/<int:pk>/syntheses/", writing.syntheses, name="syntheses"),
    path("classe/<int:pk>/syntheses/textes/", writing.syntheses_texts, name="syntheses_texts"),
    path("classe/<int:pk>/<int:term>/bulletins.zip", office.class_zip, name="class_zip"),
    path("classe/<int:pk>/<int:term>/projets/", projects.listed, name="projects"),
    path("projet/<int:pk>/", projects.project, name="project"),
    path("publication/<int:pk>/", office.run, name="run"),
    path("eleve/<int:pk>/", home.listed, name="listed"),
    path("eleve/<int:pk>/bulletins.zip", office.student_zip, name="student_zip"),
    path("eleve/<int:pk>/repris/<int:past>/", past.past, name="past"),
    path("eleve/<int:pk>/<int:term>/", reading.student, name="student"),
    path("eleve/<int:pk>/<int:term>/conseil/", council.council, name="council"),
    path("eleve/<int:pk>/<int:term>/recu/", reading.received, name="received"),
    path("eleve/<int:pk>/<int:term>/projet.pdf", reading.draft, name="draft"),
]
