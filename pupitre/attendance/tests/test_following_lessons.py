"""Registers follow what a day changes of its lessons."""

import datetime as dt
from dataclasses import replace

import pytest

from pupitre.attendance.models import RollCall, RollMark
from pupitre.attendance.queries.lessons import lessons_of
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.attendance.services.registers import CancelReason, cancel_roll_call
from pupitre.foundation import clock
from pupitre.timetable.models import Course
from pupitre.timetable.queries.planned import planned_lesson
from pupitre.timetable.services.changing import change_lesson, restore_lessons

TUESDAY, WEDNESDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25)


@pytest.fixture
def french(college):
    prepare_registers(TUESDAY)
    course = Course.objects.get(subject__code="020700")
    return lambda: planned_lesson(course.pk, TUESDAY, dt.time(10, 10))


def change(lesson, actor, **facts):
    change_lesson(lesson=lesson, facts=replace(lesson.facts, **facts), actor=actor)
    for day in (TUESDAY, WEDNESDAY):
        prepare_registers(day)


def register(**of):
    return RollCall.objects.get(subject_code="020700", **of)


def test_a_cancelled_lesson_expects_nobody(college, head, french):
    change(french(), head, state="cancelled")
    found = register()
    assert (found.state, found.cancel_reason, found.student_ids) == ("cancelled", CancelReason.DATED, [])
    restore_lessons(lessons=[french()], actor=head)
    prepare_registers(TUESDAY)
    found = register()
    assert (found.state, found.cancel_reason, len(found.student_ids)) == ("prepared", "", 1)


def test_an_outing_says_so_on_the_register(college, head, french):
    change(french(), head, state="outing")
    assert register().cancel_reason == CancelReason.DATED_OUTING


def test_a_moved_lesson_takes_its_register_along(college, head, french):
    change(french(), head, on=WEDNESDAY, starts_at=dt.time(14), ends_at=dt.time(15))
    found = register()
    assert (found.held_on, found.starts_at, len(found.student_ids)) == (WEDNESDAY, dt.time(14), 1)
    change(french(), head, on=TUESDAY, starts_at=dt.time(15), ends_at=dt.time(16))
    found = register()
    assert (found.held_on, found.starts_at) == (TUESDAY, dt.time(15))


def test_the_substitute_may_call_the_roll(college, head, french):
    change(french(), head, teacher_ids=(college.people["enseignante"].pk,))
    assert register().teacher_ids == [college.people["enseignante"].pk]


def test_a_register_taken_before_the_lesson_was_cancelled_stays(college, head, french):
    RollCall.objects.filter(subject_code="020700").update(state="done", done_at=clock.now())
    change(french(), head, state="cancelled")
    assert (register().state, len(register().student_ids)) == ("done", 1)


def test_a_register_that_was_begun_stays(college, head, french):
    found = register()
    RollMark.objects.create(
        establishment=college.college, roll_call=found, student_id=found.student_ids[0], state="absent",
        marked_at=clock.now(),
    )  # fmt: skip
    change(french(), head, state="cancelled")
    assert register().state == "prepared"


def test_what_the_office_cancelled_by_hand_stays_cancelled(college, head, french):
    cancel_roll_call(register=register(), reason=CancelReason.OTHER, actor=head)
    change(french(), head, is_test=True)
    assert (register().state, register().cancel_reason) == ("cancelled", CancelReason.OTHER)


def test_registers_follow_without_being_asked(college, head, french, django_capture_on_commit_callbacks):
    lesson = french()
    with django_capture_on_commit_callbacks(execute=True):
        change_lesson(lesson=lesson, facts=replace(lesson.facts, state="cancelled"), actor=head)
    assert register().state == "cancelled"


def test_a_day_without_registers_counts_the_lessons_that_were_held(college, head):
    course = Course.objects.get(subject__code="020700")
    student = college.people["eleve"].schoolings.get().pk
    day = TUESDAY - dt.timedelta(days=7)
    assert len(lessons_of([(student, day)])[student, day]) == 3
    lesson = planned_lesson(course.pk, day, dt.time(10, 10))
    assert lesson is not None
    change_lesson(lesson=lesson, facts=replace(lesson.facts, state="cancelled"), actor=head)
    assert len(lessons_of([(student, day)])[student, day]) == 2
