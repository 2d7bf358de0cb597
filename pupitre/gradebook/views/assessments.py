"""Assessments: made, changed, removed, published; and the settings of a service."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.files.picking import Picking, pick
from pupitre.files.queries import files_of
from pupitre.files.refusals import Refusal as FileRefusal
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.forms import AssessmentForm, PartForm, PublishForm, WeightForm
from pupitre.gradebook.models import Assessment, ServicePart, ServiceWeight
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.assessing import (
    add_part,
    change_assessment,
    create_assessment,
    delete_assessment,
    weigh_service,
)
from pupitre.gradebook.services.publishing import publish as publish_marks
from pupitre.gradebook.services.publishing import withdraw
from pupitre.timetable.models import Course

PURPOSE = "gradebook.assessment"


def _course(request: ActorRequest, pk: int) -> Course:
    rows = Course.objects.select_related("group", "subject")
    return get_allowed_or_404(request.actor, "gradebook.mark_course", rows, pk=pk)


def _assessment(request: ActorRequest, pk: int) -> Assessment:
    rows = Assessment.objects.select_related("course__group", "course__subject", "term__school_year", "part")
    return get_allowed_or_404(request.actor, "gradebook.mark_assessment", rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    course = _course(request, pk)
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    if term is None:
        return render(request, "gradebook/no_term.html", {"uai": uai, "course": course})
    parts = list(ServicePart.objects.filter(course=course).order_by("position", "pk"))
    first = {"held_on": clock.today(), "term": term.pk}
    form = AssessmentForm(request.POST if request.method == "POST" else None, terms=terms, parts=parts, initial=first)
    picking = pick(request, PURPOSE)
    problem = ""
    if request.method == "POST" and form.is_valid() and not picking.problems:
        try:
            made = form.apply(Assessment(course=course))
            return _to_grid(request, create_assessment(assessment=made, actor=request.actor, uploads=picking.ids))
        except (Refusal, FileRefusal) as no:
            problem = str(no)
    return _form(request, course, form, None, problem, picking)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    terms = terms_of_year()
    parts = list(ServicePart.objects.filter(course=assessment.course).order_by("position", "pk"))
    facts = AssessmentForm.facts_of(assessment)
    form = AssessmentForm(request.POST if request.method == "POST" else None, terms=terms, parts=parts, initial=facts)
    picking = pick(request, PURPOSE)
    problem = ""
    try:
        if request.method == "POST" and "supprimer" in request.POST:
            delete_assessment(assessment=assessment, actor=request.actor)
            return redirect("gradebook:grid", uai=uai, pk=assessment.course_id)
        if request.method == "POST" and form.is_valid() and not picking.problems:
            keep = [int(each) for each in request.POST.getlist("held") if each.isdecimal() and len(each) < 19]
            changed = change_assessment(
                assessment=form.apply(assessment), actor=request.actor, uploads=picking.ids, keep=keep
            )
            return _to_grid(request, changed)
    except (Refusal, FileRefusal) as no:
        problem = str(no)
    return _form(request, assessment.course, form, assessment, problem, picking)


def _to_grid(request: ActorRequest, assessment: Assessment) -> HttpResponse:
    query = f"?periode={assessment.term_id}&evaluation={assessment.pk}"
    return redirect(reverse("gradebook:grid", args=[request.actor.uai, assessment.course_id]) + query)


def _form(
    request: ActorRequest, course: Course, form: AssessmentForm, assessment: Assessment | None, problem: str,
    picking: Picking,
) -> HttpResponse:  # fmt: skip
    context = {
        "uai": request.actor.uai, "course": course, "form": form, "assessment": assessment, "problem": problem,
        "picking": picking, "files": files_of([assessment])[assessment.pk] if assessment else [],
    }  # fmt: skip
    status = 422 if problem or picking.problems or (form.is_bound and form.errors) else 200
    return render(request, "gradebook/assessment.html", context, status=status)


@require_POST
def publish(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Show the marks to students, now or later; or hide them again."""
    assessment = _assessment(request, pk)
    if "retirer" in request.POST:
        withdraw(assessment=assessment, actor=request.actor)
        return _to_grid(request, assessment)
    form = PublishForm(request.POST)
    problem = ""
    if form.is_valid():
        try:
            publish_marks(assessment=assessment, at=_instant(form), actor=request.actor)
            return _to_grid(request, assessment)
        except Refusal as no:
            problem = str(no)
    context = {"uai": uai, "course": assessment.course, "assessment": assessment, "form": form, "problem": problem}
    return render(request, "gradebook/publish.html", context, status=422)


def _instant(form: PublishForm) -> dt.datetime | None:
    day, at = form.cleaned_data["day"], form.cleaned_data["at"]
    if day is None and at is None:
        return None
    now = clock.now().astimezone(clock.PARIS)
    return dt.datetime.combine(day or now.date(), at or dt.time(7), clock.PARIS)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The parts of a service, and what it weighs in the general average of a term."""
    course = _course(request, pk)
    terms = terms_of_year()
    term = term_asked(terms, (request.POST or request.GET).get("periode", ""))
    if term is None:
        return render(request, "gradebook/no_term.html", {"uai": uai, "course": course})
    adding, weighing = request.method == "POST" and "ajouter" in request.POST, "peser" in request.POST
    held = ServiceWeight.objects.filter(course=course, term=term).values_list("coefficient", flat=True).first()
    part = PartForm(request.POST if adding else None)
    weight = WeightForm(request.POST if weighing else None, initial={"weight": 1 if held is None else held})
    problem = ""
    try:
        if adding and part.is_valid():
            add_part(course=course, actor=request.actor, **part.cleaned_data)
            return redirect(f"{request.path}?periode={term.pk}")
        if weighing and weight.is_valid():
            weigh_service(
                course=course, term=term, coefficient=weight.cleaned_data["weight"], actor=request.actor
            )  # fmt: skip
            return redirect(f"{request.path}?periode={term.pk}")
    except Refusal as no:
        problem = str(no)
    parts = ServicePart.objects.filter(course=course).order_by("position", "pk")
    context = {
        "uai": uai, "course": course, "terms": terms, "term": term, "parts": list(parts), "part": part, "weight": weight,
        "problem": problem,
    }  # fmt: skip
    bad = problem or (part.is_bound and part.errors) or (weight.is_bound and weight.errors)
    if request.method == "POST" and not adding and not weighing:
        raise Http404
    return render(request, "gradebook/settings.html", context, status=422 if bad else 200)
