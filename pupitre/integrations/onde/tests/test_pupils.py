import pytest

from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.onde.tests.tables import PUPILS, codes, groups, pupil, read, students, table


@pytest.mark.parametrize("encoding", ["iso8859-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_letters_are_read_whatever_their_code(encoding: str) -> None:
    (student,) = students(read(table(PUPILS, pupil("D'ARTHÉMUYS", "Éloïse"), encoding=encoding)))
    assert (student.who.last_name, student.who.first_name) == ("D'ARTHÉMUYS", "Éloïse")


@pytest.mark.parametrize("missing", ["Nom Elève", "Prénom Elève", "Date naissance", "Classe"])
def test_a_column_that_is_missing_is_named(missing: str) -> None:
    kept = [index for index, name in enumerate(PUPILS) if name != missing]
    cut = [[line[index] for index in kept] for line in (PUPILS, pupil())]
    if missing == "Nom Elève":  # nothing else tells the file
        with pytest.raises(AssertionError):
            read(table(*cut))
        return
    with pytest.raises(Rejected, match=missing):
        read(table(*cut))


def test_a_class_keeps_its_name_and_long_ones_get_a_short_code() -> None:
    long_name = "CE2 / CM1 - Mme ORFILANGE"
    reading = read(table(PUPILS, pupil(of=long_name), pupil(first="Tom", of="CP A")))
    first, second = groups(reading)
    assert (first.label, len(first.code), second.code) == (long_name, 20, "CP A")
    assert students(reading)[0].division == first.code
    assert read(table(PUPILS, pupil(of=long_name))).groups == [first]


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"birth": "hier"}, "bad_birth_date"), ({"birth": ""}, "bad_birth_date"), ({"of": ""}, "no_class")],
)
def test_what_is_wrong_in_a_row_is_told_and_the_pupil_kept(fields: dict[str, str], code: str) -> None:
    reading = read(table(PUPILS, pupil(**fields)))
    assert len(students(reading)) == 1
    assert [(each.code, each.severity) for each in reading.findings] == [(code, Severity.NOTICE)]
    assert reading.findings[0].record.startswith("Lilou Bruneval")


def test_a_french_date_is_read() -> None:
    assert str(students(read(table(PUPILS, pupil(birth="14/03/2019"))))[0].who.birth_date) == "2019-03-14"


def test_homonyms_of_a_class_are_left_aside_and_those_of_two_are_two() -> None:
    same = read(table(PUPILS, pupil(), pupil(birth="2019-05-02")))
    assert students(same) == []
    assert codes(same) == ["same_names", "same_names"]
    assert {each.value for each in same.aside} == {"bruneval lilou|2019 03 14", "bruneval lilou|2019 05 02"}
    assert same.is_whole
    assert same.findings[0].record == "Lilou Bruneval, CP A"
    assert len(students(read(table(PUPILS, pupil(), pupil(of="CM2", birth="2015-05-02"))))) == 2


def test_the_same_row_twice_is_one() -> None:
    assert len(students(read(table(PUPILS, pupil(), pupil())))) == 1


@pytest.mark.parametrize("names", [{"last": ""}, {"first": ""}])
def test_a_row_without_a_name_is_left_aside(names: dict[str, str]) -> None:
    reading = read(table(PUPILS, pupil(**names), pupil(first="Tom")))
    assert [each.who.first_name for each in students(reading)] == ["Tom"]
    assert codes(reading) == ["no_name"]
    assert not reading.is_whole


def test_a_row_of_another_width_is_left_aside() -> None:
    reading = read(table(PUPILS, pupil(), ("BRUNEVAL", "", "Tom")))
    assert len(students(reading)) == 1
    assert codes(reading) == ["bad_width"]


def test_long_values_are_kept_within_bounds() -> None:
    reading = read(table(PUPILS, pupil(last="X" * 300, level="NIVEAU TRÈS LONG", of="C" * 90)))
    (student,) = students(reading)
    (held,) = groups(reading)
    assert (len(student.who.last_name), len(student.mef), len(held.code), len(held.label)) == (100, 11, 20, 60)
