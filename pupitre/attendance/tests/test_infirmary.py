"""In and out of the infirmary, and everybody by zone when the bell rings."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay, PastVersion, RollMark
from pupitre.attendance.queries.evacuation import zones_now
from pupitre.attendance.queries.exits import at_the_gate
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.infirmary import come_in, go_out
from pupitre.attendance.services.marking import Told
from pupitre.attendance.tests.factories import TUESDAY, acting, fill_class, register, student
from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.foundation import clock
from tests.statements import statements_of


@pytest.fixture
def ines(college):
    return student(college.people["eleve"]).pk


def shown(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def test_in_then_back_to_the_lesson(college, cpe, ines):
    register("4B", "10:10")
    come_in(students=[ines], actor=cpe)
    assert RollMark.objects.get().state == "infirmary"
    with pytest.raises(Refusal, match="déjà noté"):
        come_in(students=[ines], actor=cpe)
    entry = AbsenceEntry.objects.get()
    with clock.at("2026-11-24T10:50"):
        go_out(entry=entry, goes_home=False, actor=cpe)
        entry.refresh_from_db()
        assert (f"{entry.starts_at:%H:%M}", f"{entry.ends_at:%H:%M}") == ("10:20", "10:50")
        with pytest.raises(Refusal, match="déjà quitté"):
            go_out(entry=entry, goes_home=False, actor=cpe)
    assert PastVersion.objects.filter(table="entry").count() == 1
    assert not CountedHalfDay.objects.exists()


def test_taken_home_a_student_is_away_for_a_known_reason_and_may_leave(college, cpe, ines):
    register("4B", "13:30")
    come_in(students=[ines], actor=cpe)
    with clock.at("2026-11-24T10:40"):
        go_out(entry=AbsenceEntry.objects.get(), goes_home=True, actor=cpe)
    case = AbsenceCase.objects.get()
    assert (case.state, case.standing, case.reason.code) == ("reasoned", 0, "maladie")
    with clock.at("2026-11-24T10:41"):
        [found] = at_the_gate("belkacem in", None, [])
    assert found.verdict.may


def test_the_nurse_notes_passages_and_sees_nothing_else(college, ines):
    Affiliation.objects.filter(person=college.people["collegue"]).delete()
    Affiliation.objects.create(
        person=college.people["collegue"], establishment=college.college, profile=Profile.HEALTH, function="Infirmière",
        source="test", starts_on=FIRST_DAY,
    )  # fmt: skip
    client = college.sign_in(Client(), "collegue")
    url = reverse("attendance:infirmary", args=[college.college.uai])
    register("4B", "10:10")
    assert "Inès Belkacem" in shown(client.get(url, {"q": "belk"}))
    assert client.post(url, {"entre": ines}).status_code == 302
    text = shown(client.get(url))
    assert "depuis 10 h 20" in text
    assert client.post(url, {"entre": ines, "q": "belk"}).status_code == 422
    entry = AbsenceEntry.objects.get()
    with clock.at("2026-11-24T10:45"):
        assert client.post(url, {"cours": entry.pk}).status_code == 302
        assert "de 10 h 20 à 10 h 45" in shown(client.get(url))
    assert client.get(reverse("attendance:cases", args=[college.college.uai])).status_code == 404


def zones():
    return {zone.title: (zone.expected, [(each.name, each.note) for each in zone.people]) for zone in zones_now()}


def test_everybody_is_in_one_zone(college, cpe, teacher, ines):
    away, ill = fill_class(college, "4B", 2)
    come_in(students=[ill.pk], actor=cpe)
    finish_roll_call(register("4B", "10:10").pk, [Told(away.pk, "absent")], actor=cpe)
    found = zones()
    assert found["Infirmerie"][0] == 1
    assert found["112"][0] == 1
    assert ("Zéphyr00 Alix", "absent") in found["112"][1]
    assert found["205"] == (1, [("Belkacem Elias", "")])
    with clock.at("2026-11-24T12:00"):
        assert zones()["4B"][0] == 1
        assert zones()["6C"][0] == 1


def test_everybody_is_counted_in_as_many_statements_whatever_their_number(college):
    register("4B", "10:10")
    assert len(statements_of(zones_now)) == 5
    fill_class(college, "4B", 20)
    assert len(statements_of(zones_now)) == 5


def test_the_page_says_how_many_are_to_be_counted(college):
    client = college.sign_in(Client(), "cpe")
    text = shown(client.get(reverse("attendance:evacuation", args=[college.college.uai])))
    assert f"Mardi {TUESDAY.day} novembre, 10 h 20 : 2 élèves à compter, 0 absents." in text
    assert acting(college, "cpe", Profile.SCHOOL_LIFE).has("attendance.infirmary")
