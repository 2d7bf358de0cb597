"""Sanctions: decided, followed, erased; the register without names; the delays."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.models import Student
from pupitre.discipline.erasure import delay_for
from pupitre.discipline.forms_sanctions import (
    AskErasureForm,
    DecisionForm,
    DelayForm,
    EraseForm,
    NotifyForm,
    RevokeForm,
)
from pupitre.discipline.models import Sanction
from pupitre.discipline.policies import DECIDE, sees_all
from pupitre.discipline.queries.delays import delays_of_school
from pupitre.discipline.queries.incidents import incidents_of_student
from pupitre.discipline.queries.sanctions import (
    list_sanctions,
    readings_of,
    register_of_year,
    sanctions_seen,
    years_of_register,
)
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.scale import TEMPORARY, Kind, last_appeal_day
from pupitre.discipline.services.erasing import ask_erasure, erase, refuse_erasure, write_delay
from pupitre.discipline.services.reading import acknowledge
from pupitre.discipline.services.sanctioning import decide, note_notification, revoke_suspension
from pupitre.discipline.views.asking import number_asked
from pupitre.foundation import audit, clock
from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest


@require_safe
def sanctions(request: ActorRequest, uai: str) -> HttpResponse:
    if not sees_all(request.actor):
        raise Http404
    kind = request.GET.get("nature", "")
    context = {
        "uai": uai,
        "list": list_sanctions(request.actor, kind=kind),
        "kind": kind,
        "kinds": Kind.choices,
        "may_decide": request.actor.has(DECIDE),
    }
    return render(request, "discipline/sanctions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide_one(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    rows = Student.objects.select_related("person")
    student = get_allowed_or_404(actor, "discipline.sanction_student", rows, pk=pk)
    incidents = incidents_of_student(student.pk)
    form = DecisionForm(request.POST if request.method == "POST" else None, incidents=incidents)
    if request.method != "POST" and "incident" in request.GET:
        form.initial["incident"] = request.GET["incident"]
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = decide(student=student, decision=form.decision, actor=actor, incident=form.chosen_incident)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("discipline:sanction", uai=uai, pk=made.pk)
    context = {"uai": uai, "student": student, "form": form, "problem": problem}
    return render(request, "discipline/decide.html", context, status=422 if problem or form.errors else 200)


@require_safe
def sanction(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    if found.student.person_id != request.actor.person_id:
        # RGP-7: every look at a student's file is kept, in words that say nothing once the sanction is erased.
        audit.record(request.actor, "discipline.view_record", found.student)
    return _page(request, found)


def _seen(request: ActorRequest, pk: int) -> Sanction:
    found = sanctions_seen(request.actor).select_related("incident").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_POST
def act(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """What the head does of a sanction: its sursis revoked, an erasure answered, erased."""
    actor = request.actor
    rows = Sanction.objects.select_related("student__person", "line")
    found = get_allowed_or_404(actor, "discipline.handle_sanction", rows, pk=pk)
    action = request.POST.get("action", "")
    notify_form, revoke_form, erase_form, problem = None, None, None, ""
    try:
        if action == "notifier":
            notify_form = NotifyForm(request.POST)
            if notify_form.is_valid():
                note_notification(sanction=found, on=notify_form.cleaned_data["notifie"], actor=actor)
        elif action == "revoquer":
            revoke_form = RevokeForm(request.POST)
            if revoke_form.is_valid():
                data = revoke_form.cleaned_data
                revoke_suspension(
                    sanction=found, on=data["le"], by_council=data["conseil"], starts_on=data["du"],
                    ends_on=data["au"], actor=actor,
                )  # fmt: skip
        elif action == "effacer":
            erase_form = EraseForm(request.POST)
            if erase_form.is_valid():
                student = found.student_id
                erase(sanction=found, reason=erase_form.cleaned_data["raison"], actor=actor)
                return redirect("discipline:record", uai=uai, pk=student)
        elif action == "accepter":
            student = found.student_id
            erase(sanction=found, reason="asked", actor=actor)
            return redirect("discipline:record", uai=uai, pk=student)
        elif action == "refuser":
            refuse_erasure(sanction=found, why=request.POST.get("pourquoi", ""), actor=actor)
    except Refusal as no:
        problem = str(no)
    wrong = any(form is not None and form.errors for form in (notify_form, revoke_form, erase_form))
    if problem or wrong:
        shown = _seen(request, pk)
        return _page(
            request, shown, problem=problem, notify_form=notify_form, revoke_form=revoke_form, erase_form=erase_form,
            status=422,
        )  # fmt: skip
    return redirect("discipline:sanction", uai=uai, pk=pk)


@require_POST
def read(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "discipline.read_sanction", Sanction.objects.all(), pk=pk)
    acknowledge(target=found, actor=request.actor)
    return redirect("discipline:sanction", uai=uai, pk=pk)


@require_POST
def ask(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A family asks that it be erased: the student changes schools."""
    found = get_allowed_or_404(request.actor, "discipline.read_sanction", Sanction.objects.all(), pk=pk)
    form, problem = AskErasureForm(request.POST), ""
    if form.is_valid():
        try:
            ask_erasure(sanction=found, why=form.cleaned_data["pourquoi"], actor=request.actor)
        except Refusal as no:
            problem = str(no)
    if problem or form.errors:
        return _page(request, _seen(request, pk), problem=problem, ask_form=form, status=422)
    return redirect("discipline:sanction", uai=uai, pk=pk)


