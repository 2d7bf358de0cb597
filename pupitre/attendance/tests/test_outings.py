"""An outing of the agenda in the registers: who goes, who goes no more, and what is left when it is cancelled."""

import datetime as dt

import pytest

from pupitre.agenda.services.answering import agree
from pupitre.agenda.services.inviting import remove
from pupitre.agenda.services.outings import OutingFacts, cancel
from pupitre.agenda.tests.factories import acting as acting_in_agenda
from pupitre.agenda.tests.factories import approved, part_of
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay
from pupitre.attendance.queries.roll_call import roll_of
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.tests.factories import TUESDAY, register
from pupitre.foundation import clock

FRIDAY = dt.date(2026, 11, 27)
COMPULSORY = OutingFacts(is_optional=False)


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def outing_of(cast, commits, *, added=COMPULSORY, **more):
    when = {"starts_on": TUESDAY, "ends_on": TUESDAY, "starts_at": dt.time(8), "ends_at": dt.time(12)}
    with commits():
        return approved(cast, added=added, **{**when, **more})


def in_register(actor, roll):
    found = roll_of(actor, roll.pk)
    assert found is not None
    return [(each.state, each.office.place if each.office else "") for each in found.students]


def live():
    rows = AbsenceEntry.objects.filter(cancelled_at=None).order_by("away_on", "student")
    return [(each.student.person.first_name, each.away_on, each.kind, each.counts) for each in rows]


def test_who_goes_is_elsewhere_in_the_register_and_no_half_day_is_counted(college, commits, colleague):
    outing_of(college, commits)
    assert live() == [("Inès", TUESDAY, "outing", False)]
    roll = register("4B", "10:10")
    assert in_register(colleague, roll) == [("elsewhere", "Sortie au théâtre")]
    finish_roll_call(roll.pk, [], actor=colleague)
    assert not AbsenceCase.objects.exists()
    assert not CountedHalfDay.objects.exists()


def test_an_outing_that_families_may_refuse_takes_out_those_who_agreed(college, commits, parent):
    outing = outing_of(college, commits, added=OutingFacts())
    assert live() == []
    part = part_of(outing.event, college, "eleve")
    with commits():
        agree(participant=part, agrees=True, actor=parent)
    assert live() == [("Inès", TUESDAY, "outing", False)]
    with commits():
        agree(participant=part, agrees=False, actor=parent)
    assert live() == []


def test_heard_twice_it_is_entered_once_and_who_is_taken_off_is_expected_again(college, commits):
    outing = outing_of(college, commits, ends_on=FRIDAY)
    days = [day for _name, day, _kind, _counts in live()]
    assert days[0] == TUESDAY
    assert len(days) > 1
    head = acting_in_agenda(college, "principal", "head")
    with commits():
        remove(participant=part_of(outing.event, college, "enseignante"), actor=head)
    assert AbsenceEntry.objects.count() == len(days)
    with clock.at(f"{days[-1]}T07:00"), commits():
        remove(participant=part_of(outing.event, college, "eleve"), actor=head)
    # What was noted of the days before stays.
    assert [day for _name, day, _kind, _counts in live()] == days[:-1]


def test_a_cancelled_outing_takes_nobody_out(college, commits, colleague):
    outing = outing_of(college, commits)
    with commits():
        cancel(outing=outing, actor=acting_in_agenda(college, "enseignante", "teacher"))
    assert live() == []
    assert AbsenceEntry.objects.get().outing_id == outing.pk
    assert in_register(colleague, register("4B", "10:10")) == [("present", "")]
