from django.urls import path

from pupitre.pathway import views

app_name = "pathway"
urlpatterns = [
    path("eleve/<int:pk>/", views.student, name="student"),
    path("note/<int:pk>/effacer/", views.erase_note, name="erase_note"),
]
