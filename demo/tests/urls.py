"""The addresses of a demo server, for tests."""

from django.urls import include, path

urlpatterns = [path("demo/", include("demo.urls")), path("", include("config.urls"))]
