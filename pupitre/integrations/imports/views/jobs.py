"""The imports of a school."""

from django.http import HttpResponse
from django.shortcuts import render

from pupitre.foundation.access import allowed, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.imports.models import ImportJob


def jobs(request: ActorRequest, uai: str) -> HttpResponse:
    """Every import, the newest first, and where to drop files."""
    require(request.actor, "imports.view")
    rows = allowed(request.actor, "imports.view_job", ImportJob.objects.all()).order_by("-created_at")[:50]
    return render(request, "imports/jobs.html", {"jobs": rows})
