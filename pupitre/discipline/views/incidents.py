"""Incidents: reported, completed, followed up, shown to families in words written for them."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.attendance.queries.students import students_found
from pupitre.discipline.forms_incidents import FollowUpForm, PartForm, ReportForm, ShowForm
from pupitre.discipline.models import Incident, IncidentPerson, Punishment
from pupitre.discipline.models.incidents import Partner
from pupitre.discipline.policies import DECIDE, may_punish, sees_all
from pupitre.discipline.queries.incidents import FILTERS, list_incidents, parts_of
from pupitre.discipline.queries.sanctions import sanctions_seen
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.incidents import Part, close, follow_up, involve, leave_out, report, show
from pupitre.discipline.views.asking import number_asked
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import Actor, ActorRequest


@require_safe
def incidents(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    knows_all = sees_all(actor)
    if not may_punish(actor) and not knows_all:
        raise Http404
    asked, kind = request.GET.get("filtre", ""), request.GET.get("nature", "")
    filtered = asked if asked in FILTERS else "ouverts"
    kind = kind if kind in Incident.Kind.values else ""
    number = number_asked(request.GET.get("page", "")) or 1
    page, parts = list_incidents(actor, filtered=filtered, kind=kind, number=number, knows_all=knows_all)
    context = {
        "uai": uai,
        "page": page,
        "parts": parts,
        "filtered": filtered,
        "kind": kind,
        "kinds": Incident.Kind.choices,
        "may_report": may_punish(actor),
    }
    return render(request, "discipline/incidents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_one(request: ActorRequest, uai: str) -> HttpResponse:
    """What happened first; who had a part in it is said on the page that follows. `eleve`: one is known already."""
    actor = request.actor
    if not may_punish(actor):
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    chosen = number_asked(asked.get("eleve", ""))
    found = students_found(ids=[chosen]) if chosen is not None else []
    form = ReportForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        role = request.POST.get("role", "")
        role = role if role in IncidentPerson.Role.values else IncidentPerson.Role.OFFENDER
        parts = [Part(role, each.student) for each in found]
        try:
            made = report(reported=form.reported, parts=parts, actor=actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("discipline:incident", uai=uai, pk=made.pk)
    context = {
        "uai": uai,
        "form": form,
        "found": found,
        "roles": IncidentPerson.Role.choices,
        "role": asked.get("role", ""),
        "problem": problem,
    }
    return render(request, "discipline/report.html", context, status=422 if problem or form.errors else 200)


@require_safe
def incident(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "discipline.view_incident", Incident.objects.all(), pk=pk)
    return _page(request, found)


@require_POST
def involve_one(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Who had a part in it: one more, or one less."""
    actor = request.actor
    found = get_allowed_or_404(actor, "discipline.complete_incident", Incident.objects.all(), pk=pk)
    if leaving := number_asked(request.POST.get("retirer", "")):
        leave_out(incident=found, part_id=leaving, actor=actor)
        return redirect("discipline:incident", uai=uai, pk=pk)
    form = PartForm(request.POST)
    chosen = number_asked(request.POST.get("eleve", ""))
    students = students_found(ids=[chosen]) if chosen is not None else []
    if not form.is_valid() or not (students or form.cleaned_data["nom"]):
        return _page(request, found, problem=_("Choisissez un élève, ou écrivez le nom d’une autre personne."))
    role = form.cleaned_data["role"]
    part = Part(role, students[0].student) if students else Part(role, name=form.cleaned_data["nom"])
    involve(incident=found, part=part, actor=actor)
    return redirect("discipline:incident", uai=uai, pk=pk)


@require_POST
def handle(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """What the CPE and the head do about it."""
    actor = request.actor
    found = get_allowed_or_404(actor, "discipline.handle_incident", Incident.objects.all(), pk=pk)
    action = request.POST.get("action", "")
    follow_form, show_form = None, None
    problem = ""
    if action == "suite":
        follow_form = FollowUpForm(request.POST)
        if follow_form.is_valid():
            data = follow_form.cleaned_data
            follow_up(
                incident=found, text=data["suite"], on=data["revoir"], partners=data["partenaires"],
                gravity=data["gravite"], actor=actor,
            )  # fmt: skip
    elif action == "montrer":
        show_form = ShowForm(request.POST)
        if show_form.is_valid():
            try:
                show(incident=found, text=show_form.cleaned_data["texte"], actor=actor)
            except Refusal as no:
                problem = str(no)
    elif action == "clore":
        close(incident=found, actor=actor)
    if problem or (follow_form and follow_form.errors) or (show_form and show_form.errors):
        return _page(request, found, problem=problem, follow_form=follow_form, show_form=show_form, is_wrong=True)
    return redirect("discipline:incident", uai=uai, pk=pk)


def _page(
    request: ActorRequest,
    found: Incident,
    *,
    problem: str = "",
    follow_form: FollowUpForm | None = None,
    show_form: ShowForm | None = None,
    is_wrong: bool = False,
) -> HttpResponse:
    actor, one = request.actor, Incident.objects.filter(pk=found.pk)
    text = request.GET.get("q", "").strip()[:80]
    follows = {
        "gravite": found.gravity,
        "suite": found.follow_up,
        "revoir": found.follow_up_on,
        "partenaires": found.partners,
    }
    knows_all = sees_all(actor)
    context = {
        "uai": actor.uai,
        "incident": found,
        "partners": [Partner(each).label for each in found.partners],
        "parts": parts_of([found], actor, knows_all=knows_all)[found.pk],
        "sanctions": list(sanctions_seen(actor).filter(incident=found)) if knows_all else [],
        "punishments": _punishments(actor, found),
        "may_complete": allowed(actor, "discipline.complete_incident", one).exists(),
        "may_handle": allowed(actor, "discipline.handle_incident", one).exists(),
        "may_punish": may_punish(actor),
        "may_sanction": actor.has(DECIDE),
        "text": text,
        "found": students_found(text=text) if text else [],
        "part_form": PartForm(),
        "follow_form": follow_form or FollowUpForm(initial=follows),
        "show_form": show_form or ShowForm(initial={"texte": found.family_text}),
        "problem": problem,
    }
    return render(request, "discipline/incident.html", context, status=422 if problem or is_wrong else 200)


def _punishments(actor: Actor, found: Incident) -> list[Punishment]:
    rows = allowed(actor, "discipline.view_punishment", Punishment.objects.filter(incident=found))
    return list(rows.select_related("student__person").order_by("pk"))
