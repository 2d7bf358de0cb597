from django.urls import path

from pupitre.integrations.dnb import views

app_name = "dnb"
urlpatterns = [path("eleve/<int:pk>/", views.student, name="student")]
