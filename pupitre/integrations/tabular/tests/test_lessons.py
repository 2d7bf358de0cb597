"""Timetables as tables: any separator and letters, titles as people write them, or none at all (UnDeuxTEMPS)."""

import datetime as dt
import io
from pathlib import Path

import pytest

from pupitre.integrations.exchange.records import Kind, Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.reading import read_all

UDT = Path(__file__).parents[2] / "udt" / "samples" / "export_udt.csv"
_TABLE = (
    "Jour;Début;Fin;Classe;Matière;Enseignant;Salle;Semaines\nLundi;08h05;09h00;6A, 6B;Français;LE GOFF Yann;B12;Q1\n"
)


def _read(data: bytes) -> Reading:
    (reading,) = read_all("emploi-du-temps.csv", io.BytesIO(data), uai="0999910J")
    return reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_with_titles(encoding: str, separator: str) -> None:
    reading = _read(_TABLE.replace(";", separator).encode(encoding))
    assert (reading.kind, reading.findings) == (Kind.CSV_TIMETABLE, [])
    first, second = reading.lessons or []
    assert (first.group, second.group) == ("6A", "6B")
    assert (first.weekday, first.starts_at, first.ends_at) == (1, dt.time(8, 5), dt.time(9))
    assert (first.teachers, first.classroom, first.alternation) == (("LE GOFF Yann",), "B12", "Q1")


def test_what_unteuxtemps_prints_without_titles_gets_an_hour() -> None:
    reading = _read(UDT.read_bytes())
    assert len(reading.lessons or ()) == 21
    assert [each.code for each in reading.findings] == ["no_end"]
    assert {each.codes for each in reading.names or () if each.is_part} == {
        ("4ESP2", "4C 4ESP2"), ("4ALL2", "4C 4ALL2"), ("5-4LATIN",),
    }  # fmt: skip


def test_a_row_that_cannot_be_placed_is_left_aside_with_its_number() -> None:
    reading = _read((_TABLE + "Lundi;midi;13h00;6A;Maths;;;\nLundi;10h00;9h00;6A;Maths;;;\n").encode())
    assert len(reading.lessons or ()) == 2
    assert [(each.code, "ligne" in each.record) for each in reading.findings] == [("bad_lesson", True)] * 2


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Rejected, match="« Matière »"):
        _read(b"Jour;D\xc3\xa9but;Fin;Classe\nLundi;8h;9h;6A\n")
