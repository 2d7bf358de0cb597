"""The office: what changes these days, several lessons at once, an added lesson, the delay of publication."""

import datetime as dt
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.directory.models import Group, Person
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.timetable.forms import REASONS, AddForm, RulesForm, SeveralForm
from pupitre.timetable.keys import key_of_text, text_of_key
from pupitre.timetable.models import LessonChange
from pupitre.timetable.policies import MANAGE
from pupitre.timetable.queries import Lesson, week_of_group, week_of_teacher
from pupitre.timetable.queries.planned import (
    Facts,
    Key,
    PlannedLesson,
    changes_between,
    course_of,
    courses_of,
    groups_with_courses,
    planned_lessons,
    rooms,
    teachers_of_school,
)
from pupitre.timetable.refusals import Refusal
from pupitre.timetable.services.changing import add_lesson, change_lessons, restore_lessons
from pupitre.timetable.services.publishing import rules, set_rules

AHEAD = dt.timedelta(days=21)
MOST_DAYS = 14


@require_safe
def office(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    for name, route in (("classe", "group_week"), ("professeur", "teacher_week"), ("salle", "room_week")):
        asked = request.GET.get(name, "")
        if asked.isdecimal():
            return redirect(f"timetable:{route}", uai, int(asked))
    today = clock.today()
    changes = [each for each in changes_between(today, today + AHEAD) if not _is_nil(each)]
    lessons = planned_lessons([(each.course_id, each.held_on, each.starts_at) for each in changes])
    rows = [(each, lessons[each.course_id, each.held_on, each.starts_at]) for each in changes]
    context = {
        "uai": uai,
        "changes": [row for row in rows if not row[1].is_orphan],
        "orphans": [row for row in rows if row[1].is_orphan],
        "groups": groups_with_courses(),
        "teachers": teachers_of_school(today),
        "rooms": rooms(),
        "today": today,
    }
    return render(request, "timetable/office.html", context)


def _is_nil(change: LessonChange) -> bool:
    """Whether it says again what the week says: kept for calendars, not worth a line."""
    plain = change.state == LessonChange.State.HELD and not (change.is_test or change.is_moved or change.is_added)
    same_end = change.to_ends_at == change.ends_at
    return plain and same_end and change.classroom_id is None and change.teacher_ids is None


@dataclass(frozen=True, slots=True)
class Choice:
    """A lesson that may be ticked, among those of some days."""

    value: str
    on: dt.date
    lesson: Lesson
    is_ticked: bool


@require_http_methods(["GET", "HEAD", "POST"])
def several(request: ActorRequest, uai: str) -> HttpResponse:
    """Several lessons of a class or of a teacher: a whole day, some days."""
    actor = request.actor
    require(actor, MANAGE)
    first, last = _days(request)
    title, choices, back_url = _choices(request, first, last)
    ticked = request.POST.getlist("seance")
    form = SeveralForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST":
        keys = [key for key in map(key_of_text, ticked) if key is not None]
        if not keys:
            problem = _("Cochez au moins un cours.")
        elif form.is_valid():
            try:
                _do(form, planned_lessons(keys), request)
            except Refusal as no:
                problem = str(no)
            else:
                return redirect(f"{back_url}?semaine={first - dt.timedelta(days=first.weekday())}&dit=change")
        choices = [replace(each, is_ticked=each.value in ticked) for each in choices]
    context = {
        "uai": uai,
        "title": title,
        "choices": choices,
        "form": form,
        "problem": problem,
        "first": first,
        "last": last,
        "who": [(name, request.GET[name]) for name in ("classe", "professeur") if name in request.GET],
        "reasons": REASONS,
        "back_url": back_url,
    }
    return render(request, "timetable/several.html", context, status=422 if problem or form.errors else 200)


def _do(form: SeveralForm, lessons: dict[Key, PlannedLesson], request: ActorRequest) -> None:
    gesture, reason = form.cleaned_data["geste"], form.cleaned_data["motif"].strip()
    found = [each for each in lessons.values() if not each.is_orphan]
    if gesture == "retablir":
        restore_lessons(lessons=found, actor=request.actor)
        return
    changes = []
    for lesson in found:
        now = lesson.facts
        if gesture == "test":
            changes.append((lesson, replace(now, state="held", is_test=True, reason=reason or now.reason)))
        else:
            usual = (lesson.held_on, lesson.starts_at, lesson.ends_at)
            changes.append((lesson, Facts(*usual, now.classroom_id, now.teacher_ids, gesture, False, reason)))
    change_lessons(changes=changes, actor=request.actor)


def _choices(request: ActorRequest, first: dt.date, last: dt.date) -> tuple[str, list[Choice], str]:
    actor = request.actor
    asked = {name: request.GET.get(name, "") for name in ("classe", "professeur")}
    mondays = sorted({day - dt.timedelta(days=day.weekday()) for day in (first, last)})
    if asked["classe"].isdecimal():
        group = get_allowed_or_404(actor, "directory.view_group", Group.objects.all(), pk=asked["classe"])
        title, back = group.label, reverse("timetable:group_week", args=[actor.uai, group.pk])
        weeks = [(monday, week_of_group(actor.establishment_id, group.pk, monday)) for monday in mondays]
    elif asked["professeur"].isdecimal():
        person = get_allowed_or_404(actor, "timetable.view_teacher", Person.objects.all(), pk=asked["professeur"])
        title, back = person.formal_name, reverse("timetable:teacher_week", args=[actor.uai, person.pk])
        weeks = [(monday, week_of_teacher(actor.establishment_id, person.pk, monday)) for monday in mondays]
    else:
        raise Http404
    found = []
    for monday, lessons in weeks:
        for lesson in lessons:
            on = monday + dt.timedelta(days=lesson.weekday - 1)
            if first <= on <= last and not (lesson.change and lesson.change.place == "away"):
                # A group that gathers several classes is left for the office to tick.
                whole = not asked["classe"] or lesson.group == title or lesson.group.startswith(f"{title} ")
                found.append(Choice(_value(lesson, on), on, lesson, whole))
    return title, found, back


def _value(lesson: Lesson, on: dt.date) -> str:
    change = lesson.change
    key = (change.held_on, change.starts_at) if change else (on, lesson.starts_at)
    return text_of_key((lesson.course, *key))


def _days(request: ActorRequest) -> tuple[dt.date, dt.date]:
    today = clock.today()
    try:
        first = dt.date.fromisoformat(request.GET.get("du", ""))
        last = dt.date.fromisoformat(request.GET.get("au", "") or request.GET["du"])
    except ValueError:
        first = last = today
    if abs((first - today).days) > 400:
        first = today
    # Two weeks at most on one page.
    return first, min(max(first, last), first + dt.timedelta(days=7))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A lesson added to a class or a group for one day."""
    actor = request.actor
    require(actor, MANAGE)
    group = get_allowed_or_404(actor, "directory.view_group", Group.objects.all(), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = AddForm(data, courses=courses_of(group), rooms=rooms(), day=clock.today())
    problem = ""
    if data is not None and form.is_valid():
        course = course_of(form.cleaned_data["cours"])
        sent = form.cleaned_data
        facts = Facts(sent["jour"], sent["debut"], sent["fin"], sent["salle"], course[1], reason=sent["motif"].strip())
        try:
            add_lesson(course=course[0], facts=facts, actor=actor)
        except Refusal as no:
            problem = str(no)
        else:
            monday = facts.on - dt.timedelta(days=facts.on.weekday())
            return redirect(f"{reverse('timetable:group_week', args=[uai, pk])}?semaine={monday}&dit=ajoute")
    context = {"uai": uai, "group": group, "form": form, "problem": problem, "reasons": REASONS}
    return render(request, "timetable/add.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delays(request: ActorRequest, uai: str) -> HttpResponse:
    """How long changes wait before families see them."""
    require(request.actor, MANAGE)
    row = rules()
    initial = {"near_minutes": row.near_minutes, "far_minutes": row.far_minutes}
    form = RulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_rules(**form.cleaned_data, actor=request.actor)
        return redirect(f"{request.path}?dit=fait")
    context = {"uai": uai, "form": form, "is_done": request.GET.get("dit") == "fait"}
    return render(request, "timetable/delays.html", context, status=422 if form.errors else 200)
