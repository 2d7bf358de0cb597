"""The table of guardians that schools without SIECLE fill in."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.integrations import tabular
from pupitre.integrations.exchange.opening import Opened, open_files
from pupitre.integrations.exchange.records import GuardianRecord, Kind, LinkRecord, Reading
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.tabular.relations import relation_of

UAI = "0999940S"
ADULT = ("Civilité", "Nom", "Nom d’usage", "Prénom", "Courriel", "Téléphone portable", "Téléphone")
CHILDREN = tuple(f"{name} {number}" for number in (1, 2) for name in ("Identifiant unique élève", "Lien", "Niveau"))
JEANNE, OLEH = "0990000101A", "0990000103C"


def adult(*children: tuple[str, str, str], first: str = "Anne", mail: str = "", mobile: str = "") -> tuple[str, ...]:
    return ("Mme", "MALVERNOIS", "", first, mail, mobile, "", *(cell for child in children for cell in child))


def table(*rows: Sequence[str], headers: Sequence[str] = (*ADULT, *CHILDREN), encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(";".join(line) for line in (headers, *rows)).encode(encoding)


def read(data: bytes) -> Reading:
    (opened,) = open_files("responsables.csv", io.BytesIO(data))
    assert tabular.recognises(opened)
    return tabular.read(opened, uai=UAI)


def guardians(reading: Reading) -> list[GuardianRecord]:
    assert reading.guardians is not None
    return reading.guardians


def links(reading: Reading) -> list[LinkRecord]:
    assert reading.links is not None
    return reading.links


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
def test_an_adult_and_two_children(encoding: str) -> None:
    reading = read(table(adult((JEANNE, "Mère", "1"), (OLEH, "Tutrice", "2")), encoding=encoding))
    assert reading.kind == Kind.CSV_GUARDIANS
    (one,) = guardians(reading)
    assert (one.who.last_name, one.who.first_name, one.who.sex) == ("MALVERNOIS", "Anne", "F")
    assert [(each.student, each.relation, each.level) for each in links(reading)] == [
        (JEANNE, "10", 1), (OLEH, "50", 2),
    ]  # fmt: skip
    assert reading.findings == []


def test_a_row_with_fewer_children_may_be_shorter() -> None:
    assert len(links(read(table(adult((JEANNE, "Mère", "1")))))) == 1


def test_without_a_level_the_adult_is_legal() -> None:
    (link,) = links(read(table(adult((JEANNE, "", "")))))
    assert (link.level, link.relation) == (1, "")


def test_an_identifier_is_read_in_capitals_without_blanks() -> None:
    (link,) = links(read(table(adult(("0990000101 a", "Père", "1")))))
    assert link.student == JEANNE


@pytest.mark.parametrize(
    ("child", "code"),
    [
        (("9,90E+08", "Mère", "1"), "bad_identifier"),
        ((JEANNE, "Mère", "9"), "bad_level"),
        (("", "Mère", "1"), "no_student"),
    ],
)
def test_a_link_that_cannot_be_trusted_is_left_aside_and_the_adult_kept(child: tuple[str, str, str], code: str) -> None:
    reading = read(table(adult(child, (OLEH, "Mère", "1"))))
    assert [each.student for each in links(reading)] == [OLEH]
    assert [(each.code, each.severity) for each in reading.findings] == [(code, Severity.QUARANTINE)]
    assert reading.findings[0].record == "Anne Malvernois"


def test_an_unknown_word_keeps_the_link() -> None:
    reading = read(table(adult((JEANNE, "Voisine", "1"))))
    assert links(reading)[0].relation == ""
    assert codes(reading) == ["unknown_relation"]


def test_two_rows_that_disagree_on_a_link_take_it_away() -> None:
    mail = "a.malvernois@exemple.invalid"
    rows = (adult((JEANNE, "Mère", "1"), mail=mail), adult((JEANNE, "Mère", "3"), mail=mail))
    reading = read(table(*rows, rows[0]))
    assert (len(guardians(reading)), links(reading)) == (1, [])
    assert codes(reading) == ["two_links"]


def test_the_same_row_twice_is_one() -> None:
    row = adult((JEANNE, "Mère", "1"))
    reading = read(table(row, row))
    assert (len(guardians(reading)), len(links(reading))) == (1, 1)


def test_homonyms_with_other_children_are_two() -> None:
    reading = read(table(adult((JEANNE, "Mère", "1")), adult((OLEH, "Mère", "1"))))
    assert len(guardians(reading)) == 2


def test_an_adult_without_a_child_is_told() -> None:
    assert codes(read(table(adult()))) == ["no_child"]


def test_a_row_without_a_name_is_left_aside() -> None:
    reading = read(table(adult((JEANNE, "Mère", "1"), first="")))
    assert guardians(reading) == []
    assert codes(reading) == ["no_name"]


@pytest.mark.parametrize("missing", ["Nom", "Prénom"])
def test_a_column_that_is_missing_is_named(missing: str) -> None:
    headers = [name for name in (*ADULT, *CHILDREN) if name != missing]
    with pytest.raises(Rejected, match=missing):
        read(table(headers=headers))


@pytest.mark.parametrize(
    ("written", "code"),
    [("mère", "10"), ("PÈRE", "20"), ("Grand-mère", "38"), ("10", "10"), ("", ""), ("Voisine", None), ("1", None)],
)
def test_what_an_adult_is_to_a_child(written: str, code: str | None) -> None:
    assert relation_of(written) == code


@pytest.mark.parametrize(
    "data", [b"Nom*;Pr\xe9nom*;Nom de l'\xe9l\xe8ve;Nom de l'\xe9l\xe8ve\nA;B;C;D\n", b"<a/>", b"", b"\x00"]
)
def test_files_of_others_are_not_claimed(data: bytes) -> None:
    assert not tabular.recognises(Opened("responsables.csv", data, ""))


@given(st.lists(st.lists(st.text(max_size=12), max_size=14), max_size=6))
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    data = table(*([cell.encode("utf-8", "ignore").decode() for cell in row] for row in rows))
    try:
        read(data)
    except Rejected:
        return
