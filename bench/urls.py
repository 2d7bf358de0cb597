"""The addresses of the house, and the benchmark's own."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but what Django and every middleware cost."""
    return HttpResponse(b"")


urlpatterns = [path("bench/empty/", empty), path("", include("config.urls"))]
