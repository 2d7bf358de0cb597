from django.urls import path

from pupitre.foundation.ui import views

app_name = "ui"
urlpatterns = [path("", views.display, name="display")]
