from django.urls import path

from pupitre.portraits.views import classes, family, photo, student

app_name = "portraits"
urlpatterns = [
    path("", classes.overview, name="overview"),
    path("zip/<int:pk>/", classes.run, name="run"),
    path("classe/<int:pk>/", classes.division, name="division"),
    path("eleve/<int:pk>/", student.student, name="student"),
    path("eleve/<int:pk>/autorisation/", student.consent, name="consent"),
    path("eleve/<int:pk>/retrait/", student.remove, name="remove"),
    path("famille/", family.family, name="family"),
    path("enfant/<int:pk>/", family.answer, name="answer"),
    path("<int:pk>/<slug:token>.webp", photo.photo, name="photo"),
]
