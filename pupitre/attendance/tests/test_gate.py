"""May they leave now? The examples of a règlement intérieur, hour by hour."""

import datetime as dt
from itertools import product

import pytest

from pupitre.attendance.gate import Allowed, Leaving, Lesson, Rule, Why, may_leave

CUT = dt.time(12, 30)


def at(text):
    return dt.time.fromisoformat(text)


def lesson(start, end, held=True):
    return Lesson(at(start), at(end), f"{start}", held)


# 8:05–9:00, then a break, 9:15–10:10, a hole, 11:05–12:00, the meal, 13:30–14:25, the last one 15:30–16:25 is cancelled.
DAY = [
    lesson("08:05", "09:00"),
    lesson("09:15", "10:10"),
    lesson("11:05", "12:00"),
    lesson("13:30", "14:25"),
    lesson("15:30", "16:25", held=False),
]
DAY_PUPIL = Rule(Leaving.HELD, at_noon=True)
HALF_BOARDER = Rule(Leaving.HELD)
AS_PLANNED = Rule(Leaving.PLANNED)
FREE = Rule(Leaving.HELD, at_noon=True, in_gaps=True)
FIXED = Rule(Leaving.PLANNED, fixed_hours=(at("12:00"), at("16:30")))
NEVER = Rule(Leaving.NEVER, at_noon=True, in_gaps=True)


@pytest.mark.parametrize(
    ("hour", "rule", "may", "why", "until"),
    [
        ("08:30", FREE, False, Why.IN_LESSON, "10:10"),
        ("09:05", FREE, False, Why.RECESS, "10:10"),
        ("10:20", FREE, True, Why.GAP, "11:05"),
        ("10:20", DAY_PUPIL, False, Why.GAP, "12:00"),
        ("12:10", DAY_PUPIL, True, Why.NOON, "13:30"),
        ("12:10", HALF_BOARDER, False, Why.NOON, "14:25"),
        ("13:45", HALF_BOARDER, False, Why.IN_LESSON, "14:25"),
        ("14:25", HALF_BOARDER, True, Why.CANCELLED, None),
        ("17:00", HALF_BOARDER, True, Why.OVER, None),
        ("14:30", AS_PLANNED, False, Why.GAP, "16:25"),
        ("15:40", AS_PLANNED, False, Why.CANCELLED, "16:25"),
        ("16:25", AS_PLANNED, True, Why.OVER, None),
        ("16:26", FIXED, False, Why.FIXED, "16:30"),
        ("16:30", FIXED, True, Why.OVER, None),
        ("12:10", NEVER, False, Why.NEVER, None),
        ("18:00", NEVER, False, Why.NEVER, None),
        ("07:50", FREE, True, Why.GAP, "08:05"),
        ("07:50", DAY_PUPIL, False, Why.GAP, "12:00"),
        ("18:00", None, False, Why.NO_REGIME, None),
    ],
)
def test_the_gate_answers(hour, rule, may, why, until):
    found = may_leave(at(hour), DAY, rule, CUT)
    assert (found.may, found.why, found.until) == (may, why, at(until) if until else None)


def test_a_day_without_lessons_holds_nobody_but_those_who_never_leave_alone():
    assert may_leave(at("10:00"), [], HALF_BOARDER, CUT).why is Why.NO_LESSON
    assert not may_leave(at("10:00"), [], NEVER, CUT).may


def test_what_the_office_allowed_goes_first_even_for_those_who_never_leave_alone():
    dentist = [Allowed(at("09:30"), at("11:00"))]
    found = may_leave(at("09:40"), DAY, NEVER, CUT, dentist)
    assert (found.may, found.why, found.until) == (True, Why.OFFICE, at("11:00"))
    before = may_leave(at("08:30"), DAY, NEVER, CUT, dentist)
    assert (before.may, before.until) == (False, at("09:30"))
    assert not may_leave(at("11:00"), DAY, NEVER, CUT, dentist).may


def test_a_no_says_when_it_becomes_a_yes_and_is_right():
    hours = [dt.time(hour, minute) for hour in range(7, 19) for minute in range(0, 60, 5)]
    for hour, rule in product(hours, (DAY_PUPIL, HALF_BOARDER, AS_PLANNED, FREE, FIXED, NEVER)):
        found = may_leave(hour, DAY, rule, CUT)
        if found.until is None:
            continue
        assert found.until > hour
        if not found.may:
            assert may_leave(found.until, DAY, rule, CUT).may, (hour, rule)
            between = [each for each in hours if hour < each < found.until]
            assert not any(may_leave(each, DAY, rule, CUT).may for each in between), (hour, rule)


def test_nobody_leaves_during_a_lesson_that_takes_place():
    for minutes, rule in product(range(5, 55, 5), (DAY_PUPIL, HALF_BOARDER, AS_PLANNED, FREE, FIXED, NEVER, None)):
        assert not may_leave(dt.time(8, minutes + 5), [lesson("08:05", "09:05")], rule, CUT).may
