from django.urls import path

from pupitre.integrations.api.declared import ENDPOINTS
from pupitre.integrations.api.views import pages, v1

app_name = "api"
urlpatterns = [
    path("", pages.developers, name="developers"),
    path("v1/openapi.json", v1.openapi, name="openapi"),
    *(path(f"v1/{each.path}", v1.view_of(each), name=each.name) for each in ENDPOINTS),
    path("v1/<path:rest>", v1.missing, name="missing"),
]
