"""One lesson of one day, changed in place by the office."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pupitre.establishments.room_use import RoomUse
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.timetable.forms import REASONS, LessonForm
from pupitre.timetable.policies import MANAGE
from pupitre.timetable.queries.office import (
    MOST_HOURS,
    Clash,
    busy,
    clashes_of,
    free_hours,
    staffing_on,
    week_held,
)
from pupitre.timetable.queries.planned import Facts, PlannedLesson, names_of, planned_lesson, rooms
from pupitre.timetable.queries.room_use import TakenRooms, rooms_taken
from pupitre.timetable.refusals import Refusal
from pupitre.timetable.services.changing import change_lesson, forget_change, restore_lessons
from pupitre.timetable.words import described, room_taken


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: ActorRequest, uai: str, course: int, day: str, hour: str) -> HttpResponse:
    require(request.actor, MANAGE)
    found = _found(course, day, hour)
    if request.method == "POST" and "retablir" in request.POST:
        return _restore(request, found)
    if found.is_orphan:
        return render(request, "timetable/lesson_dropped.html", {"uai": uai, "lesson": found})
    return _edit(request, uai, found)


def _edit(request: ActorRequest, uai: str, lesson: PlannedLesson) -> HttpResponse:
    is_sent = request.method == "POST"
    data = _with_hour(request.POST) if is_sent else None
    asked = _asked(data, lesson)
    week = week_held(asked.on, [lesson.course.group_id])
    classrooms = rooms()
    monday = asked.on - dt.timedelta(days=asked.on.weekday())
    other_uses = rooms_taken(classrooms, monday, monday + dt.timedelta(days=6))
    taken_rooms, taken_people = busy(asked, lesson.key, week)
    taken_rooms |= other_uses.at(asked.on, asked.starts_at, asked.ends_at)
    teachers = staffing_on(asked.on).for_lesson(lesson.course.subject_id, lesson.course.group_id, taken_people)
    form = LessonForm(data, lesson=lesson, rooms=classrooms, teachers=teachers, taken_rooms=taken_rooms)
    problem, clashes, uses = "", list[Clash](), list[RoomUse]()
    if is_sent and form.is_valid():
        facts = form.facts()
        clashes = clashes_of(facts, lesson.key, week)
        uses = _uses_met(facts, other_uses)
        if "voir" not in request.POST and (not (clashes or uses) or "confirmer" in request.POST):
            try:
                change_lesson(lesson=lesson, facts=facts, actor=request.actor)
            except Refusal as no:
                problem = str(no)
            else:
                return redirect(_group_week(uai, lesson, facts.on) + "&dit=change")
    names = {each.person.pk: each.person.formal_name for each in teachers}
    unknown = {*lesson.teacher_ids, *asked.teacher_ids, *_author(lesson)} - names.keys()
    names |= names_of(unknown) if unknown else {}
    context: dict[str, Any] = {
        "uai": uai,
        "lesson": lesson,
        "form": form,
        "problem": problem,
        "clashes": [*(described(each, names) for each in clashes), *map(room_taken, uses)],
        "hours": [each for each in free_hours(asked, lesson.key, week) if not _uses_met(each, other_uses)][:MOST_HOURS],
        "names": names,
        "reasons": REASONS,
        "back_url": _group_week(uai, lesson, lesson.held_on),
        "is_past": lesson.held_on < clock.today(),
    }
    status = 422 if is_sent and (problem or form.errors or ((clashes or uses) and "voir" not in request.POST)) else 200
    return render(request, "timetable/lesson.html", context, status=status)


def _uses_met(facts: Facts, taken: TakenRooms) -> list[RoomUse]:
    """What else takes the room of a lesson held as said. `taken` was read for the week of the lesson that is looked at."""
    return taken.of(facts.classroom_id, facts.on, facts.starts_at, facts.ends_at) if facts.is_held else []


def _restore(request: ActorRequest, lesson: PlannedLesson) -> HttpResponse:
    if lesson.is_orphan and lesson.latest:
        forget_change(change=lesson.latest, actor=request.actor)
        return redirect("timetable:office", request.actor.uai)
    restore_lessons(lessons=[lesson], actor=request.actor)
    return redirect(_group_week(request.actor.uai, lesson, lesson.held_on) + "&dit=retabli")


def _found(course: int, day: str, hour: str) -> PlannedLesson:
    try:
        on, at = dt.date.fromisoformat(day), dt.datetime.strptime(hour, "%H%M").time()
    except ValueError:
        raise Http404 from None
    found = planned_lesson(course, on, at)
    if found is None:
        raise Http404
    return found


def _with_hour(data: Any) -> dict[str, str]:
    """What was sent; a free hour that was touched stands for the three fields it fills."""
    sent = {name: data[name] for name in data}
    parts = sent.get("heure", "").split("|")
    if len(parts) == 3:
        sent |= {"jour": parts[0], "debut": parts[1], "fin": parts[2], "etat": "held"}
    return sent


def _asked(data: dict[str, str] | None, lesson: PlannedLesson) -> Facts:
    """The hours that rooms and people are looked at for: those typed when they can be read."""
    now = lesson.facts
    if data is None:
        return now
    try:
        on = dt.date.fromisoformat(data.get("jour", ""))
        starts, ends = (dt.time.fromisoformat(data.get(name, "")) for name in ("debut", "fin"))
    except ValueError:
        return now
    return Facts(on, starts, ends, now.classroom_id, now.teacher_ids)


def _author(lesson: PlannedLesson) -> Sequence[int]:
    return [lesson.latest.changed_by_id] if lesson.latest and lesson.latest.changed_by_id else []


def _group_week(uai: str, lesson: PlannedLesson, on: dt.date) -> str:
    monday = on - dt.timedelta(days=on.weekday())
    return f"{reverse('timetable:group_week', args=[uai, lesson.course.group_id])}?semaine={monday}"
