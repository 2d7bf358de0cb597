from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("fichiers/<str:name>", views.trial_file, name="trial_file"),
    path("<slug:slug>", views.become, name="enter"),
]
