"""Changing one dated lesson: cancelling, moving, another room or teacher, a test, an outing; and back to its week."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db import transaction

from pupitre.establishments.models import Closure, SchoolYear
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.events import publish
from pupitre.timetable import refusals
from pupitre.timetable.events import LessonCancelled, LessonMoved, LessonRestored, LessonsChanged
from pupitre.timetable.models import Course, LessonChange, TimetableSlot
from pupitre.timetable.queries.office import room_by_id
from pupitre.timetable.queries.planned import Facts, PlannedLesson, facts_now, usual_facts
from pupitre.timetable.services.publishing import schedule
from pupitre.timetable.stamping import see_again

State = LessonChange.State


class Written(NamedTuple):
    """A lesson, how it was, how it is now, and the row that says so."""

    lesson: PlannedLesson
    before: Facts
    facts: Facts
    row: LessonChange


@transaction.atomic
def change_lesson(*, lesson: PlannedLesson, facts: Facts, actor: Actor) -> LessonChange | None:
    """Have a lesson held as said, that day only; what is the same as its week says is no change.

    Raises Refusal: the course has ended, the day is outside the year or closed, the room is unknown, the hours are out of
    order. What it would meet (class, teacher, room) was shown before, and is the office's to decide.
    """
    return change_lessons(changes=[(lesson, facts)], actor=actor)[0]


@transaction.atomic
def change_lessons(*, changes: Sequence[tuple[PlannedLesson, Facts]], actor: Actor) -> list[LessonChange | None]:
    """The same for several lessons, all of them or none; people are told of each."""
    rows: list[LessonChange | None] = []
    written: list[Written] = []
    for lesson, facts in changes:
        _check(lesson, facts)
        before = facts_now(lesson)
        row = _write(lesson, facts, actor) if facts != before else None
        rows.append(row)
        if row is not None:
            written.append(Written(lesson, before, facts, row))
    if written:
        schedule([each.row for each in written])
        _tell_rooms(written, actor)
        audit.record(actor, "timetable.change_lessons", written[0].row, lessons=len(written))
    return rows


@transaction.atomic
def restore_lessons(*, lessons: Iterable[PlannedLesson], actor: Actor) -> int:
    """Have lessons held as their week says again, and added ones no more; how many changed."""
    changes = []
    for lesson in lessons:
        usual = usual_facts(lesson)
        # An added lesson has no week to go back to; one that an import dropped is left for its change to be forgotten.
        changes.append((lesson, replace(usual, state=State.CANCELLED.value) if lesson.is_added else usual))
    return sum(row is not None for row in change_lessons(changes=changes, actor=actor))


@transaction.atomic
def forget_change(*, change: LessonChange, actor: Actor) -> None:
    """Remove the change of a lesson that an import dropped: there is nothing left to change."""
    audit.record(actor, "timetable.forget_change", change)
    LessonChange.objects.filter(course=change.course_id, held_on=change.held_on, starts_at=change.starts_at).delete()
    see_again(groups=[change.course.group_id], people=change.teacher_ids or [])


@transaction.atomic
def add_lesson(*, course: Course, facts: Facts, actor: Actor) -> LessonChange:
    """Add a lesson that no week gives. Raises Refusal, also when the course has a lesson there already."""
    lesson = PlannedLesson(course, facts.on, facts.starts_at, facts.ends_at, None, (), has_slot=False)
    _check(lesson, facts)
    taken = LessonChange.objects.filter(course=course, held_on=facts.on, starts_at=facts.starts_at, is_latest=True)
    week = (facts.on - course.group.school_year.first_monday).days // 7
    slots = TimetableSlot.objects.filter(course=course, weekday=facts.on.isoweekday(), starts_at=facts.starts_at)
    if taken.exists() or any(slot.weeks >> week & 1 for slot in slots):
        raise refusals.hour_taken()
    row = _new(lesson, facts, actor)
    row.is_added = True
    row.save()
    schedule([row])
    publish(LessonsChanged(course.establishment_id, (facts.on,)))
    see_again(groups=[course.group_id], people=facts.teacher_ids, opens_day=True)
    audit.record(actor, "timetable.add_lesson", row)
    return row


def _check(lesson: PlannedLesson, facts: Facts) -> None:
    if lesson.is_orphan and lesson.latest is not None:
        raise refusals.dropped()
    if facts.ends_at <= facts.starts_at:
        raise refusals.out_of_order()
    course = lesson.course
    if course.ends_on and course.ends_on < facts.on:
        raise refusals.course_ended(course.ends_on)
    year: SchoolYear = course.group.school_year
    if not year.starts_on <= facts.on <= year.ends_on:
        raise refusals.outside_year(facts.on)
    if facts.on != lesson.held_on or not lesson.has_slot:
        closure = Closure.objects.filter(starts_on__lte=facts.on, ends_on__gte=facts.on).first()
        if closure is not None:
            raise refusals.closed(facts.on, closure.label)
    if facts.classroom_id and facts.classroom_id != lesson.classroom_id and room_by_id(facts.classroom_id) is None:
        raise refusals.unknown_room()


def _write(lesson: PlannedLesson, facts: Facts, actor: Actor) -> LessonChange:
    latest = lesson.latest
    if latest is None:
        row = _new(lesson, facts, actor)
        row.save()
        return row
    if latest.is_published:
        # Families go on seeing what they see until this one is published: their copy steps aside.
        _keep_for_families(latest)
        latest.is_published = False
    _fill(latest, lesson, facts, actor)
    latest.sequence += 1
    latest.save()
    return latest


def _keep_for_families(latest: LessonChange) -> None:
    shown = LessonChange.objects.get(pk=latest.pk)
    LessonChange.objects.filter(pk=latest.pk).update(is_published=False)
    shown.pk, shown.is_latest, shown.publish_at, shown.tell_at = None, False, None, None
    shown._state.adding = True
    shown.save()


def _new(lesson: PlannedLesson, facts: Facts, actor: Actor) -> LessonChange:
    row = LessonChange(course=lesson.course, held_on=lesson.held_on, starts_at=lesson.starts_at, ends_at=lesson.ends_at)
    _fill(row, lesson, facts, actor)
    return row


def _fill(row: LessonChange, lesson: PlannedLesson, facts: Facts, actor: Actor) -> None:
    row.state, row.is_test, row.reason = facts.state, facts.is_test, facts.reason
    row.to_held_on, row.to_starts_at, row.to_ends_at = facts.on, facts.starts_at, facts.ends_at
    is_usual = lesson.has_slot and facts.classroom_id == lesson.classroom_id
    row.classroom_id = None if is_usual else facts.classroom_id
    has_usual_people = lesson.has_slot and set(facts.teacher_ids) == set(lesson.teacher_ids)
    row.teacher_ids = None if has_usual_people else list(facts.teacher_ids)
    row.changed_by_id, row.changed_at = actor.person_id, clock.now()


def _tell_rooms(written: Sequence[Written], actor: Actor) -> None:
    """What rooms above have to know, and whose pages are to be made again."""
    days: set[dt.date] = set()
    people: set[int] = set()
    for each in written:
        days |= {each.lesson.held_on, each.before.on, each.facts.on}
        people |= {*each.lesson.teacher_ids, *each.before.teacher_ids, *each.facts.teacher_ids}
        event = _event(each)
        if event is not None:
            publish(event)
    publish(LessonsChanged(actor.establishment_id, tuple(sorted(days))))
    opens_day = any(each.facts.on not in (each.lesson.held_on, each.before.on) for each in written)
    see_again(groups={each.lesson.course.group_id for each in written}, people=people, opens_day=opens_day)


def _event(each: Written) -> LessonMoved | LessonCancelled | LessonRestored | None:
    school, key = each.row.establishment_id, each.lesson.key
    usual, was, now = (each.lesson.held_on, each.lesson.starts_at), _place(each.before), _place(each.facts)
    if was == now:
        return None
    if now is None:
        return LessonCancelled(school, *key)
    return LessonRestored(school, *key) if now == usual else LessonMoved(school, *key, *now)


def _place(facts: Facts) -> tuple[dt.date, dt.time] | None:
    """When a lesson is held; nothing when it is not."""
    return (facts.on, facts.starts_at) if facts.is_held else None
