from django.urls import path

from pupitre.integrations.imports.views import jobs

app_name = "imports"
urlpatterns = [
    path("", jobs.jobs, name="jobs"),
]
