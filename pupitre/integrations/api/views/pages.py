"""The page of the API for developers, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.integrations.api.declared import ENDPOINTS
from pupitre.integrations.api.openapi import fields_of
from pupitre.integrations.api.problems import KINDS
from pupitre.integrations.api.queries.calling import MOST_CALLS
from pupitre.integrations.api.scopes import SCOPES
from pupitre.integrations.oidc.services.telling import issuer


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    context = {
        "endpoints": [(each, fields_of(each.answer)) for each in ENDPOINTS],
        "scopes": SCOPES.values(),
        "problems": [(kind, status, title) for kind, (status, title) in KINDS.items()],
        "issuer": issuer(),
        "most_calls": MOST_CALLS,
    }
    return render(request, "api/developers.html", context)
