"""« Où est l’élève ? »"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.attendance.policies import VIEW
from pupitre.attendance.queries.whereabouts import where_now
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_safe
def where(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    text = request.GET.get("q", "").strip()[:80]
    found = where_now(text, with_contacts=request.actor.has("directory.view_contacts"))
    return render(request, "attendance/where.html", {"uai": uai, "text": text, "found": found})
