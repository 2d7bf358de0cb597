"""iCalendar files: what other tools write is read, what would hurt is refused in one sentence."""

import datetime as dt
import tracemalloc

import pytest

from pupitre.agenda.reader import LARGEST, MOST_IN_FILE, Time, read
from pupitre.agenda.recurrence import days_of, is_known
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.tests.files import calendar_file, event

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 8, 31)


def read_file(*events):
    return read([calendar_file(*events)], FIRST, LAST)


def one(*events):
    [found] = read_file(*events).events
    return found


def test_an_event_is_read_with_its_words_and_its_hours():
    found = one(event("SUMMARY:Réunion\\, du réseau", "LOCATION:Salle 2", "DESCRIPTION:Ordre du jour"))
    assert (found.title, found.place, found.text) == ("Réunion, du réseau", "Salle 2", "Ordre du jour")
    day = dt.date(2026, 12, 3)
    assert found.times == (Time(day, day, dt.time(17), dt.time(19)),)
    assert read_file().name == "Agenda du réseau"


def test_a_weekly_meeting_keeps_its_hour_across_the_change_of_hour():
    found = one(event("SUMMARY:Équipe", "RRULE:FREQ=WEEKLY;COUNT=4", start="20261014T100000", end="20261014T110000"))
    assert [each.starts_on.day for each in found.times] == [14, 21, 28, 4]
    assert {each.starts_at for each in found.times} == {dt.time(10)}


def test_hours_in_utc_are_those_of_paris():
    lines = "BEGIN:VEVENT\r\nUID:u\r\nDTSTART:20261203T160000Z\r\nDTEND:20261203T170000Z\r\nSUMMARY:Visio\r\nEND:VEVENT"
    assert one(lines).times[0].starts_at == dt.time(17)


def test_whole_days_end_on_their_last_day():
    lines = "BEGIN:VEVENT\r\nUID:u\r\nDTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261205\r\nSUMMARY:Salon\r\nEND:VEVENT"
    assert one(lines).times == (Time(dt.date(2026, 12, 3), dt.date(2026, 12, 4), None, None),)


def test_days_left_out_and_days_moved_are_heard():
    weekly = event("SUMMARY:Équipe", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Paris:20261210T170000")
    moved = event(
        "SUMMARY:Équipe, en visio",
        "RECURRENCE-ID;TZID=Europe/Paris:20261217T170000",
        start="20261218T180000",
        end="20261218T190000",
    )
    found = one(weekly, moved)
    assert [(each.starts_on.day, each.starts_at.hour) for each in found.times] == [(3, 17), (18, 18)]
    assert found.title == "Équipe"


def test_what_repeats_without_end_stops_with_the_year_and_says_so():
    found = one(event("SUMMARY:Chaque jour", "RRULE:FREQ=DAILY"))
    assert found.was_cut
    assert found.times[-1].starts_on == LAST
    assert not one(event("SUMMARY:Deux fois", "RRULE:FREQ=DAILY;COUNT=2")).was_cut


def test_zones_of_other_tools_are_understood():
    zone = "\r\n".join(
        ["BEGIN:VTIMEZONE", "TZID:Romance Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T030000",
         "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
         "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
         "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE"]
    )  # fmt: skip
    lines = "\r\n".join(
        ["BEGIN:VEVENT", "UID:o", "DTSTART;TZID=Romance Standard Time:20261203T090000",
         "DTEND;TZID=Romance Standard Time:20261203T100000", "SUMMARY:Outlook", "END:VEVENT"]
    )  # fmt: skip
    assert one(zone, lines).times[0].starts_at == dt.time(9)


def test_long_lines_are_folded_and_joined_again():
    text = "Conseil " + "a" * 60
    folded = f"SUMMARY:{text[:40]}\r\n {text[40:]}"
    assert one(event(folded)).title == text


def test_another_year_is_left_out_and_counted():
    found = read_file(event(uid="a", start="20231203T170000", end="20231203T180000"), event(uid="b"))
    assert [each.uid for each in found.events] == ["b"]
    assert sum(found.left_out.values()) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:pas une date",),
        ("RRULE:FREQ=SECONDLY",),
        ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31",),
    ],
)
def test_what_cannot_be_read_is_left_out_and_the_rest_stays(lines):
    broken = "\r\n".join(["BEGIN:VEVENT", "UID:broken", "DTSTART:20261203T170000", *lines, "SUMMARY:x", "END:VEVENT"])
    if lines[0].startswith("DTSTART"):
        broken = broken.replace("DTSTART:20261203T170000\r\n", "")
    found = read_file(broken, event(uid="b"))
    assert [each.uid for each in found.events] == ["b"]
    assert sum(found.left_out.values()) == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"Date;Titre\r\n", b"<html></html>"])
def test_what_is_not_a_calendar_is_said(content):
    with pytest.raises(Refusal, match="n’est pas un agenda"):
        read([content], FIRST, LAST)


def test_a_hundred_thousand_events_are_refused_without_being_kept():
    def chunks():
        yield b"BEGIN:VCALENDAR\r\n"
        for n in range(100_000):
            yield f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20261203T1700\r\nEND:VEVENT\r\n".encode()

    tracemalloc.start()
    try:
        with pytest.raises(Refusal, match=r"plus de (20.000|1500|1.500) évènements"):
            read(chunks(), FIRST, LAST)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_a_hundred_thousand_old_events_are_refused_too():
    def chunks():
        yield b"BEGIN:VCALENDAR\r\n"
        for n in range(MOST_IN_FILE + 1):
            yield f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20201203T1700\r\nEND:VEVENT\r\n".encode()

    with pytest.raises(Refusal, match="Exportez une seule année"):
        read(chunks(), FIRST, LAST)


def test_forty_megabytes_are_refused_as_they_come():
    taken = 0

    def chunks():
        nonlocal taken
        yield b"BEGIN:VCALENDAR\r\n"
        for _n in range(40):
            taken += 1
            yield (b"X-COMMENT:" + b"a" * 1000 + b"\r\n") * 1024

    with pytest.raises(Refusal, match="pèse plus de 10"):
        read(chunks(), FIRST, LAST)
    assert taken <= LARGEST // (1024 * 1000) + 1


def test_one_line_without_end_is_refused():
    with pytest.raises(Refusal, match="n’est pas un agenda"):
        read([b"BEGIN:VCALENDAR\r\n", b"a" * 100_000], FIRST, LAST)


def test_an_event_of_a_whole_book_is_left_out():
    long = event("SUMMARY:Livre", *(f"X-LIGNE:{n}" for n in range(1000)))
    assert read_file(long, event(uid="b")).left_out.total() == 1


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=YEARLY;BYMONTH=3", "FREQ=DAILY;COUNT=3"]
)
def test_rules_that_schools_use_are_known(rule):
    assert is_known(rule)
    assert days_of(rule, FIRST, LAST)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=DAILY;COUNT=",
        "FREQ=DAILY;INTERVAL=0",
        "x",
    ],
)
def test_rules_that_might_never_end_are_not(rule):
    assert not is_known(rule)
