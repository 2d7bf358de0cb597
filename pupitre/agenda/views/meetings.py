"""Class councils: the list, planning one, convening it; minutes of any meeting."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.agenda.forms.meetings import CouncilForm, MinutesForm
from pupitre.agenda.kinds import MET
from pupitre.agenda.policies import MANAGE
from pupitre.agenda.queries.outings import councils_seen
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.addressing import groups_to_address
from pupitre.agenda.services.meetings import Council, convene, plan_council, publish_minutes, write_minutes
from pupitre.agenda.views.asking import event_edited, must_work_here
from pupitre.agenda.views.events import show_event
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_safe
def councils(request: ActorRequest, uai: str) -> HttpResponse:
    """The class councils that one runs or sits in."""
    must_work_here(request.actor)
    rows = list(councils_seen(request.actor))
    today = clock.today()
    context = {
        "uai": uai,
        "to_come": [each for each in reversed(rows) if each.event.starts_on >= today],
        "past": [each for each in rows if each.event.starts_on < today],
        "may_plan": request.actor.has(MANAGE),
    }
    return render(request, "agenda/councils.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    require(actor, MANAGE)
    groups = [each for each in groups_to_address(actor) if each.kind == Group.Kind.DIVISION]
    today = clock.today()
    terms = list(
        Term.objects.filter(school_year__starts_on__lte=today, school_year__ends_on__gte=today).order_by("starts_on")
    )
    form = CouncilForm(request.POST if request.method == "POST" else None, groups=groups, terms=terms)
    problem = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        council = Council(
            group=form.groups[data["classe"]],
            on=data["le"],
            starts_at=data["de"],
            ends_at=data["a"],
            place=data["lieu"],
            term=form.terms.get(data["periode"]),
            topics=data["ordre"],
            marks_due_on=data["notes"],
            shows_date=data["montrer"],
        )
        try:
            made = plan_council(council=council, actor=actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("agenda:event", uai, made.pk)
    context = {"uai": uai, "form": form, "problem": problem}
    return render(request, "agenda/council.html", context, status=422 if problem or form.errors else 200)


@require_POST
def call(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Send the convocation."""
    event = event_edited(request.actor, pk)
    try:
        convene(event=event, actor=request.actor)
    except Refusal as no:
        return show_event(request, event, refusal=str(no))
    return redirect("agenda:event", uai, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Write the minutes; a second button publishes them."""
    event = event_edited(request.actor, pk)
    if event.kind not in MET or event.is_personal:
        raise Http404
    meeting = event.meetings.first()
    form = MinutesForm(request.POST if request.method == "POST" else None, meeting=meeting)
    problem = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            write_minutes(event=event, topics=data["ordre"], minutes=data["releve"], actor=request.actor)
            if request.POST.get("geste") == "publier":
                publish_minutes(event=event, actor=request.actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("agenda:event", uai, pk)
    context = {"uai": uai, "event": event, "meeting": meeting, "form": form, "problem": problem}
    return render(request, "agenda/minutes.html", context, status=422 if problem or form.errors else 200)
