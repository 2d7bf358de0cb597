"""Agendas of PRONOTE and of others: lessons that come back, in local time, and what is refused."""

import datetime as dt
import io
from pathlib import Path

import pytest

from pupitre.integrations.exchange.records import Kind, LessonRecord, Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.reading import read_all

SAMPLE = Path(__file__).parents[1] / "samples" / "Edt_6A.ics"


def _read(data: bytes, name: str = "agenda.ics") -> Reading:
    (reading,) = read_all(name, io.BytesIO(data), uai="0999910J")
    return reading


def _event(
    *lines: str, start: str = "20250901T080000", end: str = "20250901T090000", summary: str = "MATHS - M. ROUX"
) -> str:
    told = (f"DTSTART;TZID=Europe/Paris:{start}", f"DTEND;TZID=Europe/Paris:{end}", f"SUMMARY:{summary}", *lines)
    return "\r\n".join(("BEGIN:VEVENT", *told, "END:VEVENT"))


def _agenda(*events: str, title: str = "Emploi du temps 6A") -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", f"X-WR-CALNAME:{title}", *events, "END:VCALENDAR")).encode()


def _lesson(reading: Reading) -> LessonRecord:
    assert reading.lessons is not None
    (lesson,) = reading.lessons
    return lesson


def test_the_sample_keeps_its_hours_on_both_sides_of_the_change_of_clock() -> None:
    reading = _read(SAMPLE.read_bytes(), SAMPLE.name)
    assert (reading.kind, reading.year, reading.span) == (Kind.ICS, 2025, (dt.date(2025, 9, 1), dt.date(2025, 11, 10)))
    french = next(each for each in reading.lessons or () if each.subject == "FRANCAIS")
    assert (french.group, french.weekday, french.starts_at, len(french.weeks)) == ("6A", 1, dt.time(8), 9)
    assert (french.teachers, french.classroom) == (("MARCHEVILLE Agnès",), "B101")
    assert len(reading.lessons or ()) == 7


def test_a_cancelled_lesson_leaves_its_week_out() -> None:
    weekly = [_event(start=f"202509{day}T080000", end=f"202509{day}T090000") for day in ("01", "08")]
    off = _event(start="20250915T080000", end="20250915T090000", summary="Prof. absent - MATHS")
    status = _event("STATUS:CANCELLED", start="20250922T080000", end="20250922T090000")
    assert len(_lesson(_read(_agenda(*weekly, off, status))).weeks) == 2


def test_a_rule_is_laid_out_with_its_exceptions_and_never_for_ever() -> None:
    rule = _event("RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Paris:20250908T080000", "LOCATION:B12", "UID:a")
    moved = _event(
        "RECURRENCE-ID;TZID=Europe/Paris:20250915T080000", "UID:a", start="20250916T100000", end="20250916T110000"
    )
    reading = _read(_agenda(rule, moved))
    lesson = _lesson(reading)
    assert (lesson.classroom, lesson.teachers) == ("B12", ("ROUX",))
    assert not {dt.date(2025, 9, 8), dt.date(2025, 9, 15)} & set(lesson.weeks)
    assert 45 < len(lesson.weeks) < 55
    assert [each.code for each in reading.findings] == ["not_weekly"]


@pytest.mark.parametrize(
    ("lines", "weeks"),
    [
        (("RRULE:BYDAY=MO;FREQ=WEEKLY;INTERVAL=2;UNTIL=20251027T070000Z",), 5),
        (("RRULE:FREQ=WEEKLY;COUNT=9", "RDATE;TZID=Europe/Paris:20251124T080000"), 10),
        (("RDATE;TZID=Europe/Paris:20250908T080000,20250915T080000",), 3),
    ],
    ids=["every other week", "and once more", "by dates alone"],
)
def test_an_hour_stays_the_same_in_winter_and_each_way_to_come_back_is_read(lines: tuple[str, ...], weeks: int) -> None:
    lesson = _lesson(_read(_agenda(_event(*lines))))
    assert (lesson.starts_at, len(lesson.weeks)) == (dt.time(8), weeks)


def test_a_rule_that_would_be_searched_without_end_counts_once() -> None:
    reading = _read(_agenda(_event("RRULE:FREQ=WEEKLY;INTERVAL=0")))
    assert (reading.lessons, [each.code for each in reading.findings]) == ([], ["not_weekly"])


def test_the_class_comes_from_the_title_or_the_name_of_the_file() -> None:
    twice = (_event(), _event(start="20250908T080000", end="20250908T090000"))
    assert _lesson(_read(_agenda(*twice, title="EDT 6EME B"))).group == "6EME B"
    assert _lesson(_read(_agenda(*twice, title=""), "Edt_5C.ics")).group == "5C"


def test_no_final_line_end_folded_lines_and_line_feeds_alone() -> None:
    folded = "DESCRIPTION:Matière : Éducation musi\r\n cale\\nClasse : 5C"
    data = _agenda(_event(folded), _event(folded, start="20250908T080000", end="20250908T090000"))
    lesson = _lesson(_read(data.replace(b"\r\n", b"\n")))
    assert (lesson.subject, lesson.group) == ("Éducation musicale", "5C")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (_agenda(), "aucun cours"),
        (_agenda("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20251018\r\nSUMMARY:Vacances\r\nEND:VEVENT"), "aucun cours"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 100_000, "plus de 20"),
        (_agenda(_event("RRULE:FREQ=SECONDLY")), "plus souvent"),
    ],
    ids=["empty", "holidays only", "100 000 events", "every second"],
)
def test_an_agenda_that_is_of_no_use_is_refused_with_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        _read(data)


def test_rules_without_end_are_refused_once_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pupitre.integrations.ics.events._MOST", 3_000)
    with pytest.raises(Rejected, match="plus souvent"):
        _read(_agenda(*[_event("RRULE:FREQ=DAILY")] * 9))
