"""The gate as it is read and set: what is answered of a student, who sets regimes, a class at once."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import ExitRegime, RollCall, StudentExit
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.exits import regimes_of_school, set_exits
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import TUESDAY, fill_class, register, student
from pupitre.directory.models import Affiliation, Grant, Student
from pupitre.foundation import clock
from tests.statements import statements_of


@pytest.fixture
def ines(college):
    return student(college.people["eleve"])


@pytest.fixture
def regimes(college):
    return {each.code: each for each in regimes_of_school()}


@pytest.fixture
def ask(college):
    client = college.sign_in(Client(), "cpe")

    def read(hour="2026-11-24T10:20", **query):
        with clock.at(hour):
            answer = client.get(reverse("attendance:gate", args=[college.college.uai]), query or {"q": "belkacem in"})
        return shown(answer)

    return read


def shown(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def at(cast, name, *args):
    return reverse(f"attendance:{name}", args=[cast.college.uai, *args])


def test_a_school_begins_with_the_regimes_of_its_kind(college, regimes):
    assert [*regimes] == ["E", "D", "P", "H", "X", "I"]


def test_the_regime_of_the_boarding_holds_until_the_family_chooses(college, cpe, ask, ines, regimes):
    assert "Aucun régime de sortie n’est enregistré" in ask()
    Student.objects.filter(pk=ines.pk).update(boarding_code="24")
    text = ask()
    assert "D Demi-pensionnaire (selon son régime d’inscription) Non, pas avant 14 h 25" in text
    set_exits(chosen={ines.pk: regimes["E"]}, actor=cpe)
    assert "E Externe Non, pas avant 11 h 05 En cours jusqu’à 11 h 05 : Français." in ask()
    assert "Oui, jusqu’à 13 h 30" in ask("2026-11-24T12:00")


def test_a_lesson_cancelled_lets_them_leave_earlier(college, cpe, ask, ines, regimes):
    set_exits(chosen={ines.pk: regimes["D"]}, actor=cpe)
    RollCall.objects.filter(pk=register("4B", "13:30").pk).update(state="cancelled")
    assert "Oui Les cours suivants sont supprimés." in ask("2026-11-24T11:10")
    set_exits(chosen={ines.pk: regimes["P"]}, actor=cpe)
    assert "Non, pas avant 14 h 25" in ask("2026-11-24T11:10")


def test_an_appointment_that_the_office_knows_opens_the_gate(college, cpe, ask, ines, regimes):
    set_exits(chosen={ines.pk: regimes["X"]}, actor=cpe)
    assert "Non Seulement avec un responsable." in ask()
    reason = next(each for each in reasons_of_school() if each.code == "rdv_exterieur")
    enter(Entered("absence", TUESDAY, TUESDAY, dt.time(10), dt.time(12), reason), [ines.pk], actor=cpe)
    assert "Oui, jusqu’à 12 h Autorisation de la vie scolaire." in ask()


def test_an_absence_nobody_agreed_to_opens_nothing(college, cpe, ask, ines, regimes):
    set_exits(chosen={ines.pk: regimes["X"]}, actor=cpe)
    enter(Entered("absence", TUESDAY, TUESDAY, dt.time(10), dt.time(12)), [ines.pk], actor=cpe)
    assert "Seulement avec un responsable." in ask()


def test_somebody_said_absent_who_stands_at_the_gate_is_noticed(college, cpe, ask, ines):
    finish_roll_call(register("4B", "10:10").pk, [Told(ines.pk, "absent")], actor=cpe)
    assert "Noté absent depuis 10 h 10" in ask()


def test_a_gate_keeper_sees_the_gate_and_nothing_else(college, ines):
    keeper = college.people["collegue"]
    client = college.sign_in(Client(), "collegue")
    assert client.get(at(college, "gate")).status_code == 404
    Grant.objects.create(person=keeper, establishment=college.college, capability="attendance.gate", starts_on=TUESDAY)
    assert Affiliation.objects.filter(person=keeper).exists()
    page = client.get(at(college, "gate"), {"q": "belk"})
    assert "Inès Belkacem" in shown(page)
    assert "Régimes de sortie" not in shown(page)
    assert client.get(at(college, "regimes")).status_code == 404
    assert client.get(at(college, "cases")).status_code == 404


def test_a_class_is_set_at_once_and_one_by_one(college, ines, regimes):
    others = fill_class(college, "4B", 3)
    client = college.sign_in(Client(), "secretaire")
    url = at(college, "class_exits", college.groups["4B"].pk)
    ticked = [each.pk for each in others]
    told = {"tous": regimes["H"].pk, "eleve": ticked, f"regime_{ines.pk}": regimes["E"].pk}
    assert "4 régimes changés." in shown(client.post(url, told, follow=True))
    found = dict(StudentExit.objects.values_list("student_id", "regime__code"))
    assert found == {ines.pk: "E", **dict.fromkeys(ticked, "H")}
    assert "0 régime changé." in shown(client.post(url, told, follow=True))
    client.post(url, {f"regime_{ines.pk}": ""})
    assert not StudentExit.objects.filter(student=ines).exists()


def test_a_class_costs_the_same_for_four_students_as_for_thirty(college, cpe, regimes):
    client = college.sign_in(Client(), "cpe")
    asked = {"classe": college.groups["4B"].pk}
    register("4B", "10:10")
    set_exits(chosen={each.pk: regimes["D"] for each in fill_class(college, "4B", 3)}, actor=cpe)
    client.get(at(college, "gate"), asked)
    few = len(statements_of(lambda: client.get(at(college, "gate"), asked)))
    assert few == 8
    fill_class(college, "4B", 27)
    assert len(statements_of(lambda: client.get(at(college, "gate"), asked))) == few


def typed(**changes):
    first = {"code": "b", "label": "Bus du soir", "colour": "m-bleu", "leaving": "held", "fixed_hours": "12h 16:30"}
    return first | changes


def test_the_head_makes_changes_and_retires_a_regime(college, cpe, ines, regimes):
    client = college.sign_in(Client(), "principal")
    assert client.post(at(college, "regime", 0), typed(boarding=["2", "3"])).status_code == 302
    made = ExitRegime.objects.get(code="B")
    assert (made.fixed_hours, made.boarding) == ([dt.time(12), dt.time(16, 30)], "23")
    assert "12:00 16:30" in client.get(at(college, "regime", made.pk)).content.decode()
    set_exits(chosen={ines.pk: made}, actor=cpe)
    answer = client.post(at(college, "regime", made.pk), {"retirer": "1"})
    assert answer.status_code == 422
    assert "1 élève a ce régime" in shown(answer)
    set_exits(chosen={ines.pk: None}, actor=cpe)
    assert client.post(at(college, "regime", made.pk), {"retirer": "1"}).status_code == 302
    assert "Bus du soir" not in shown(client.get(at(college, "regimes")))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fixed_hours": "midi"}, "Écrivez des heures comme 12:00 16:30"),
        ({"fixed_hours": "25:00"}, "Écrivez des heures comme 12:00 16:30"),
        ({"code": "E"}, "Un autre régime porte déjà ce repère"),
        ({"label": ""}, "Ce champ"),
    ],
)
def test_what_cannot_be_a_regime_is_said_and_stays(college, regimes, changes, sentence):
    client = college.sign_in(Client(), "principal")
    answer = client.post(at(college, "regime", 0), typed(**changes))
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert changes.get("fixed_hours", "12h 16:30") in answer.content.decode()


def test_ten_regimes_at_the_most(college, regimes):
    client = college.sign_in(Client(), "principal")
    for number in range(4):
        assert client.post(at(college, "regime", 0), typed(code=f"N{number}")).status_code == 302
    assert "dix régimes au plus" in shown(client.post(at(college, "regime", 0), typed(code="N9")))
