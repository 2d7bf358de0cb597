"""Registers outside lessons: the boarding house in the evening, the study room, and what they tell of where students are."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceEntry, OutsideMark, OutsideRegister
from pupitre.attendance.queries.evacuation import zones_now
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.outside import open_outside, take_outside
from pupitre.attendance.tests.factories import fill_class, student
from pupitre.directory.models import Student
from pupitre.foundation import clock


@pytest.fixture
def boarders(college):
    found = fill_class(college, "4B", 3)
    Student.objects.filter(pk__in=[each.pk for each in found]).update(boarding_code="3")
    return [each.pk for each in found]


def marks():
    return dict(OutsideMark.objects.values_list("student_id", "is_here"))


def shown(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def evening(cpe, **more):
    facts = {
        "kind": "boarding",
        "place": "Dortoir",
        "starts_at": dt.time(21),
        "ends_at": dt.time(22),
        "who": "internes",
    }
    return open_outside(**{**facts, **more}, actor=cpe)


def test_the_boarders_are_expected_and_who_is_not_there_is_missing(college, cpe, boarders):
    register = evening(cpe)
    assert set(register.student_ids) == set(boarders)
    ines = student(college.people["eleve"]).pk
    take_outside(register=register, here=[*boarders[:2], ines], actor=cpe)
    assert marks() == {boarders[0]: True, boarders[1]: True, boarders[2]: False, ines: True}
    take_outside(register=register, here=boarders, actor=cpe)
    assert marks() == dict.fromkeys(boarders, True)
    assert not AbsenceEntry.objects.exists()


def test_a_register_of_another_day_changes_no_more(college, cpe, boarders):
    register = evening(cpe)
    with clock.at("2026-11-25T08:00"), pytest.raises(Refusal, match="d’un autre jour"):
        take_outside(register=register, here=[], actor=cpe)


def test_nobody_of_another_school_is_noted(college, cpe):
    register = evening(cpe, who="")
    take_outside(register=register, here=[0, 99_999_999], actor=cpe)
    assert marks() == {}


def test_it_is_done_from_its_pages_and_says_where_a_student_is(college, cpe):
    client = college.sign_in(Client(), "cpe")
    pages = reverse("attendance:outside_registers", args=[college.college.uai])
    typed = {"kind": "study", "place": "Salle 3", "starts_at": "10:00", "ends_at": "11:00", "who": ""}
    refused = client.post(pages, typed | {"ends_at": "09:00"})
    assert refused.status_code == 422
    assert "La fin vient avant le début" in shown(refused)
    assert "Salle 3" in refused.content.decode()
    opened = client.post(pages, typed, follow=True)
    assert "Personne pour l’instant" in shown(opened)
    page = opened.redirect_chain[-1][0]
    ines = student(college.people["eleve"]).pk
    assert "à ajouter" in shown(client.get(page, {"q": "belkacem in"}))
    assert "C’est enregistré." in shown(client.post(page, {"eleve": ines}, follow=True))
    where = client.get(reverse("attendance:where", args=[college.college.uai]), {"q": "belkacem in"})
    assert "Étude , Salle 3, jusqu’à 11 h." in shown(where)
    assert next((zone.title, zone.expected) for zone in zones_now()) == ("Salle 3", 1)
    assert "1 présent" in shown(client.get(pages))
    with clock.at("2026-11-24T11:30"):
        assert "Salle 3" not in [zone.title for zone in zones_now()]


def test_a_whole_class_is_expected_and_those_missing_are_looked_for(college, cpe):
    register = open_outside(
        kind="study", place="", starts_at=dt.time(10), ends_at=dt.time(11), who=str(college.groups["4B"].pk), actor=cpe
    )
    client = college.sign_in(Client(), "cpe")
    page = reverse("attendance:outside", args=[college.college.uai, register.pk])
    text = shown(client.post(page, {}, follow=True))
    assert "À chercher Inès Belkacem 4B" in text
    assert OutsideRegister.objects.get().taken_by_id == cpe.person_id
