"""What the office enters by hand, and what it does to registers, dossiers and counts."""

import datetime as dt

import pytest

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay, RollMark
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.entering import Entered, cancel_case, enter
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import TUESDAY, fill_class, register, student
from pupitre.attendance.words import WHOLE_DAY
from pupitre.foundation import clock

WEDNESDAY = TUESDAY + dt.timedelta(days=1)


@pytest.fixture
def ines(college):
    return student(college.people["eleve"]).pk


@pytest.fixture
def reasons(college):
    return {each.code: each for each in reasons_of_school()}


def entered(kind="absence", first=TUESDAY, last=None, hours=WHOLE_DAY, **more):
    return Entered(kind, first, last or first, *hours, **more)


def half_days():
    rows = CountedHalfDay.objects.order_by("missed_on", "half")
    return [(each.missed_on.day, each.half, each.standing) for each in rows]


def test_a_whole_day_counts_its_two_half_days(college, cpe, ines):
    enter(entered(), [ines], actor=cpe)
    case = AbsenceCase.objects.get()
    assert (case.state, case.entries.count()) == ("reported", 1)
    assert half_days() == [(24, "am", 2), (24, "pm", 2)]


def test_several_days_make_one_dossier_without_the_days_off(college, cpe, ines, reasons):
    enter(entered(last=TUESDAY + dt.timedelta(days=6), reason=reasons["maladie"]), [ines], actor=cpe)
    case = AbsenceCase.objects.get()
    # Inès has lessons on Tuesdays and Wednesdays only.
    assert [each.away_on.day for each in AbsenceEntry.objects.order_by("away_on")] == [24, 25]
    assert (case.state, case.standing, case.ends_on) == ("reasoned", 0, WEDNESDAY)
    assert half_days() == [(24, "am", 0), (24, "pm", 0), (25, "am", 0)]


def test_an_absence_to_come_waits_and_the_counsellor_who_knows_why_confirms_it(college, cpe, ines, reasons):
    enter(entered(first=WEDNESDAY), [ines], actor=cpe)
    assert AbsenceCase.objects.get().state == "planned"
    AbsenceEntry.objects.all().delete()
    AbsenceCase.objects.all().delete()
    enter(entered(first=WEDNESDAY, reason=reasons["competition"]), [ines], actor=cpe)
    assert AbsenceCase.objects.get().state == "confirmed"


def test_an_absence_announced_is_shown_in_the_register_and_joined_by_it(college, cpe, colleague, ines, reasons):
    with clock.at("2026-11-23T17:00"):
        enter(entered(reason=reasons["rdv_exterieur"]), [ines], actor=cpe)
    finish_roll_call(register("4B", "10:10").pk, [Told(ines, "absent")], actor=colleague)
    assert AbsenceCase.objects.count() == 1
    assert AbsenceEntry.objects.count() == 1


def test_a_student_who_came_after_all_is_not_counted_away_for_that_lesson(college, cpe, colleague, teacher, ines):
    with clock.at("2026-11-23T17:00"):
        enter(entered(), [ines], actor=cpe)
    assert half_days() == [(24, "am", 1), (24, "pm", 1)]
    with clock.at("2026-11-24T08:10"):
        finish_roll_call(register("4B", "08:05").pk, [Told(ines, "present")], actor=teacher)
    finish_roll_call(register("4B", "10:10").pk, [Told(ines, "present")], actor=colleague)
    from pupitre.attendance.services.counting import recount

    recount([(ines, TUESDAY)])
    assert half_days() == [(24, "pm", 1)]


def test_the_infirmary_moves_the_register_going_on_and_counts_nothing(college, cpe, colleague, ines):
    """Fixtures 4 and 10: the teacher who comes back online meets what the office wrote."""
    roll = register("4B", "10:10")
    enter(entered("infirmary", hours=(dt.time(10, 15), dt.time(11)), place="Infirmerie"), [ines], actor=cpe)
    assert RollMark.objects.get().state == "infirmary"
    outcomes = finish_roll_call(roll.pk, [Told(ines, "absent")], actor=colleague)
    assert [each.fate for each in outcomes] == ["conflict"]
    assert half_days() == []
    assert not AbsenceCase.objects.exists()


def test_a_class_on_an_outing_is_entered_at_once(college, cpe):
    others = [each.pk for each in fill_class(college, "4B", 25)]
    enter(entered("outing", place="Musée"), others, actor=cpe)
    assert AbsenceEntry.objects.filter(kind="outing", counts=False).count() == 25
    assert half_days() == []


def test_what_recurs_is_entered_once(college, cpe, ines):
    enter(entered("exemption", last=dt.date(2026, 12, 15), weekdays=[2]), [ines], actor=cpe)
    assert [each.away_on.day for each in AbsenceEntry.objects.order_by("away_on")] == [24, 1, 8, 15]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first": TUESDAY, "last": TUESDAY - dt.timedelta(days=1)}, "La fin vient avant le début"),
        ({"hours": (dt.time(10), dt.time(9))}, "La fin vient avant le début"),
        ({"last": TUESDAY + dt.timedelta(days=200)}, "120 jours au plus"),
        ({"first": dt.date(2026, 11, 28)}, "Aucun cours à ces dates"),
    ],
)
def test_what_cannot_be_entered_is_said(college, cpe, ines, wrong, sentence):
    with pytest.raises(Refusal, match=sentence):
        enter(entered(**wrong), [ines], actor=cpe)


def test_a_mistake_is_crossed_out_with_its_reason(college, cpe, ines):
    enter(entered(), [ines], actor=cpe)
    case = AbsenceCase.objects.get()
    with pytest.raises(Refusal, match="Dites pourquoi"):
        cancel_case(case=case, why="", actor=cpe)
    case.refresh_from_db()
    cancel_case(case=case, why="Homonyme.", actor=cpe)
    assert AbsenceCase.objects.get().state == "cancelled"
    assert AbsenceEntry.objects.get().cancelled_at is not None
    assert half_days() == []
