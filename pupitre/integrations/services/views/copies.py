"""What the home asks for after it was shown: a newer copy of what a tool says. The answer never waits for the tool."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.services.copying import ask_for_copy


@require_POST
def refresh(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = Connector.objects.filter(reader__gt="", read_for__overlap=list(request.actor.profiles)).select_related(
        "service"
    )
    connector = get_allowed_or_404(request.actor, "services.use_connector", rows, pk=pk)
    asked = ask_for_copy(connector, actor=request.actor)
    if "HX-Request" not in request.headers:
        return redirect("/")
    # Nothing was asked: it is recent, on its way, or left alone for a while. The page stays as it is.
    return render(request, "services/_asked.html", {"pk": pk}) if asked else HttpResponse(status=204)
