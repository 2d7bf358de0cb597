"""Files that show what the columns of a take-over may be, with invented people."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.takeover.policies import MANAGE_RESULTS
from pupitre.integrations.takeover.samples import MODELS, text_of


@require_safe
def model(request: ActorRequest, uai: str, name: str) -> HttpResponse:
    require(request.actor, MANAGE_RESULTS)
    if name not in dict(MODELS):
        raise Http404
    response = HttpResponse(text_of(name), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="modele-{name}.csv"'
    return response
