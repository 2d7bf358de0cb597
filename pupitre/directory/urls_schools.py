from django.urls import path

from pupitre.directory.views import schools

app_name = "schools"
urlpatterns = [path("", schools.schools, name="schools")]
