"""The invented école, as the project's expectations of its files describe it."""

from collections import Counter
from datetime import date

from pupitre.integrations.exchange.records import Kind, OutsideId
from pupitre.integrations.onde.tests.tables import UAI, codes, guardians, links, sample, staff, students

_CE2_CM1 = "CE2 / CM1 - Mme ORFILANGE"


def test_pupils_classes_and_levels() -> None:
    reading = sample("eleves")
    assert reading.kind == Kind.ONDE_STUDENTS
    assert len(students(reading)) == 6
    assert Counter(each.mef for each in students(reading)) == {"CP": 2, "CE2": 1, "CM1": 1, "CM2": 2}
    levels = {each.label: each.mefs for each in reading.groups or ()}
    assert levels == {"CP A": ("CP",), _CE2_CM1: ("CE2", "CM1"), "CM2 - M. DROUINOT": ("CM2",)}
    assert reading.findings == []


def test_a_pupil_is_read_whole() -> None:
    maiwenn = next(each for each in students(sample("eleves")) if each.who.first_name == "Maïwenn")
    assert (maiwenn.who.last_name, maiwenn.who.usage_name) == ("KERGUIDUFF", "LE GALLOUDEC")
    assert (maiwenn.who.sex, maiwenn.who.birth_date) == ("F", date(2015, 1, 9))
    assert maiwenn.who.ids == (OutsideId("onde", UAI, "kerguiduff maiwenn|2015 01 09"),)
    assert (maiwenn.says_groups, maiwenn.ine) == (False, "")


def test_teachers_and_the_head() -> None:
    found = staff(sample("enseignants"))
    assert len(found) == 3
    assert [each.who.first_name for each in found if each.function == "DIR"] == ["Aurélien"]
    assert {code for each in found for code in each.head_of} == {
        each.code for each in sample("eleves").groups or ()
    }  # fmt: skip


def test_responsibles_and_their_children() -> None:
    reading = sample("responsables")
    assert (len(guardians(reading)), len(links(reading))) == (6, 8)
    assert {each.level for each in links(reading)} == {1}
    known = {each.key for each in students(sample("eleves"))}
    assert {each.student for each in links(reading)} == known
    assert codes(reading) == ["level_to_confirm"]


def test_ways_to_reach_a_responsible() -> None:
    karine, stephane, *_others = guardians(sample("responsables"))
    assert (karine.who.email, karine.who.mobile, karine.who.phone) == (
        "k.bruneval@exemple.invalid", "+33639980031", "+33199000031",
    )  # fmt: skip
    assert (stephane.who.sex, stephane.who.email, stephane.who.mobile) == ("M", "", "+33639980032")
