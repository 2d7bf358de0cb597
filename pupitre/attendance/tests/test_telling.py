"""Families are told: within a quarter of an hour, once a half-day, both parents, and told again when it was a mistake."""

import pytest

from pupitre.attendance.models import AbsenceCase, CaseEvent, FamilyContact
from pupitre.attendance.services.entering import note_contact
from pupitre.attendance.services.finishing import finish_roll_call, note_marks
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.telling import tell_due, tell_families
from pupitre.attendance.tests.factories import absent, register, student
from pupitre.directory.models import Guardianship
from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.foundation import clock
from pupitre.notifications.models import Notification


@pytest.fixture
def told(college):
    """Run what is due at an hour of this Tuesday, and give the notices of absence so far."""

    def run(hour):
        with clock.at(f"2026-11-24T{hour}"):
            tell_due(college.college.pk)
        return list(Notification.objects.filter(kind="attendance.absence").order_by("pk"))

    return run


def call(college, actor, starts, state, base=0):
    with clock.at(f"2026-11-24T{starts}"):
        roll = register("4B", starts)
        finish_roll_call(roll.pk, [Told(student(college.people["eleve"]).pk, state, base=base)], actor=actor)
    return roll


def test_nobody_is_told_at_once_and_everybody_within_a_quarter_of_an_hour(college, cpe, told):
    call(college, cpe, "08:05", "absent")
    assert told("08:14") == []
    [notice] = told("08:20")
    assert (notice.person_id, notice.child_id) == (college.people["parent"].pk, college.people["eleve"].pk)
    assert notice.is_urgent
    text = notice.title.replace("\N{NO-BREAK SPACE}", " ")
    assert text == "absence mardi 24 novembre, de 8 h 05 à 9 h (Mathématiques)"
    case = AbsenceCase.objects.get()
    assert notice.url == f"/{college.college.uai}/justifier/{case.pk}/"
    assert (case.state, case.contact_due_at) == ("told", None)
    assert CaseEvent.objects.filter(act="tell", author_id=None).count() == 1


def test_a_half_day_is_told_once_and_the_next_one_again(college, cpe, told):
    call(college, cpe, "08:05", "absent")
    assert len(told("08:20")) == 1
    call(college, cpe, "10:10", "absent")
    assert len(told("10:30")) == 1
    call(college, cpe, "13:30", "absent")
    assert len(told("13:50")) == 2
    assert [each.half for each in FamilyContact.objects.order_by("pk")] == ["am", "pm"]


def test_the_same_job_done_twice_tells_once(college, cpe, told):
    call(college, cpe, "08:05", "absent")
    told("08:20")
    assert len(told("08:20")) == 1


def test_both_parents_are_told_and_not_the_one_who_is_shut_out(college, cpe, told):
    father = PersonFactory(last_name="BELKACEM", first_name="Mourad", sex="M")
    stranger = PersonFactory(last_name="AUTRE")
    contact = PersonFactory(last_name="VOISINE")
    make_guardian(father, college.people["eleve"], college.college)
    make_guardian(stranger, college.people["eleve"], college.college, is_restricted=True)
    make_guardian(contact, college.people["eleve"], college.college, level=3)
    call(college, cpe, "08:05", "absent")
    assert {each.person_id for each in told("08:20")} == {father.pk, college.people["parent"].pk}


def test_a_family_that_nothing_reaches_is_a_task_for_the_office(college, cpe, told):
    Guardianship.objects.all().update(is_restricted=True)
    call(college, cpe, "08:05", "absent")
    assert told("08:20") == []
    case = AbsenceCase.objects.get()
    assert (case.state, case.contact_due_at) == ("to_contact", None)
    note_contact(case=case, kind="call_made", reached=False, note="Répondeur plein.", actor=cpe)
    assert AbsenceCase.objects.get().state == "to_contact"
    note_contact(case=case, kind="call_received", reached=True, note="La grand-mère rappelle.", actor=cpe)
    assert AbsenceCase.objects.get().state == "told"


def test_a_slip_mended_in_time_tells_nobody(college, cpe, told):
    roll = call(college, cpe, "08:05", "absent")
    with clock.at("2026-11-24T08:10"):
        note_marks(roll.pk, [Told(student(college.people["eleve"]).pk, "present", base=1)], actor=cpe)
    assert told("08:20") == []


def test_a_family_told_of_an_absence_that_was_a_lateness_is_told_so(college, cpe, told):
    roll = call(college, cpe, "08:05", "absent")
    told("08:20")
    with clock.at("2026-11-24T08:30"):
        note_marks(roll.pk, [Told(student(college.people["eleve"]).pk, "late", base=1)], actor=cpe)
    _first, second = told("08:40")
    assert second.title.startswith("finalement en retard, et non absent")
    assert [each.kind for each in FamilyContact.objects.order_by("pk")] == ["notice", "correction"]


def test_the_office_tells_everybody_at_once(college, cpe):
    case = absent(college)
    assert [each.pk for each in tell_families([AbsenceCase.objects.get()], actor=cpe)] == [case.pk]
    case.refresh_from_db()
    assert case.state == "told"
    assert tell_families([case], actor=cpe) == [], "the half-day is told"


def test_what_was_answered_meanwhile_is_not_told(college, cpe, told):
    absent(college)
    AbsenceCase.objects.update(state="cancelled")
    assert told("10:40") == []
