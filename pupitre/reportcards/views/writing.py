"""The lists in which texts are written: sent whole as a form, or one by one by a device."""

from typing import Any

import msgspec
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.reportcards.models import ProgrammeElement
from pupitre.reportcards.models.texts import MOST, Place
from pupitre.reportcards.queries.sheets import sheet_of_class, sheet_of_course
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.elements import set_elements
from pupitre.reportcards.services.entering import Outcome, Told, Where, note_texts
from pupitre.reportcards.services.positioning import set_levels
from pupitre.timetable.models import Course

MOST_TOLD = 200
_MOST_TYPED = 5_000


class SentText(msgspec.Struct, forbid_unknown_fields=True):
    """A text as a device sends it."""

    student: int
    text: str
    base: int


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """Texts of one place."""

    texts: list[SentText]


@require_http_methods(["GET", "HEAD", "POST"])
def course(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The appreciations of a course, and what it worked on."""
    found = _course(request, pk)
    terms, term = _terms(request)
    where = Where(Place.SUBJECT, term, found.group_id, found)
    problem, elements = "", request.POST.get("elements")
    outcomes: list[Outcome] = []
    if elements is not None:
        try:
            set_elements(course=found, term=term, labels=elements.splitlines(), actor=request.actor)
            return redirect(f"{request.path}?periode={term.pk}&dit=fait")
        except Refusal as no:
            problem = str(no)
    elif request.method == "POST":
        set_levels(course=found, term=term, levels=_levels(request), actor=request.actor)
        outcomes = note_texts(where=where, told=_told(request), actor=request.actor)
        if not any(each.sentence for each in outcomes):
            return redirect(f"{request.path}?periode={term.pk}&dit=fait")
    labels = ProgrammeElement.objects.filter(course=found, term=term).order_by("position")
    kept = "\n".join(labels.values_list("label", flat=True)) if elements is None else elements
    context = {
        "sheet": sheet_of_course(found, term, terms), "course": found, "elements": kept, "problem": problem,
        "title": _("Appréciations, %(group)s") % {"group": found.group.label}, "about": found.subject.label,
        "cells": reverse("reportcards:course_texts", args=[uai, found.pk]), "division": None,
    }  # fmt: skip
    return _page(request, terms, where, outcomes, context)


@require_POST
def course_texts(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Appreciations as a device sends them, answered one by one; or levels, which come as a form does."""
    found = _course(request, pk)
    _all, term = _terms(request)
    if request.content_type == "application/x-www-form-urlencoded":
        set_levels(course=found, term=term, levels=_levels(request), actor=request.actor)
        return HttpResponse(status=204)
    return _answer(request, Where(Place.SUBJECT, term, found.group_id, found))


@require_http_methods(["GET", "HEAD", "POST"])
def school_life(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The line of school life of a class."""
    return _class_page(request, pk, Place.SCHOOL_LIFE)


@require_POST
def school_life_texts(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _division(request, pk, Place.SCHOOL_LIFE)
    return _answer(request, Where(Place.SCHOOL_LIFE, _terms(request)[1], found.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def syntheses(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The synthesis of each student of a class."""
    return _class_page(request, pk, Place.SYNTHESIS)


@require_POST
def syntheses_texts(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _division(request, pk, Place.SYNTHESIS)
    return _answer(request, Where(Place.SYNTHESIS, _terms(request)[1], found.pk))


_VERBS = {Place.SCHOOL_LIFE: "reportcards.write_school_life", Place.SYNTHESIS: "reportcards.write_synthesis"}
_CELLS = {Place.SCHOOL_LIFE: "reportcards:school_life_texts", Place.SYNTHESIS: "reportcards:syntheses_texts"}


def _class_page(request: ActorRequest, pk: int, place: Place) -> HttpResponse:
    found = _division(request, pk, place)
    terms, term = _terms(request)
    where = Where(place, term, found.pk)
    outcomes: list[Outcome] = []
    if request.method == "POST":
        outcomes = note_texts(where=where, told=_told(request), actor=request.actor)
        if not any(each.sentence for each in outcomes):
            return redirect(f"{request.path}?periode={term.pk}&dit=fait")
    titles = {Place.SCHOOL_LIFE: _("Vie scolaire, %(group)s"), Place.SYNTHESIS: _("Synthèses, %(group)s")}
    context = {
        "sheet": sheet_of_class(found, term, place), "course": None, "elements": "", "problem": "", "about": "",
        "title": titles[place] % {"group": found.label}, "division": found,
        "cells": reverse(_CELLS[place], args=[request.actor.uai, found.pk]),
    }  # fmt: skip
    return _page(request, terms, where, outcomes, context)


def _page(
    request: ActorRequest, terms: list[Term], where: Where, outcomes: list[Outcome], context: dict[str, Any]
) -> HttpResponse:
    told = {each.student: each for each in outcomes if each.sentence}
    context |= {
        "uai": request.actor.uai, "terms": terms, "term": where.term, "place": where.place.value, "told": told,
        "most": MOST[where.place.value], "is_saved": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "reportcards/texts.html", context, status=422 if told or context["problem"] else 200)


def _answer(request: ActorRequest, where: Where) -> HttpResponse:
    try:
        sent = msgspec.json.decode(request.body, type=Sent)
    except msgspec.MsgspecError:
        return JsonResponse({"sentence": ""}, status=400)
    told = [Told(each.student, each.text[:_MOST_TYPED], each.base) for each in sent.texts[:MOST_TOLD]]
    outcomes = note_texts(where=where, told=told, actor=request.actor)
    return JsonResponse({"texts": [msgspec.to_builtins(each) for each in outcomes]})


def _told(request: ActorRequest) -> list[Told]:
    told = []
    for name, text in request.POST.items():
        student = name.removeprefix("t")
        base = request.POST.get(f"b{student}", "")
        if name.startswith("t") and student.isdecimal() and len(student) < 19 and base.isdecimal() and len(base) < 9:
            told.append(Told(int(student), str(text)[:_MOST_TYPED], int(base)))
    return told[:MOST_TOLD]


def _levels(request: ActorRequest) -> dict[int, int | None]:
    """The levels chosen, by student; an empty choice takes one back."""
    return {
        int(name[1:]): int(str(level)) if level else None
        for name, level in request.POST.items()
        if name.startswith("p") and name[1:].isdecimal() and len(name) < 20 and level in ("", "1", "2", "3", "4")
    }


def _course(request: ActorRequest, pk: int) -> Course:
    courses = Course.objects.select_related("group", "subject")
    return get_allowed_or_404(request.actor, "reportcards.comment_course", courses, pk=pk)


def _division(request: ActorRequest, pk: int, place: Place) -> Group:
    divisions = Group.objects.filter(kind=Group.Kind.DIVISION)
    return get_allowed_or_404(request.actor, _VERBS[place], divisions, pk=pk)


def _terms(request: ActorRequest) -> tuple[list[Term], Term]:
    """The terms of the year and the one asked for. Raises Http404 while the year has none."""
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    if term is None:
        raise Http404
    return terms, term
