from datetime import date

import pytest

from pupitre.integrations.exchange.records import OutsideId
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.sts.tests.files import (
    UAI,
    codes,
    courses,
    division,
    individual,
    read,
    service,
    staff,
    staff_file,
)


def test_the_order_of_attributes_does_not_matter() -> None:
    turned = individual().replace("ID='71001' TYPE='epp'", "TYPE='epp' ID='71001'")
    assert staff(read(staff_file(turned))) == staff(read(staff_file(individual())))


def test_padded_values_are_trimmed_codes_included() -> None:
    inside = "\n  <NOM_USAGE>\n   PETIT\n </NOM_USAGE> <PRENOM>\n Zoé </PRENOM> <FONCTION>\n ENS\n</FONCTION>"
    head = '<UAJ CODE=" 0999910j "><ACADEMIE><CODE>\n  015\n </CODE></ACADEMIE></UAJ><ANNEE_SCOLAIRE ANNEE=" 2025 "/>'
    people = f"<INDIVIDU TYPE=' epp ' ID=' 71001 '>{inside}</INDIVIDU>"
    courses_of_6a = division(" 6A ", service(" 061300 ", " 71001 "))
    reading = read(staff_file(people, courses_of_6a, head=head))
    (one,) = staff(reading)
    assert (one.key, one.who.last_name, one.who.first_name, one.function) == ("epp:71001", "PETIT", "Zoé", "ENS")
    assert one.who.ids == (OutsideId("sts_epp", "15", "71001"),)
    assert (reading.uai, reading.year) == (UAI, 2025)
    (course,) = courses(reading)
    assert (course.group, course.subject, course.teachers) == ("6A", "061300", ("epp:71001",))


def test_ids_of_the_two_kinds_collide_and_are_two_people() -> None:
    both = individual("7") + individual("7", "local", NOM_USAGE="PERRIN", NOM_PATRONYMIQUE="", PRENOM="Hugo")
    first, second = staff(read(staff_file(both)))
    assert (first.key, second.key) == ("epp:7", "local:7")
    assert second.who.ids == (OutsideId("sts_local", UAI, "7"),)


def test_the_usage_name_stands_alone_when_there_is_no_other() -> None:
    (one,) = staff(read(staff_file(individual(NOM_PATRONYMIQUE=""))))
    assert (one.who.last_name, one.who.usage_name) == ("MARCHEVILLE", "")


def test_a_usage_name_equal_to_the_family_name_is_said_once() -> None:
    (one,) = staff(read(staff_file(individual(NOM_PATRONYMIQUE="MARCHEVILLE"))))
    assert (one.who.last_name, one.who.usage_name) == ("MARCHEVILLE", "")


@pytest.mark.parametrize("name", ["X", "POSTE VACANT", ".", "", "À POURVOIR"])
def test_nobody_gets_no_account(name: str) -> None:
    people = individual() + individual("99", NOM_USAGE=name, NOM_PATRONYMIQUE="", PRENOM=".")
    reading = read(staff_file(people, division(services=service("061300", "99"))))
    assert [each.key for each in staff(reading)] == ["epp:71001"]
    assert codes(reading) == ["vacant_post"]
    assert courses(reading)[0].teachers == ()


def test_a_birth_date_that_cannot_be_read_is_told() -> None:
    reading = read(staff_file(individual(DATE_NAISSANCE="1979-02-31")))
    assert staff(reading)[0].who.birth_date is None
    assert codes(reading) == ["bad_birth_date"]


def test_a_french_birth_date_is_read() -> None:
    (one,) = staff(read(staff_file(individual(DATE_NAISSANCE="27/02/1979"))))
    assert one.who.birth_date == date(1979, 2, 27)


@pytest.mark.parametrize(
    ("sex", "civility", "read_as"), [("1", "", "M"), ("2", "", "F"), ("", "1", "M"), ("", "3", "F"), ("", ".", "")]
)
def test_the_sex_is_that_of_the_civility_when_it_is_empty(sex: str, civility: str, read_as: str) -> None:
    (one,) = staff(read(staff_file(individual(SEXE=sex, CIVILITE=civility))))
    assert one.who.sex == read_as


def test_someone_written_twice_is_one_and_two_with_one_id_are_none() -> None:
    assert len(staff(read(staff_file(individual() + individual())))) == 1
    reading = read(staff_file(individual("1") + individual() + individual(PRENOM="JEAN")))
    assert [each.key for each in staff(reading)] == ["epp:1"]
    assert codes(reading) == ["same_id", "same_id"]
    assert {finding.severity for finding in reading.findings} == {Severity.QUARANTINE}
    assert (reading.aside, reading.is_whole) == ([OutsideId("sts_epp", "15", "71001")], True)


def test_those_left_aside_go_on_teaching() -> None:
    people = individual() + individual(PRENOM="JEAN")
    assert courses(read(staff_file(people, division(services=service("061300", "71001")))))[0].teachers == (
        "epp:71001",
    )


@pytest.mark.parametrize("key", ["", "9" * 80])
def test_someone_whose_id_says_nothing_is_left_aside(key: str) -> None:
    reading = read(staff_file(individual(key)))
    assert staff(reading) == []
    assert [(each.code, each.record) for each in reading.findings] == [("no_id", "Agnès Marcheville")]
    assert not reading.is_whole


@pytest.mark.parametrize(
    ("function", "discipline", "trade"),
    [
        ("ENS", "MATHS", "Mathématiques"),
        ("ENS", "HIST.GEO.", "Histoire-géographie"),
        ("ENS", "GENIE MECA", "Genie meca"),
        ("", "ANGLAIS", "Anglais"),
        ("ENS", "", "Enseignement"),
        ("EDU", "EDUCATION", "CPE"),
        ("DIR", "", "Direction"),
        ("XYZ", "", ""),
    ],
)
def test_trades_are_told_as_people_do(function: str, discipline: str, trade: str) -> None:
    more = (
        f"<DISCIPLINES><DISCIPLINE CODE='L1300'><LIBELLE_COURT>{discipline}</LIBELLE_COURT></DISCIPLINE></DISCIPLINES>"
    )
    (one,) = staff(read(staff_file(individual(FONCTION=function, more=more))))
    assert one.trade == trade


@pytest.mark.parametrize(("written", "academy"), [("015", "15"), ("15", "15"), ("", ""), ("0" * 40, ""), ("²", "")])
def test_an_academy_is_a_number(written: str, academy: str) -> None:
    (one,) = staff(
        read(staff_file(individual(), head=f'<UAJ CODE="1A"><ACADEMIE><CODE>{written}</CODE></ACADEMIE></UAJ>'))
    )
    assert one.who.ids == (OutsideId("sts_epp", academy, "71001"),)


@pytest.mark.parametrize(("written", "year"), [("2025", 2025), ("2025-2026", 2025), ("", None), ("vingt", None)])
def test_the_year(written: str, year: int | None) -> None:
    head = f'<UAJ CODE="0999910J"/><ANNEE_SCOLAIRE ANNEE="{written}"/>'
    assert read(staff_file(individual(), head=head)).year == year


def test_a_file_that_does_not_say_whose_it_is_is_refused() -> None:
    with pytest.raises(Rejected, match="quel établissement"):
        read(staff_file(individual(), head=""))
