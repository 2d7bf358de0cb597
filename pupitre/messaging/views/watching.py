"""« Modération »: what waits to be read, what was reported."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.text import to_html
from pupitre.messaging.forms import OutcomeForm
from pupitre.messaging.models import Message, Report
from pupitre.messaging.policies import HARASSMENT, MODERATE
from pupitre.messaging.queries.watching import suspensions, watch_of
from pupitre.messaging.refusals import NotSent
from pupitre.messaging.services.moderating import handle, let_leave, note_seen, refuse
from pupitre.messaging.services.suspending import SUSPEND
from pupitre.messaging.views.place import SAID, notice_of


@require_safe
def moderation(request: ActorRequest, uai: str) -> HttpResponse:
    return _page(request, uai)


@require_POST
def decide(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A message that waited leaves, or does not."""
    message = get_allowed_or_404(request.actor, "messaging.review_message", Message.objects.all(), pk=pk)
    (refuse if "refuse" in request.POST else let_leave)(message, actor=request.actor)
    return _back(uai)


@require_POST
def settle(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A report is settled."""
    rows = Report.objects.filter(outcome="")
    report = get_allowed_or_404(request.actor, "messaging.handle_report", rows, pk=pk)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        handle(report, form.cleaned_data["outcome"], actor=request.actor)
    except NotSent as why:
        return _page(request, uai, error=str(why))
    return _back(uai)


def _page(request: ActorRequest, uai: str, error: str = "") -> HttpResponse:
    if not (request.actor.has(MODERATE) or request.actor.has(HARASSMENT)):
        raise Http404
    watch = watch_of(request.actor)
    note_seen(watch.reports)
    context = {
        "uai": uai,
        "watch": watch,
        "error": error,
        "outcomes": Report.Outcome.choices,
        "suspensions": suspensions() if request.actor.has(SUSPEND) else None,
        "notice": notice_of(request),
        "to_html": to_html,
    }
    return render(request, "messaging/moderation.html", context, status=422 if error else 200)


def _back(uai: str) -> HttpResponse:
    response = redirect("messages_of_school:moderation", uai=uai)
    response["Location"] += f"?{SAID}=fait"
    return response
