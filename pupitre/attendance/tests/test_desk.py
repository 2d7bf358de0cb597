"""The desk of the office: what it counts, what it lists, what is done from it, and whom it tells that something changed."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceCase
from pupitre.attendance.queries.desk import desk_of
from pupitre.attendance.services.answering import answer
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import TUESDAY, absent, fill_class, register, student
from pupitre.attendance.words import WHOLE_DAY
from pupitre.directory.identity import counts_sql
from pupitre.directory.models import Person
from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.foundation import clock
from tests.statements import statements_of


@pytest.fixture
def desk(college):
    return college.sign_in(Client(), "cpe"), reverse("attendance:desk", args=[college.college.uai])


def shown(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_half_day_is_counted(college, cpe, colleague):
    away, late, ill = fill_class(college, "4B", 3)
    enter(Entered("infirmary", TUESDAY, TUESDAY, dt.time(10, 15), dt.time(11)), [ill.pk], actor=cpe)
    told = [Told(away.pk, "absent"), Told(late.pk, "late")]
    finish_roll_call(register("4B", "10:10").pk, told, actor=colleague)
    found = desk_of(cpe)
    assert (found.away, found.late, found.enrolled) == (1, 1, 5)
    assert [each.student_id for each in found.ill] == [ill.pk]
    assert (found.registers.counts["done"], found.begun) == (1, 3)


def test_families_who_do_not_know_come_first_then_those_who_answered(college, cpe, parent):
    answered = absent(college)
    make_guardian(PersonFactory(last_name="ZÉPHYR"), (other := fill_class(college, "4B", 1)[0]).person, college.college)
    answer(case=answered, reason=reasons_of_school()[0], text="Fièvre.", actor=parent)
    finish_roll_call(register("4B", "10:10").pk, [Told(other.pk, "absent")], actor=cpe)
    rows = desk_of(cpe).rows
    assert [row.case.state for row in rows] == ["reported", "answered"]
    assert rows[1].said == "Maladie, Fièvre."
    assert desk_of(cpe).untold == 1


def test_all_families_are_told_in_one_touch_and_the_desk_says_so(college, cpe, desk):
    client, url = desk
    absent(college)
    page = client.get(url)
    assert "1 famille ne sait pas encore" in shown(page)
    answered = client.post(url, {"action": "prevenir", "case": AbsenceCase.objects.get().pk}, follow=True)
    assert "1 famille prévenue." in shown(answered)
    assert AbsenceCase.objects.get().state == "told"
    assert "sans nouvelle" in shown(answered)


def test_one_line_is_accepted_or_refused_by_its_own_button(college, parent, desk):
    client, url = desk
    case = absent(college)
    answer(case=case, reason=reasons_of_school()[0], actor=parent)
    refused = client.post(url, {"un": f"refuser-{case.pk}"})
    assert refused.status_code == 422
    assert "Dites pourquoi en une phrase" in shown(refused)
    assert client.post(url, {"un": f"accepter-{case.pk}"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "accepted"


def test_a_reason_heard_on_the_telephone_is_entered_from_the_desk(college, desk):
    client, url = desk
    case = absent(college)
    reason = next(each for each in reasons_of_school() if each.code == "bus")
    client.post(url, {"un": f"motif-{case.pk}", f"motif_{case.pk}": reason.pk})
    case.refresh_from_db()
    assert (case.state, case.reason_id) == ("reasoned", reason.pk)
    assert "Rien n’attend" in shown(client.get(url))


def test_where_a_student_is_stands_on_the_desk(college, desk):
    client, url = desk
    register("4B", "10:10")
    assert "Devrait être en cours" in shown(client.get(url, {"q": "belkacem in"}))
    assert "Aucun élève de ce nom" in shown(client.get(url, {"q": "inconnu"}))


def test_a_missing_register_is_reminded_from_the_desk(college, desk):
    client, url = desk
    register("4B", "08:05")
    remind = reverse("attendance:remind", args=[college.college.uai])
    answered = client.post(remind, {"retour": "bureau"}, follow=True)
    assert answered.redirect_chain[-1][0].startswith(url)
    assert "1 appel relancé." in shown(answered)


def test_the_desk_costs_the_same_for_one_absence_as_for_twenty(college, cpe, desk):
    client, url = desk
    absent(college)
    client.get(url)
    few = len(statements_of(lambda: client.get(url)))
    told = [Told(each.pk, "absent") for each in fill_class(college, "4B", 20)]
    finish_roll_call(register("4B", "10:10").pk, told, actor=cpe)
    assert len(statements_of(lambda: client.get(url))) == few


def changes_of(person: Person) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select ({counts_sql()}) ->> 'attendance.changes' from directory_person p where p.id = %(person)s",  # noqa: S608
            {"person": person.pk, "now": clock.now(), "today": clock.today()},
        )
        return int(cursor.fetchone()[0])


def test_a_register_taken_tells_the_office_that_its_desk_changed_and_nobody_else(college, colleague):
    """The number that open pages are told of (`pupitre events`), and the announcement of the database."""
    counsellor, mother = college.people["cpe"], college.people["parent"]
    before = changes_of(counsellor)
    statements = statements_of(
        lambda: finish_roll_call(
            register("4B", "10:10").pk, [Told(student(college.people["eleve"]).pk, "absent")], actor=colleague
        )
    )
    assert changes_of(counsellor) > before
    assert changes_of(mother) == 0
    announced = [each for each in statements if "pg_notify" in str(each)]
    assert str(counsellor.pk) in str(announced)


def test_a_day_entered_whole_counts_in_both_half_days(college, cpe):
    enter(Entered("absence", TUESDAY, TUESDAY, *WHOLE_DAY), [student(college.people["eleve"]).pk], actor=cpe)
    assert desk_of(cpe).away == 1
    with clock.at("2026-11-24T14:00"):
        assert desk_of(cpe).away == 1
