"""Counting half-days: the examples of the law and of the other tools, then what holds whatever the day."""

from fractions import Fraction

import pytest

from pupitre.attendance.half_days import Absence, Half, Hours, Method, Span, Standing, count_day
from pupitre.attendance.totals import said, threshold_reached, total_of

J, P, U = Standing.JUSTIFIED, Standing.PENDING, Standing.UNJUSTIFIED


def at(text):
    """« 10:30 » in minutes."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def span(text):
    """« 8:00-9:00 »."""
    return Span(*map(at, text.split("-")))


def away(text, standing=U, counts=True, ref=0):
    return Absence(span(text), standing, counts, ref)


HOURS = Hours(cut=at("12:00"), morning=span("8:00-12:00"), afternoon=span("14:00-17:00"))
MORNING = [span(f"{hour}:00-{hour + 1}:00") for hour in range(8, 12)]
AFTERNOON = [span(f"{hour}:00-{hour + 1}:00") for hour in range(14, 17)]
DAY = MORNING + AFTERNOON


def gross(*absences, lessons=DAY):
    return sum(each.gross for each in count_day([away(text) for text in absences], lessons, HOURS))


def by_lesson(*absences, lessons=DAY):
    return sum(each.by_lesson for each in count_day([away(text) for text in absences], lessons, HOURS))


def test_one_hour_of_four_is_one_gross_half_day_and_a_quarter_of_it():
    [count] = count_day([away("10:00-11:00")], DAY, HOURS)
    assert (count.half, count.gross, count.by_lesson, count.computed) == (Half.MORNING, 1, 1, Fraction(1, 4))
    assert (count.missed, count.lessons, count.is_full) == (1, 4, False)


@pytest.mark.parametrize(
    ("absences", "expected"),
    [
        (["10:00-15:00"], 2),
        (["11:00-12:00", "14:00-15:00"], 2),
        (["8:00-9:00", "10:00-11:00"], 1),
        (["9:00-11:00", "14:00-15:00"], 2),
        (["8:00-17:00"], 2),
        (["12:05-13:50"], 0),
    ],
)
def test_absences_of_a_day_count_each_half_day_once(absences, expected):
    assert gross(*absences) == by_lesson(*absences) == expected


def test_a_student_who_was_late_misses_no_half_day():
    assert count_day([], DAY, HOURS) == []


def test_a_wednesday_afternoon_without_lessons_does_not_count():
    assert gross("0:00-24:00", lessons=MORNING) == by_lesson("0:00-24:00", lessons=MORNING) == 1


def test_a_day_off_does_not_count():
    assert count_day([away("0:00-24:00")], [], HOURS) == []


def test_the_strictest_standing_wins_and_the_columns_add_up_to_one():
    [count] = count_day([away("8:00-9:00", J), away("10:00-11:00", U)], DAY, HOURS)
    assert count.standing is U
    total = total_of([count])
    assert [total.justified, total.unjustified, total.all] == [0, 1, 1]


def test_a_waiting_answer_is_stricter_than_an_accepted_one():
    [count] = count_day([away("8:00-9:00", J), away("10:00-11:00", P)], DAY, HOURS)
    assert count.standing is P


def test_what_the_school_answers_for_is_no_absence():
    assert count_day([away("10:00-11:00", counts=False)], DAY, HOURS) == []
    [count] = count_day([away("10:00-11:00", counts=False), away("11:00-12:00")], DAY, HOURS)
    assert count.computed == Fraction(1, 4)


def test_a_lesson_belongs_to_the_half_day_of_its_start():
    lessons = [span("11:30-12:25"), span("12:25-13:20")]
    counts = count_day([away("11:30-13:20")], lessons, HOURS)
    assert [(each.half, each.lessons) for each in counts] == [(Half.MORNING, 1), (Half.AFTERNOON, 1)]


def test_an_absence_between_two_lessons_is_gross_only_and_weighs_on_no_lesson():
    lessons = [span("8:00-9:00"), span("11:00-12:00")]
    [count] = count_day([away("9:00-10:00", U)], lessons, HOURS)
    assert [count.gross, count.by_lesson, count.computed] == [1, 0, 0]
    [count] = count_day([away("8:00-9:00", J), away("9:00-10:00", U)], lessons, HOURS)
    assert count.standing is J


@pytest.mark.parametrize(
    ("absence", "halves"),
    [
        ("11:45-13:00", ["am"]),
        ("11:45-14:30", ["am", "pm"]),
        ("12:10-13:00", []),
        ("14:00-15:00", ["pm"]),
        ("0:00-24:00", ["am", "pm"]),
    ],
)
def test_without_a_timetable_the_clock_decides_with_its_tolerance(absence, halves):
    assert [each.half for each in count_day([away(absence)], None, HOURS)] == halves


def test_without_a_timetable_a_closed_afternoon_does_not_count():
    wednesday = Hours(HOURS.cut, HOURS.morning, None)
    [count] = count_day([away("0:00-24:00")], None, wednesday)
    assert count.half is Half.MORNING
    assert count.is_full


def test_three_unjustified_and_one_waiting_raise_nothing_and_refusing_it_raises_the_first_alert():
    """November: « 3 (+1) », then 4."""

    def month(last):
        return total_of(
            [count_day([away("8:00-9:00", each)], DAY, HOURS)[0] for each in (U, U, U, last)], Method.BY_LESSON
        )

    waiting = month(P)
    assert said(waiting.unjustified, waiting.pending) == "3 (+1)"
    assert threshold_reached(waiting) == 0
    refused = month(U)
    assert said(refused.unjustified, refused.pending) == "4"
    assert threshold_reached(refused) == 1


def test_the_second_threshold_counts_half_days_missed_whole():
    whole = [count_day([away("8:00-12:00")], DAY, HOURS)[0]] * 9
    part = [count_day([away("8:00-9:00")], DAY, HOURS)[0]]
    assert threshold_reached(total_of(whole + part)) == 1
    assert threshold_reached(total_of(whole + part), full_only=False) == 2
    assert threshold_reached(total_of([*whole, whole[0]])) == 2


def test_a_span_that_ends_before_it_begins_is_refused():
    for wrong in ((600, 600), (700, 600), (-1, 60), (0, 1441)):
        with pytest.raises(ValueError, match="ends after it begins"):
            Span(*wrong)
