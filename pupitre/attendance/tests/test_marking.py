"""Marks as devices tell them: versions, the same gesture twice, hours, and who may."""

import datetime as dt

import pytest

from pupitre.attendance.models import PastVersion, RollCall, RollMark
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.finishing import finish_roll_call, note_marks
from pupitre.attendance.services.marking import NoSuchRegister, Told
from pupitre.attendance.tests.factories import fill_class, leave_class, register, student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from tests.statements import statements_of


@pytest.fixture
def ines(college):
    return student(college.people["eleve"]).pk


@pytest.fixture
def roll(college):
    return register("4B", "10:10")


def told(student_id, state="absent", base=0, key="", **more):
    return Told(student_id, state, base=base, key=key, **more)


def state_of(roll, student_id):
    mark = RollMark.objects.get(roll_call=roll, student=student_id)
    return mark.state, mark.version


def test_a_mark_is_written_with_its_first_version(college, colleague, roll, ines):
    [outcome] = note_marks(roll.pk, [told(ines)], actor=colleague)
    assert (outcome.fate, outcome.state, outcome.version) == ("saved", "absent", 1)
    assert state_of(roll, ines) == ("absent", 1)


def test_a_mark_changed_keeps_what_it_said(college, colleague, roll, ines):
    note_marks(roll.pk, [told(ines)], actor=colleague)
    note_marks(roll.pk, [told(ines, "late", base=1, late=10)], actor=colleague)
    assert state_of(roll, ines) == ("late", 2)
    assert RollMark.objects.get().at == dt.time(10, 20)
    kept = PastVersion.objects.get()
    assert (kept.table, kept.version, kept.facts["state"]) == ("rollmark", 1, "absent")


def test_the_same_gesture_sent_twice_is_done_once(college, colleague, roll, ines):
    first = note_marks(roll.pk, [told(ines, key="a-gesture")], actor=colleague)
    again = note_marks(roll.pk, [told(ines, key="a-gesture")], actor=colleague)
    assert [first[0].fate, again[0].fate] == ["saved", "same"]
    assert state_of(roll, ines) == ("absent", 1)


def test_a_gesture_that_comes_back_after_another_changes_nothing_and_is_no_conflict(college, colleague, roll, ines):
    note_marks(roll.pk, [told(ines, key="first")], actor=colleague)
    note_marks(roll.pk, [told(ines, "present", base=1, key="second")], actor=colleague)
    [outcome] = note_marks(roll.pk, [told(ines, key="first")], actor=colleague)
    assert (outcome.fate, outcome.state, outcome.sentence) == ("same", "present", "")
    assert state_of(roll, ines) == ("present", 2)


def test_what_somebody_else_marked_is_shown_and_never_overwritten(college, colleague, cpe, roll, ines):
    note_marks(roll.pk, [told(ines, "infirmary")], actor=cpe)
    [outcome] = note_marks(roll.pk, [told(ines, "absent")], actor=colleague)
    assert (outcome.fate, outcome.state, outcome.version) == ("conflict", "infirmary", 1)
    assert outcome.sentence == "M. Bensaïd a noté « À l’infirmerie » entre-temps."
    assert state_of(roll, ines) == ("infirmary", 1)


def test_two_people_who_say_the_same_do_not_disagree(college, colleague, cpe, roll, ines):
    note_marks(roll.pk, [told(ines)], actor=cpe)
    [outcome] = note_marks(roll.pk, [told(ines)], actor=colleague)
    assert outcome.fate == "same"


def test_a_register_kept_offline_saves_everyone_but_whom_the_office_moved(college, colleague, cpe):
    """Fixture 10: offline at 8:05, the office says « infirmary » at 8:10, the device comes back at 8:20."""
    others = [each.pk for each in fill_class(college, "4B", 24)]
    ines = student(college.people["eleve"]).pk
    roll = register("4B", "10:10")
    note_marks(roll.pk, [told(ines, "infirmary")], actor=cpe)
    kept = [told(pk, "absent", key=f"k{pk}", age=dt.timedelta(minutes=15)) for pk in [ines, *others]]
    outcomes = finish_roll_call(roll.pk, kept, actor=colleague)
    assert [each.student for each in outcomes if each.fate == "conflict"] == [ines]
    assert sum(each.fate == "saved" for each in outcomes) == 24
    assert state_of(roll, ines) == ("infirmary", 1)
    assert RollCall.objects.get(pk=roll.pk).state == RollCall.State.DONE


def test_marking_one_student_costs_two_statements(college, colleague, roll, ines):
    statements = statements_of(lambda: note_marks(roll.pk, [told(ines)], actor=colleague))
    assert len(statements) == 2


