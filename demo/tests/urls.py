"""The addresses of a demo server, for tests."""

from django.urls import include, path

from config.urls import urlpatterns as house

urlpatterns = [*house, path("demo/", include("demo.urls"))]
