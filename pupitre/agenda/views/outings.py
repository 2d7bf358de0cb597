"""Outings: the list, writing one, the head's decision, a guardian's answer, the sheet, the list on the spot, the meals."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.agenda.forms.outings import ConsentForm, OutingForm, initial_of
from pupitre.agenda.models import Event, Outing, Participant
from pupitre.agenda.policies import APPROVE
from pupitre.agenda.queries.event import page_of
from pupitre.agenda.queries.outings import emergency_sheets, meals_of, outings_seen
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.answering import agree
from pupitre.agenda.services.outings import approve, cancel, chase, draft, note_presence, refuse, rewrite, submit
from pupitre.agenda.views.asking import event_accompanied, event_edited, event_seen, must_work_here
from pupitre.agenda.views.events import show_event
from pupitre.foundation import audit, clock
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest


@require_safe
def outings(request: ActorRequest, uai: str) -> HttpResponse:
    """The outings one runs, goes on, or approves."""
    must_work_here(request.actor)
    rows = list(outings_seen(request.actor))
    today = clock.today()
    context = {
        "uai": uai,
        "to_come": [each for each in reversed(rows) if each.event.ends_on >= today],
        "past": [each for each in rows if each.event.ends_on < today],
        "may_approve": request.actor.has(APPROVE),
    }
    return render(request, "agenda/outings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, uai: str) -> HttpResponse:
    must_work_here(request.actor)
    form = OutingForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = draft(facts=form.facts, outing=form.outing, actor=request.actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("agenda:people", uai, made.event_id)
    context = {"uai": uai, "form": form, "event": None, "problem": problem}
    return render(request, "agenda/outing_edit.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    event = event_edited(request.actor, pk)
    outing = _outing(event)
    form = OutingForm(request.POST if request.method == "POST" else None, initial=initial_of(event, outing))
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            rewrite(outing=outing, facts=form.facts, added=form.outing, actor=request.actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("agenda:event", uai, pk)
    context = {"uai": uai, "form": form, "event": event, "problem": problem}
    return render(request, "agenda/outing_edit.html", context, status=422 if problem or form.errors else 200)


@require_POST
def step(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """What its author does to an outing: submit it, remind families, cancel it."""
    event = event_edited(request.actor, pk)
    outing, asked = _outing(event), request.POST.get("geste", "")
    is_gone = outing.state != Outing.State.APPROVED and asked == "annuler"
    try:
        if asked == "soumettre":
            submit(outing=outing, actor=request.actor)
        elif asked == "relancer":
            chase(outing=outing, actor=request.actor)
        elif asked == "annuler":
            cancel(outing=outing, actor=request.actor)
    except Refusal as no:
        return show_event(request, event, refusal=str(no))
    return redirect(reverse("agenda:outings", args=[uai]) if is_gone else reverse("agenda:event", args=[uai, pk]))


@require_POST
def decide(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The head's answer."""
    event = event_seen(request.actor, pk)
    outing = get_allowed_or_404(
        request.actor, "agenda.approve_outing", Outing.objects.select_related("event"), event=pk
    )
    note = request.POST.get("mot", "")[:300]
    try:
        if request.POST.get("reponse") == "oui":
            approve(outing=outing, note=note, actor=request.actor)
        elif request.POST.get("reponse") == "non":
            refuse(outing=outing, note=note, actor=request.actor)
    except Refusal as no:
        return show_event(request, event, refusal=str(no))
    return redirect("agenda:event", uai, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A guardian answers for one child: everything to know, then yes or no."""
    actor = request.actor
    rows = Participant.objects.select_related("event", "person")
    child = get_allowed_or_404(actor, "agenda.consent", rows, pk=pk)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            agree(participant=child, agrees=data["reponse"] == "oui", note=data["mot"], actor=actor)
        except Refusal as no:
            refusal = str(no)
        else:
            return redirect("agenda:consent", uai, pk)
    answers = list(child.consents.select_related("guardian").order_by("answered_at"))
    context = {
        "uai": uai,
        "child": child,
        "event": child.event,
        "outing": _outing(child.event),
        "mine": next((each for each in answers if each.guardian_id == actor.person_id), None),
        "others": [each for each in answers if each.guardian_id != actor.person_id],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "agenda/consent.html", context, status=422 if refusal or form.errors else 200)


@require_safe
def emergency(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The sheet of those who go along, to print."""
    event = event_accompanied(request.actor, pk)
    page = page_of(event, request.actor)
    # RGP-7: every look at students' contacts is kept.
    audit.record(request.actor, "agenda.view_emergency", event)
    sheets = emergency_sheets([each for each in page.students if each.consent != "no"])
    return render(request, "agenda/emergency.html", {"uai": uai, "page": page, "event": event, "sheets": sheets})


@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Who is there, on the spot."""
    event = event_accompanied(request.actor, pk)
    page = page_of(event, request.actor)
    refusal = ""
    if request.method == "POST":
        said = {each.participant.pk: request.POST.get(f"p{each.participant.pk}") for each in page.students}
        told = {number: value == "oui" for number, value in said.items() if value in ("oui", "non")}
        try:
            note_presence(event=event, presence=told, actor=request.actor)
        except Refusal as no:
            refusal = str(no)
        else:
            return redirect("agenda:presence", uai, pk)
    context = {"uai": uai, "page": page, "event": event, "refusal": refusal}
    return render(request, "agenda/presence.html", context, status=422 if refusal else 200)


@require_safe
def meals(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The meals that the kitchen does not make, to print."""
    event = event_accompanied(request.actor, pk)
    page = page_of(event, request.actor)
    if page.outing is None or not page.outing.meals_cancelled:
        raise Http404
    return render(
        request, "agenda/meals.html", {"uai": uai, "page": page, "event": event, "meals": meals_of(page.students)}
    )


def _outing(event: Event) -> Outing:
    """What an outing adds to its event. Raises Http404 for any other event."""
    found = Outing.objects.select_related("event").filter(event=event).first()
    if found is None:
        raise Http404
    return found
