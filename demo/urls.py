from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("<slug:slug>", views.enter, name="enter"),
]
