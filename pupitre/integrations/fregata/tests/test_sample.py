"""The invented agricultural lycée, as the project's expectations of its file describe it."""

import re
from datetime import date

from pupitre.integrations.exchange.records import Kind, OutsideId
from pupitre.integrations.fregata.tests.tables import UAI, sample, students


def test_students_and_their_divisions() -> None:
    reading = sample()
    assert reading.kind == Kind.FREGATA
    assert [(each.division, each.status) for each in students(reading)] == [
        ("1BACPRO", "ST"), ("CAPA2", "AP"), ("1BACPRO", "ST"), ("1BACPRO", "ST"),
    ]  # fmt: skip
    assert [(each.code, each.kind, each.mefs) for each in reading.groups or ()] == [
        ("1BACPRO", "division", ("20112018110",)),
        ("CAPA2", "division", ("24133610210",)),
    ]
    assert reading.findings == []


def test_each_has_an_ine_of_one_form_or_the_other() -> None:
    ines = [each.ine for each in students(sample())]
    assert len(set(ines)) == 4
    old = [ine for ine in ines if re.fullmatch(r"[0-9]{10}[A-Z]", ine)]
    new = [ine for ine in ines if re.fullmatch(r"[0-9]{9}[A-Z]{2}", ine)]
    assert (len(old), len(new)) == (3, 1)


def test_a_student_is_read_whole() -> None:
    jeanne, *_others, ambre = students(sample())
    assert jeanne.who.ids == (OutsideId("ine", "national", "0990000101A"),)
    assert (jeanne.who.last_name, jeanne.who.first_name, jeanne.other_names) == ("MALVERNOIS", "Jeanne", ("Marie",))
    assert (jeanne.who.sex, jeanne.who.birth_date, jeanne.mef) == ("F", date(2008, 5, 14), "20112018110")
    assert jeanne.says_groups is False
    assert (ambre.who.last_name, ambre.who.usage_name) == ("ROCHEGUDE", "FAUVELLE")


def test_the_file_names_no_school() -> None:
    assert (sample().uai, sample().year, UAI) == ("", None, "0999940S")
