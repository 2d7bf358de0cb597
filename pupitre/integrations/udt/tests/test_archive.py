"""The archive of UnDeuxTEMPS: what it holds, what it may lack, what is refused."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from pupitre.integrations.exchange.records import Kind, LessonRecord, Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.reading import read_all

SAMPLE = Path(__file__).parents[1] / "samples" / "UDT_0999910J_20250915.zip"


def _read(data: bytes, name: str = "UDT.zip", uai: str = "0999910J") -> Reading:
    (reading,) = read_all(name, io.BytesIO(data), uai=uai)
    return reading


def _changed(*without: str, **instead: str) -> bytes:
    """The sample, some tables left out or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as sample, zipfile.ZipFile(made, "w") as archive:
        for name in sample.namelist():
            if name not in without:
                archive.writestr(name, instead.pop(name.removesuffix(".xml"), "") or sample.read(name))
        for name, text in instead.items():
            archive.writestr(f"{name}.xml", text)
    return made.getvalue()


def _lessons(reading: Reading) -> list[LessonRecord]:
    return reading.lessons or []


def test_half_slots_are_put_together_into_lessons() -> None:
    reading = _read(SAMPLE.read_bytes(), SAMPLE.name)
    assert (reading.kind, reading.year, len(_lessons(reading))) == (Kind.UDT, 2025, 20)
    sport = next(each for each in _lessons(reading) if each.subject == "EPS")
    assert (sport.weekday, sport.starts_at, sport.ends_at) == (2, dt.time(9, 30), dt.time(11))
    # From 1 September to 3 July, but for the eight weeks of holidays.
    assert (len(sport.weeks), sport.weeks[0], sport.weeks[-1]) == (36, dt.date(2025, 9, 1), dt.date(2026, 6, 29))
    assert {each.codes for each in reading.names or () if each.key == "MARCHEVILLE Agnès"} == {("epp:71001",)}


def test_parts_groups_co_teaching_and_members() -> None:
    reading = _read(SAMPLE.read_bytes())
    groups = {each.key: each.codes for each in reading.names or () if each.kind == "group" and each.is_part}
    assert groups == {
        "<4C> A": ("4ESP2", "4C A"), "<4C> B": ("4ALL2", "4C B"), "[5-4LATIN]": ("5-4LATIN",),
    }  # fmt: skip
    assert sum(len(each.teachers) == 2 for each in _lessons(reading)) == 1
    assert len(reading.members or ()) == 8


def test_lines_of_a_period_hold_from_its_week_on() -> None:
    other = '<ligfiches><ligfiche code="1" fic="1" div="6A" mat="MATHS" prof="BOIS" rgpmt="0" salle="01"/></ligfiches>'
    lessons = _lessons(_read(_changed(UDCal_12_45=other)))
    (later,) = [each for each in lessons if each.weeks[0] == dt.date(2025, 11, 3)]
    assert (later.subject, later.starts_at, later.ends_at) == ("MATHS", dt.time(8), dt.time(8, 30))
    assert {each.weeks[-1] for each in lessons if each is not later} == {dt.date(2025, 10, 13)}


@pytest.mark.parametrize("missing", ["UDCal_08.xml", "UDCal_11.xml", "UDCal_12.xml"])
def test_an_archive_without_a_needed_table_is_refused_by_its_name(missing: str) -> None:
    with pytest.raises(Rejected, match=missing):
        _read(_changed(missing))


def test_an_archive_without_members_or_co_teaching_is_told() -> None:
    reading = _read(_changed("UDCal_21.xml", "UDCal_23.xml"))
    assert {each.record for each in reading.findings if each.code == "not_whole"} == {"UDCal_21.xml", "UDCal_23.xml"}
    assert reading.members == []


def test_a_line_without_an_hour_is_left_aside() -> None:
    reading = _read(_changed(UDCal_11='<fiches><fiche code="1" jour="1" demi_seq="1" site="1"/></fiches>'))
    assert len(_lessons(reading)) == 1
    assert {each.code for each in reading.findings} == {"bad_lesson", "no_sts_id"}


def test_the_archive_of_another_school_is_refused_by_its_name() -> None:
    with pytest.raises(Rejected, match="0999910J, et non de 0999930F"):
        _read(SAMPLE.read_bytes(), SAMPLE.name, uai="0999930F")


def test_a_table_alone_is_refused() -> None:
    with pytest.raises(Rejected, match="l’archive"):
        _read(b"<fiches><fiche code='1'/></fiches>", "UDCal_11.xml")


def test_an_archive_that_swells_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("UDCal_12.xml", b"<a>" + b" " * 60_000_000)
    with pytest.raises(Rejected, match="compressée de façon anormale"):
        _read(made.getvalue())
