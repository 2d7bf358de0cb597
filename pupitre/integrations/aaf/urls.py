from django.urls import path

from pupitre.integrations.aaf.views import archives, steps

app_name = "aaf"
urlpatterns = [
    path("", archives.batches, name="batches"),
    path("<int:pk>/", archives.batch, name="batch"),
    path("<int:pk>/appliquer/", steps.apply, name="apply"),
    path("<int:pk>/relancer/", steps.restart, name="restart"),
    path("<int:pk>/etablissements/<int:part>/appliquer/", steps.apply_school, name="apply_school"),
]