def test_marking_thirty_students_costs_as_much_as_one(college, colleague):
    others = [each.pk for each in fill_class(college, "4B", 30)]
    roll = register("4B", "10:10")
    statements = statements_of(lambda: note_marks(roll.pk, [told(pk) for pk in others], actor=colleague))
    assert len(statements) == 2


def test_a_student_who_left_the_class_is_answered_apart(college, colleague, ines):
    [other] = fill_class(college, "4B", 1)
    leave_class(student(college.people["eleve"]), dt.date(2026, 11, 20))
    roll = register("4B", "10:10")
    gone, here = note_marks(roll.pk, [told(ines), told(other.pk)], actor=colleague)
    assert (gone.fate, here.fate) == ("refused", "saved")
    assert gone.sentence == "Cet élève n’est plus attendu à ce cours : rien n’a été noté pour lui."


def test_a_register_opens_ten_minutes_before_and_not_earlier(college, teacher, ines):
    roll = register("4B", "13:30")
    with (
        clock.at("2026-11-24T13:19"),
        pytest.raises(Refusal, match=r"trop tôt.*dix minutes avant le cours"),
    ):
        note_marks(roll.pk, [told(ines)], actor=teacher)
    with clock.at("2026-11-24T13:20"):
        assert note_marks(roll.pk, [told(ines)], actor=teacher)[0].fate == "saved"


def test_a_teacher_corrects_until_the_evening_and_the_office_later_saying_why(college, colleague, cpe, roll, ines):
    with clock.at("2026-11-24T23:50"):
        note_marks(roll.pk, [told(ines)], actor=colleague)
    with clock.at("2026-11-25T08:00"):
        with pytest.raises(Refusal, match="L’appel du mardi 24\N{NO-BREAK SPACE}novembre n’est plus ouvert"):
            note_marks(roll.pk, [told(ines, "present", base=1)], actor=colleague)
        with pytest.raises(Refusal, match="Dites pourquoi vous corrigez"):
            note_marks(roll.pk, [told(ines, "present", base=1)], actor=cpe)
        assert note_marks(roll.pk, [told(ines, "present", base=1)], actor=cpe, why="Au CDI.")[0].fate == "saved"


def test_a_lesson_that_does_not_take_place_has_no_roll(college, colleague, roll, ines):
    RollCall.objects.update(state=RollCall.State.CANCELLED)
    with pytest.raises(Refusal, match="Ce cours n’a pas lieu"):
        note_marks(roll.pk, [told(ines)], actor=colleague)


def test_marks_kept_on_a_device_until_the_next_morning_are_still_those_of_the_day(college, colleague, roll, ines):
    with clock.at("2026-11-25T07:30"):
        assert note_marks(roll.pk, [told(ines, age=dt.timedelta(hours=21))], actor=colleague)[0].fate == "saved"


def test_marks_kept_for_more_than_a_day_are_not_taken(college, colleague, roll, ines):
    with clock.at("2026-11-25T10:20"):
        [outcome] = note_marks(roll.pk, [told(ines, age=dt.timedelta(hours=24, minutes=1))], actor=colleague)
    assert outcome.fate == "refused"
    assert "plus de 24 heures" in outcome.sentence
    assert not RollMark.objects.exists()


def test_a_late_student_came_when_the_teacher_touched_whatever_the_network(college, colleague, roll, ines):
    note_marks(roll.pk, [told(ines, "late", age=dt.timedelta(minutes=5))], actor=colleague)
    assert RollMark.objects.get().at == dt.time(10, 15)


def test_an_hour_always_lies_within_the_lesson(college, colleague, roll, ines):
    note_marks(roll.pk, [told(ines, "late", late=400)], actor=colleague)
    assert RollMark.objects.get().at == roll.ends_at


def test_an_unknown_state_is_refused_whole(college, colleague, roll, ines):
    with pytest.raises(Refusal, match="Rechargez la page"):
        note_marks(roll.pk, [told(ines, "vanished")], actor=colleague)


def test_two_teachers_of_one_lesson_take_the_same_register(college, teacher, colleague, roll, ines):
    RollCall.objects.update(teacher_ids=[teacher.person_id, colleague.person_id])
    note_marks(roll.pk, [told(ines)], actor=teacher)
    [outcome] = note_marks(roll.pk, [told(ines, "late")], actor=colleague)
    assert outcome.fate == "conflict"
    assert outcome.sentence.startswith("Mme Roussel a noté « Absent »")


def test_nobody_takes_the_register_of_another_or_of_another_school(cast, tuesday, teacher, parent):
    with scope(cast.college.pk):
        roll = register("4B", "10:10")
    with scope(cast.neighbour.pk):
        elsewhere = register("1PRO", "10:10")
    for actor, pk in ((teacher, roll.pk), (parent, roll.pk), (teacher, elsewhere.pk)):
        with pytest.raises(NoSuchRegister):
            note_marks(pk, [told(1)], actor=actor)
