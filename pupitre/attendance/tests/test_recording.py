"""From a register taken to entries, dossiers and half-days."""

import datetime as dt

import pytest

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AttendanceRules, CaseEvent, CountedHalfDay, PastVersion
from pupitre.attendance.services.finishing import finish_roll_call, note_marks
from pupitre.attendance.services.marking import Told
from pupitre.attendance.tests.factories import fill_class, register, student
from pupitre.foundation import clock
from tests.statements import statements_of

FIRST, SECOND, AFTERNOON = "2026-11-24T08:10", "2026-11-24T10:20", "2026-11-24T13:40"


@pytest.fixture
def ines(college):
    return student(college.people["eleve"]).pk


@pytest.fixture
def call(teacher, colleague):
    """Take the register of a lesson of 4B: `call("08:05", absent=[pk])`; hours follow the lesson."""

    def take(starts, day="2026-11-24", base=0, **states):
        told = [Told(pk, state, base=base) for state, pks in states.items() for pk in pks]
        with clock.at(f"{day}T{starts}"):
            roll = register("4B", starts, dt.date.fromisoformat(day))
            finish_roll_call(roll.pk, told, actor=colleague if starts == "10:10" else teacher)
        return roll

    return take


def half_days():
    return [(each.half, each.by_lesson, each.missed, each.lessons) for each in CountedHalfDay.objects.order_by("half")]


def test_a_register_without_an_absentee_is_taken_and_says_nothing_of_anybody(college, call):
    roll = call("08:05")
    roll.refresh_from_db()
    assert (roll.state, roll.done_by_id) == ("done", college.people["enseignante"].pk)
    assert not AbsenceEntry.objects.exists()


def test_an_absentee_gets_an_entry_a_dossier_with_its_event_and_a_half_day(college, call, ines):
    call("08:05", absent=[ines])
    entry, case, event = AbsenceEntry.objects.get(), AbsenceCase.objects.get(), CaseEvent.objects.get()
    assert (entry.kind, entry.origin, entry.case) == ("absence", "register", case)
    assert (entry.starts_at, entry.ends_at) == (dt.time(8, 5), dt.time(9))
    assert (case.state, case.standing, case.starts_at, case.ends_at) == ("reported", 2, dt.time(8, 5), dt.time(9))
    assert (event.act, event.from_state, event.to_state) == ("mark_absent", "", "reported")
    assert event.author_id == college.people["enseignante"].pk
    assert half_days() == [("am", 1, 1, 2)]


def test_the_family_is_to_be_told_within_a_quarter_of_an_hour(college, call, ines):
    call("08:05", absent=[ines])
    case = AbsenceCase.objects.get()
    assert dt.timedelta() < case.contact_due_at - case.opened_at <= dt.timedelta(minutes=15)


def test_nothing_is_decided_before_the_register_is_taken(college, colleague, ines):
    roll = register("4B", "10:10")
    note_marks(roll.pk, [Told(ines, "absent")], actor=colleague)
    assert not AbsenceEntry.objects.exists()


def test_taking_a_register_twice_changes_nothing(college, call, ines):
    call("08:05", absent=[ines])
    before = [list(model.objects.values()) for model in (AbsenceEntry, AbsenceCase, CaseEvent)]
    call("08:05")
    assert [list(model.objects.values()) for model in (AbsenceEntry, AbsenceCase, CaseEvent)] == before


def test_the_next_lesson_joins_the_dossier_of_the_one_before(college, call, ines):
    call("08:05", absent=[ines])
    call("10:10", absent=[ines])
    call("13:30", absent=[ines])
    case = AbsenceCase.objects.get()
    assert case.entries.count() == 3
    assert (case.starts_at, case.ends_at) == (dt.time(8, 5), dt.time(14, 25))
    assert half_days() == [("am", 1, 2, 2), ("pm", 1, 1, 1)]


def test_an_absence_goes_on_over_the_night(college, call, ines):
    call("13:30", absent=[ines])
    call("08:05", day="2026-11-25", absent=[ines])
    case = AbsenceCase.objects.get()
    assert (case.starts_on, case.ends_on) == (dt.date(2026, 11, 24), dt.date(2026, 11, 25))


def test_a_lesson_attended_in_between_begins_another_dossier(college, call, ines):
    call("08:05", absent=[ines])
    call("10:10")
    call("13:30", absent=[ines])
    assert AbsenceCase.objects.count() == 2


def test_a_register_taken_late_joins_the_lesson_after(college, call, ines):
    call("10:10", absent=[ines])
    call("08:05", absent=[ines])
    case = AbsenceCase.objects.get()
    assert (case.starts_at, case.ends_at) == (dt.time(8, 5), dt.time(11, 5))


