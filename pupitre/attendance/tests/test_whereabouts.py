"""« Où est l’élève ? »: what the office reads of where somebody is."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.tests.factories import TUESDAY, register, student
from pupitre.directory.models import Person
from pupitre.foundation import clock


@pytest.fixture
def ask(college):
    def read(slug="cpe", text="belkacem in"):
        client = college.sign_in(Client(), slug)
        response = client.get(reverse("attendance:where", args=[college.college.uai]), {"q": text})
        return " ".join(unescape(re.sub(r"<[^>]+>", "", response.content.decode())).split()).replace(
            "\N{NO-BREAK SPACE}", " "
        )

    return read


def test_before_the_roll_a_student_is_where_the_timetable_says(college, ask):
    register("4B", "10:10")
    text = ask()
    assert "Devrait être en cours : l’appel n’est pas encore fait." in text
    assert "Prévu : Français, salle 112, M. Lemoine, jusqu’à 11 h 05." in text


def test_after_the_roll_a_student_was_seen_or_not(college, colleague, teacher, ask):
    ines = student(college.people["eleve"]).pk
    with clock.at("2026-11-24T08:10"):
        finish_roll_call(register("4B", "08:05").pk, [], actor=teacher)
    finish_roll_call(register("4B", "10:10").pk, [Told(ines, "absent")], actor=colleague)
    text = ask()
    assert "Absent, d’après l’appel en cours." in text
    assert "Vu pour la dernière fois à 8 h 05, en Mathématiques." in text


def test_the_infirmary_comes_first(college, cpe, ask):
    hours = (dt.time(10, 15), dt.time(11))
    enter(
        Entered("infirmary", TUESDAY, TUESDAY, *hours, place="Infirmerie"),
        [student(college.people["eleve"]).pk],
        actor=cpe,
    )
    assert "Infirmerie, Infirmerie, depuis 10 h 15." in ask()


def test_whom_to_call_is_there(college, ask):
    Person.objects.filter(pk=college.people["parent"].pk).update(mobile="+33600000012")
    assert "06 00 00 00 12" in ask()


def test_nobody_of_that_name_is_said(college, ask):
    assert "Aucun élève de ce nom" in ask(text="inconnu")


def test_out_of_lessons_is_said(college, ask):
    register("4B", "10:10")
    with clock.at("2026-11-24T12:30"):
        assert "Pas de cours en ce moment." in ask()
