"""A calendar read from a file: dropped, looked at, applied or not; read again; removed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.agenda.forms.imports import ImportForm
from pupitre.agenda.models import ImportedCalendar
from pupitre.agenda.policies import MANAGE, has_calendar
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.importing import analyse, apply, forget, times_of
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest

SHOWN = 200
"""Events named in a preview; all are counted."""


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    if not has_calendar(actor):
        raise Http404
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None, is_wide=actor.has(MANAGE))
    if posted and form.is_valid():
        try:
            calendar = analyse(form.cleaned_data["fichier"].chunks(), target=form.target, actor=actor)
        except Refusal as no:
            form.add_error("fichier", str(no))
        else:
            return redirect("agenda:review", uai, calendar.pk)
    rows = allowed(actor, "agenda.manage_calendar", ImportedCalendar.objects.defer("pending"))
    context = {"uai": uai, "form": form, "calendars": rows.order_by("name"), "is_wide": actor.has(MANAGE)}
    return render(request, "agenda/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """What the file would change; applied when it is sent."""
    calendar = get_allowed_or_404(request.actor, "agenda.manage_calendar", ImportedCalendar.objects.all(), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            apply(calendar=calendar, actor=request.actor)
        except Refusal as no:
            refusal = str(no)
        else:
            return redirect("agenda:calendar", uai)
    pending = calendar.pending
    events = [(row, times_of(row)) for row in pending["events"][:SHOWN]] if pending else []
    context = {"uai": uai, "calendar": calendar, "pending": pending, "events": events, "refusal": refusal}
    return render(request, "agenda/review.html", context, status=422 if refusal else 200)


@require_POST
def remove(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    calendar = get_allowed_or_404(request.actor, "agenda.manage_calendar", ImportedCalendar.objects.all(), pk=pk)
    forget(calendar=calendar, actor=request.actor)
    return redirect("agenda:import", uai)
