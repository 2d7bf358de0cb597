"""Detentions: planned, held, moved; the absence of whoever did not come."""

import datetime as dt
from html import unescape

import pytest

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.tests.factories import TUESDAY
from pupitre.attendance.words import WHOLE_DAY
from pupitre.discipline.models import Detention, DetentionSlot
from pupitre.discipline.queries.detentions import detentions_of_day, detentions_to_plan, occasions
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.detentions import attended, missed, move, plan
from pupitre.discipline.services.punishing import cancel
from pupitre.discipline.tests.factories import detained, punished, sitting
from pupitre.establishments.models import Closure
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.notifications.models import Notification

EVENING = "2026-11-24T17:40"
SATURDAY = dt.date(2026, 11, 28)


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def test_a_detention_waits_until_the_office_says_when(college, cpe):
    asked = punished(college, "detention")
    assert detentions_to_plan() == [asked]
    assert Notification.objects.filter(kind="discipline.plan", person=college.people["cpe"]).exists()
    plan(punishment=asked, sitting=sitting(), actor=cpe)
    assert detentions_to_plan() == []
    told = Notification.objects.filter(kind="discipline.detention", person=college.people["parent"]).get()
    assert told.title == "retenue le mardi 24\N{NO-BREAK SPACE}novembre à 16\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30"


def test_who_does_not_come_is_absent_and_the_office_follows_it(college, cpe, ines):
    row = detained(college)
    with clock.at(EVENING):
        missed(detention=row, actor=cpe)
    case = AbsenceCase.objects.get()
    entry = AbsenceEntry.objects.get()
    assert (case.student, case.state, case.pk) == (ines, "reported", row.absence_case_id)
    assert (entry.starts_at, entry.ends_at, entry.comment) == (dt.time(16, 30), dt.time(17, 30), "Retenue non faite")
    row.punishment.refresh_from_db()
    assert (row.state, row.punishment.state) == ("missed", "not_done")


def test_a_day_without_lessons_is_owed_all_the_same(college, cpe, ines):
    row = detained(college, SATURDAY)
    with clock.at("2026-11-28T18:00"):
        missed(detention=row, actor=cpe)
    assert AbsenceEntry.objects.get().away_on == SATURDAY
    # No lesson that day: no half-day of class was missed.
    assert not CountedHalfDay.objects.exists()


def test_who_was_away_already_has_one_absence(college, cpe, ines):
    row = detained(college)
    enter(Entered("absence", TUESDAY, TUESDAY, *WHOLE_DAY), [ines.pk], actor=cpe)
    with clock.at(EVENING):
        missed(detention=row, actor=cpe)
    assert AbsenceCase.objects.count() == 1
    assert row.absence_case_id is None


def test_a_mistake_is_crossed_out(college, cpe):
    row = detained(college)
    with clock.at(EVENING):
        missed(detention=row, actor=cpe)
        attended(detention=row, actor=cpe)
    assert AbsenceCase.objects.get().state == "cancelled"
    assert (row.state, row.punishment.state, row.absence_case_id) == ("done", "done", None)


def test_a_sitting_moved_stays_and_another_follows(college, cpe):
    row = detained(college)
    later = move(detention=row, sitting=sitting(TUESDAY + dt.timedelta(days=1)), why="Sortie scolaire", actor=cpe)
    row.refresh_from_db()
    assert (row.state, row.note, later.state) == ("moved", "Sortie scolaire", "planned")
    with pytest.raises(Refusal, match="déjà faite ou reportée"):
        move(detention=row, sitting=sitting(), why="", actor=cpe)


def test_one_missed_is_moved_and_done_another_day(college, cpe):
    row = detained(college)
    with clock.at(EVENING):
        missed(detention=row, actor=cpe)
        later = move(detention=row, sitting=sitting(TUESDAY + dt.timedelta(days=1)), why="", actor=cpe)
    assert [row.state, later.state] == ["missed", "planned"]
    with clock.at("2026-11-25T18:00"):
        attended(detention=later, actor=cpe)
    assert later.punishment.state == "done"
    # The absence of the first day stays.
    assert AbsenceCase.objects.get().state == "reported"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": TUESDAY - dt.timedelta(days=1)}, "un jour à venir"),
        ({"starts": "17:30", "ends": "16:30"}, "La fin vient avant le début"),
    ],
)
def test_what_cannot_be_planned_is_said(college, cpe, wrong, sentence):
    asked = punished(college, "detention")
    with pytest.raises(Refusal, match=sentence):
        plan(punishment=asked, sitting=sitting(**wrong), actor=cpe)


def test_tomorrows_detention_is_not_missed_today(college, cpe):
    row = detained(college, TUESDAY + dt.timedelta(days=1))
    with pytest.raises(Refusal, match="pas encore commencé"):
        missed(detention=row, actor=cpe)


def test_a_punishment_taken_back_frees_its_sitting(college, cpe):
    row = detained(college)
    cancel(punishment=row.punishment, actor=cpe)
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert detentions_of_day(cpe, TUESDAY) == []


def test_whoever_looks_after_it_sees_it_and_says_who_came(college, colleague, client_of, at):
    row = detained(college, supervisor=college.people["collegue"])
    assert allowed(colleague, "discipline.attend_detention", Detention.objects.all()).exists()
    with clock.at(EVENING):
        client = client_of("collegue")
        assert "Exercices 4 et 5 page 88." in shown(client.get(at("detentions")))
        assert client.post(at("note", row.pk), {"action": "faite"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "done"
    assert client_of("enseignante").post(at("note", row.pk), {"action": "absent"}).status_code == 404


def test_slots_are_proposed_on_open_days(college):
    DetentionSlot.objects.create(weekday=3, starts_at=dt.time(13), ends_at=dt.time(15), room="101", seats=1)
    Closure.objects.create(label="Pont", starts_on=dt.date(2026, 12, 2), ends_on=dt.date(2026, 12, 2))
    detained(college, dt.date(2026, 11, 25), starts="13:00", ends="15:00")
    found = [(each.on.day, each.planned, each.is_full) for each in occasions()]
    assert found == [(25, 1, True), (9, 0, False)]


def test_the_office_plans_with_a_slot(college, client_of, at, cpe):
    slot = DetentionSlot.objects.create(
        weekday=3, starts_at=dt.time(13), ends_at=dt.time(15), room="101", supervisor=college.people["cpe"]
    )
    asked = punished(college, "detention")
    client = client_of("cpe")
    assert "mercredi 25 novembre, 13 h – 15 h, 101" in shown(client.get(at("plan", asked.pk))).lower()
    assert client.post(at("plan", asked.pk), {"creneau": f"{slot.pk}.2026-11-25"}).status_code == 302
    row = Detention.objects.get()
    assert (row.held_on, row.room, row.supervisor) == (dt.date(2026, 11, 25), "101", college.people["cpe"])
    typed = {"creneau": f"{slot.pk}.2026-12-02", "le": "2026-11-27", "de": "16:30", "a": "17:30"}
    assert client.post(at("plan", asked.pk), typed).status_code == 302
    assert Detention.objects.get(state="planned").held_on == dt.date(2026, 11, 27)


def test_the_day_costs_the_same_for_one_student_as_for_ten(college, client_of, at):
    from tests.statements import statements_of

    client = client_of("cpe")
    detained(college)
    client.get(at("detentions"))
    few = len(statements_of(lambda: client.get(at("detentions"))))
    for _n in range(9):
        detained(college)
    assert len(statements_of(lambda: client.get(at("detentions")))) == few