def _page(
    request: ActorRequest,
    found: Sanction,
    *,
    problem: str = "",
    notify_form: NotifyForm | None = None,
    revoke_form: RevokeForm | None = None,
    erase_form: EraseForm | None = None,
    ask_form: AskErasureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, one = request.actor, Sanction.objects.filter(pk=found.pk)
    readings = readings_of(found)
    is_family = allowed(actor, "discipline.read_sanction", one).exists()
    is_own = found.student.person_id == actor.person_id
    context = {
        "uai": actor.uai,
        "sanction": found,
        "readings": readings,
        "is_own": is_own,
        "is_family": is_family,
        "has_read": any(each.person_id == actor.person_id for each in readings),
        "knows_all": sees_all(actor),
        "may_handle": actor.has(DECIDE) and allowed(actor, "discipline.handle_sanction", one).exists(),
        "may_ask": is_family and found.kind != Kind.EXPULSION,
        "is_suspended": found.suspended_until_on is not None and found.revoked_on is None,
        "is_temporary": found.kind in TEMPORARY,
        "appeal_until": last_appeal_day(found.notified_on, by_council=found.by_council) if found.notified_on else None,
        "notify_form": notify_form or NotifyForm(initial={"notifie": found.notified_on or clock.today()}),
        "revoke_form": revoke_form or RevokeForm(initial={"le": clock.today()}),
        "erase_form": erase_form or EraseForm(),
        "ask_form": ask_form or AskErasureForm(),
        "problem": problem,
    }
    return render(request, "discipline/sanction.html", context, status=status)


@require_safe
def register(request: ActorRequest, uai: str) -> HttpResponse:
    """The register of sanctions of a school year: nobody's name; printable."""
    if not sees_all(request.actor):
        raise Http404
    years = years_of_register()
    asked = number_asked(request.GET.get("annee", ""))
    year = asked if asked in years else years[0]
    context = {"uai": uai, "year": year, "years": years, "lines": register_of_year(year)}
    return render(request, "discipline/register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delays(request: ActorRequest, uai: str) -> HttpResponse:
    """How long sanctions stay written, with the text that says so; another delay for what is to come."""
    actor = request.actor
    require(actor, DECIDE)
    form = DelayForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            write_delay(
                kind=data["nature"], applies_from_on=data["depuis"], years=data["annees"], reason=data["texte"],
                actor=actor,
            )  # fmt: skip
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("discipline:delays", uai=uai)
    known = sorted(delays_of_school(), key=lambda each: each.applies_from_on, reverse=True)
    context = {
        "uai": uai,
        "form": form,
        "problem": problem,
        "kinds": [(kind, [each for each in known if each.kind == kind]) for kind in Kind],
        "in_force": {kind.value: delay_for(kind, clock.today(), known) for kind in Kind},
    }
    return render(request, "discipline/delays.html", context, status=422 if problem or form.errors else 200)