def test_a_reason_already_known_is_not_that_of_the_next_absence(college, call, ines):
    call("08:05", absent=[ines])
    AbsenceCase.objects.update(state="accepted")
    call("10:10", absent=[ines])
    assert sorted(AbsenceCase.objects.values_list("state", flat=True)) == ["accepted", "reported"]


def test_a_student_who_was_late_after_all_has_no_absence_left(college, call, teacher, ines):
    roll = call("08:05", absent=[ines])
    with clock.at("2026-11-24T08:20"):
        note_marks(roll.pk, [Told(ines, "late", base=1)], actor=teacher)
    case = AbsenceCase.objects.get()
    assert case.state == "became_late"
    live = AbsenceEntry.objects.get(cancelled_at=None)
    assert (live.kind, live.starts_at, live.ends_at, live.case) == ("lateness", dt.time(8, 5), dt.time(8, 20), None)
    assert PastVersion.objects.filter(table="entry").count() == 1
    assert half_days() == []


def test_a_slip_of_the_finger_is_cancelled_and_kept(college, call, teacher, ines):
    roll = call("08:05", absent=[ines])
    with clock.at(FIRST):
        note_marks(roll.pk, [Told(ines, "present", base=1)], actor=teacher)
    assert AbsenceCase.objects.get().state == "cancelled"
    assert AbsenceEntry.objects.get().cancelled_at is not None
    assert half_days() == []


def test_a_lesson_taken_out_of_a_longer_absence_shortens_it(college, call, colleague, ines):
    call("08:05", absent=[ines])
    roll = call("10:10", absent=[ines])
    with clock.at(SECOND):
        note_marks(roll.pk, [Told(ines, "present", base=1)], actor=colleague)
    case = AbsenceCase.objects.get()
    assert (case.state, case.ends_at) == ("reported", dt.time(9))
    assert half_days() == [("am", 1, 1, 2)]


def test_a_lateness_is_no_half_day_and_a_long_one_is_an_absence(college, call, teacher, ines):
    roll = call("08:05", late=[ines])
    with clock.at("2026-11-24T08:10"):
        note_marks(roll.pk, [Told(ines, "late", base=1, late=29)], actor=teacher)
    assert AbsenceEntry.objects.get(cancelled_at=None).kind == "lateness"
    assert half_days() == []
    with clock.at("2026-11-24T08:10"):
        note_marks(roll.pk, [Told(ines, "late", base=2, late=30)], actor=teacher)
    entry = AbsenceEntry.objects.get(cancelled_at=None)
    assert (entry.kind, entry.starts_at, entry.ends_at) == ("absence", dt.time(8, 5), dt.time(8, 35))
    assert half_days() == [("am", 1, 1, 2)]


def test_a_school_chooses_when_a_lateness_is_an_absence(college, call, ines):
    AttendanceRules.objects.create(late_becomes_absence_minutes=0)
    call("08:05", late=[ines])
    assert AbsenceEntry.objects.get().kind == "lateness"


@pytest.mark.parametrize("state", ["infirmary", "excluded", "exempt_away", "elsewhere"])
def test_what_the_school_answers_for_is_noted_and_never_counts(college, call, ines, state):
    call("08:05", **{state: [ines]})
    assert AbsenceEntry.objects.get().counts is False
    assert not AbsenceCase.objects.exists()
    assert half_days() == []


def test_a_student_who_leaves_is_away_from_then_on(college, call, teacher, ines):
    roll = call("08:05")
    with clock.at("2026-11-24T08:40"):
        note_marks(roll.pk, [Told(ines, "left")], actor=teacher)
    entry = AbsenceEntry.objects.get()
    assert (entry.kind, entry.starts_at, entry.ends_at) == ("departure", dt.time(8, 40), dt.time(9))


def test_exempt_but_present_is_present(college, call, ines):
    call("08:05", exempt_here=[ines])
    assert not AbsenceEntry.objects.exists()


def test_thirty_absentees_cost_as_many_statements_as_one(college, teacher):
    others = [each.pk for each in fill_class(college, "4B", 30)]
    with clock.at(FIRST):
        morning, afternoon = register("4B", "08:05"), register("4B", "13:30")
        few = statements_of(lambda: finish_roll_call(morning.pk, [Told(others[0], "absent")], actor=teacher))
    with clock.at(AFTERNOON):
        many = statements_of(
            lambda: finish_roll_call(afternoon.pk, [Told(pk, "absent") for pk in others[1:]], actor=teacher)
        )
    assert len(many) <= 29
    assert abs(len(many) - len(few)) <= 1
