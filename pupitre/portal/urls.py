from django.urls import path, re_path

from pupitre.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("famille/", views.family, name="family"),
    re_path(r"^(?P<place>[0-9]{7}[A-Za-z])/$", views.school, name="school"),
]
