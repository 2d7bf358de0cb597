from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.integrations import onde
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.onde.keys import student_key
from pupitre.integrations.onde.tests.tables import (
    ADULT,
    CHILD,
    SAMPLES,
    TEACHERS,
    UAI,
    adult,
    codes,
    guardians,
    links,
    read,
    responsibles,
    staff,
    table,
    teacher,
)

LILOU = ("BRUNEVAL", "Lilou", "CP A")
TOM = ("BRUNEVAL", "Tom", "CE2")


def test_a_child_is_told_by_names_and_class() -> None:
    (link,) = links(read(responsibles(adult(("Bruneval", "LILOU", "CP  A")))))
    assert link.student == student_key(last_name="BRUNEVAL", first_name="Lilou", class_name="CP A")


def test_rows_end_with_their_last_child() -> None:
    reading = read(responsibles(adult(LILOU), adult(LILOU, TOM, first="Stéphane"), children=3))
    assert (len(guardians(reading)), len(links(reading))) == (2, 3)


def test_one_adult_on_two_rows_is_one_with_a_child_or_a_way_to_be_reached_in_common() -> None:
    mail = "k.bruneval@exemple.invalid"
    for rows in ((adult(LILOU), adult(LILOU, TOM)), (adult(LILOU, mail=mail), adult(TOM, mail=mail))):
        reading = read(responsibles(*rows))
        assert (len(guardians(reading)), len(links(reading))) == (1, 2)


def test_homonyms_without_anything_in_common_are_two() -> None:
    reading = read(responsibles(adult(LILOU), adult(TOM)))
    assert len(guardians(reading)) == 2
    first, second = (each.who.ids[0].value for each in guardians(reading))
    assert first != second


def test_a_child_without_a_name_is_left_aside() -> None:
    reading = read(responsibles(adult(LILOU, ("BRUNEVAL", "", "CE2"))))
    assert len(links(reading)) == 1
    assert codes(reading) == ["no_child_name", "level_to_confirm"]
    assert reading.findings[0].record == "Karine Bruneval, enfant BRUNEVAL"


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"mail": "k.bruneval@"}, "bad_mail"), ({"mobile": "0639"}, "bad_phone"), ({"mobile": "6,39E+08"}, "bad_phone")],
)
def test_ways_that_reach_nobody_are_told(fields: dict[str, str], code: str) -> None:
    reading = read(responsibles(adult(LILOU, **fields)))
    assert (guardians(reading)[0].who.email, guardians(reading)[0].who.mobile) == ("", "")
    assert codes(reading) == [code, "level_to_confirm"]


def test_a_leading_zero_lost_by_a_spreadsheet_is_found_again() -> None:
    assert guardians(read(responsibles(adult(LILOU, mobile="639980031"))))[0].who.mobile == "+33639980031"


def test_a_row_without_a_name_is_left_aside() -> None:
    reading = read(responsibles(adult(LILOU, last=""), adult(LILOU)))
    assert len(guardians(reading)) == 1
    assert reading.findings[0].severity is Severity.QUARANTINE


@pytest.mark.parametrize("missing", ["Prénom responsable", "Prénom enfant"])
def test_a_column_that_is_missing_is_named(missing: str) -> None:
    headers = [name for name in (*ADULT, *CHILD) if name != missing]
    with pytest.raises(Rejected, match=missing):
        read(table(headers))


def test_a_teacher_of_two_classes_has_two_rows() -> None:
    reading = read(table(TEACHERS, teacher(of="CP A"), teacher(of="CM2", mail="a.drouinot@exemple.invalid")))
    (one,) = staff(reading)
    assert one.head_of == ("CP A", "CM2")


def test_two_teachers_of_one_name_are_left_aside() -> None:
    rows = (teacher(mail="a@exemple.invalid"), teacher(mail="b@exemple.invalid"))
    assert codes(read(table(TEACHERS, *rows))) == ["same_names"]


@pytest.mark.parametrize(("written", "function"), [("O", "DIR"), ("Oui", "DIR"), ("N", "ENS"), ("", "ENS")])
def test_the_head(written: str, function: str) -> None:
    (one,) = staff(read(table(TEACHERS, teacher(head=written))))
    assert one.function == function


def test_a_teacher_without_a_class() -> None:
    (one,) = staff(read(table(TEACHERS, teacher(of=""))))
    assert (one.head_of, one.trade) == ((), "")


@pytest.mark.parametrize("data", [b"Nom;Prenom\nA;B\n", b"<BEE_ELEVES/>", b""])
def test_files_of_others_are_not_claimed(data: bytes) -> None:
    assert not onde.recognises(Opened("CSVExtraction-eleves.csv", data, ""))


@given(st.sampled_from(sorted(SAMPLES.iterdir())), st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_to_a_file_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    damaged = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    opened = Opened("f", bytes(damaged), "")
    if onde.recognises(opened):
        try:
            onde.read(opened, uai=UAI)
        except Rejected:
            return
