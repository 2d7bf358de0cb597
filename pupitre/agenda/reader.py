"""An iCalendar file (RFC 5545) → what it holds of one school year. Read line by line: memory does not grow with the file.

What is refused is said in one sentence (`Refusal`); what is left out of a good file is counted, with a reason.
"""

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import recurring_ical_events
from django.utils.translation import gettext as _
from icalendar import Calendar, Component

from pupitre.agenda.recurrence import has_end, is_known
from pupitre.agenda.refusals import Refusal
from pupitre.foundation import clock

LARGEST = 10 * 1024 * 1024
MOST_IN_FILE, MOST_KEPT, MOST_TIMES = 20_000, 1_500, 12_000
_LONGEST_LINE, _LONGEST_PART = 20_000, 400
"""A line of a file, and the lines of one event: beyond, it is not an agenda that people write."""
_OLDEST = 1990
_START = re.compile(r"^DTSTART[^:]*:(\d{4})(\d{2})(\d{2})", re.MULTILINE)
_RULE = re.compile(r"^RRULE[^:]*:(.+)$", re.MULTILINE)
_UID = re.compile(r"^UID[^:]*:(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Time:
    """One time an event happens, in days and hours of Paris; without hours, whole days."""

    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """An event of a file within the year. `was_cut`: it repeated without an end, and stops with the school year."""

    uid: str
    title: str
    place: str
    text: str
    times: tuple[Time, ...]
    was_cut: bool

    @property
    def digest(self) -> str:
        """The same for what was read already."""
        facts = [self.title, self.place, self.text, [[str(part) for part in vars_of(each)] for each in self.times]]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def vars_of(time: Time) -> tuple[Any, ...]:
    """The parts of a time, in order."""
    return time.starts_on, time.ends_on, time.starts_at, time.ends_at


@dataclass(slots=True)
class Reading:
    """What a file holds: its events within the year, and how many were left out, by reason."""

    name: str = ""
    events: list[ReadEvent] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Parts:
    """The texts of a file that matter: its name, its zones, its events by name."""

    name: str = ""
    zones: list[str] = field(default_factory=list)
    events: dict[str, list[str]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def read(chunks: Iterable[bytes], first: dt.date, last: dt.date) -> Reading:
    """The events of a file between two days, both included. Raises Refusal when the file cannot be read at all."""
    parts = _split(_lines(chunks), first, last)
    reading = Reading(parts.name, left_out=parts.left_out)
    total = 0
    for uid, texts in parts.events.items():
        event = _event(uid, texts, parts.zones, first, last)
        if isinstance(event, str):
            reading.left_out[event] += 1
            continue
        total += len(event.times)
        if total > MOST_TIMES:
            raise Refusal(
                _("Ces évènements se répètent plus de %(most)s fois dans l’année. Importez un agenda plus petit.")
                % {"most": MOST_TIMES}
            )
        reading.events.append(event)
    return reading


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines of a file, joined again where they were folded. Raises Refusal beyond what a line or a file may hold."""
    held, size, waiting = b"", 0, ""
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise Refusal(
                _("Ce fichier pèse plus de %(most)s Mo : ce n’est pas l’agenda d’une année.")
                % {"most": LARGEST // 1024 // 1024}
            )
        *whole, held = (held + chunk).split(b"\n")
        if len(held) > _LONGEST_LINE:
            raise Refusal(_not_one())
        for raw in whole:
            line = raw.rstrip(b"\r").decode("utf-8", "replace")
            if line[:1] in (" ", "\t") and len(waiting) < _LONGEST_LINE:
                waiting += line[1:]
            else:
                yield waiting
                waiting = line
    yield waiting
    yield held.rstrip(b"\r").decode("utf-8", "replace")


def _split(lines: Iterator[str], first: dt.date, last: dt.date) -> _Parts:
    """The texts of the events that may fall within the year. Raises Refusal: not a calendar, too many events."""
    parts = _Parts()
    opening = next((line.strip("\ufeff ") for line in lines if line.strip("\ufeff ")), "")
    if opening.upper() != "BEGIN:VCALENDAR":
        raise Refusal(_not_one())
    count, kind, part = 0, "", list[str]()
    for line in lines:
        upper = line.strip().upper()
        if not kind and upper in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
            kind, part = upper.removeprefix("BEGIN:"), []
        if kind:
            if len(part) <= _LONGEST_PART:
                part.append(line)
        elif upper.startswith("X-WR-CALNAME:"):
            parts.name = line.partition(":")[2].strip()[:80]
        if kind and upper == f"END:{kind}":
            count += 1
            if count > MOST_IN_FILE:
                raise Refusal(
                    _(
                        "Ce fichier contient plus de %(most)s évènements. Exportez une seule année depuis l’autre agenda."
                    )
                    % {"most": MOST_IN_FILE}
                )
            _keep(parts, kind, part, first, last)
            kind = ""
    return parts


def _keep(parts: _Parts, kind: str, part: list[str], first: dt.date, last: dt.date) -> None:
    text = "\r\n".join(part)
    if kind == "VTIMEZONE":
        if len(parts.zones) < 30 and len(part) <= _LONGEST_PART:
            parts.zones.append(text)
        return
    start, rule, uid = _START.search(text), _RULE.search(text), _UID.search(text)
    if start is None or len(part) > _LONGEST_PART or int(start[1]) < _OLDEST:
        parts.left_out[_("sans date lisible")] += 1
        return
    if rule is not None and not is_known(rule[1].strip()):
        parts.left_out[_("d’une répétition qui n’est pas comprise")] += 1
        return
    # What happens once, another year, is not even read. A month of margin, for what lasts.
    year = f"{start[1]}-{start[2]}-{start[3]}"
    month = dt.timedelta(days=60)
    if rule is None and "RDATE" not in text and not str(first - month) <= year <= str(last):
        parts.left_out[_("hors de l’année scolaire")] += 1
        return
    name = uid[1].strip()[:250] if uid else hashlib.sha256(text.encode()).hexdigest()
    parts.events.setdefault(name, []).append(text)
    if len(parts.events) > MOST_KEPT:
        raise Refusal(
            _("Ce fichier contient plus de %(most)s évènements dans l’année scolaire. Importez un agenda plus petit.")
            % {"most": MOST_KEPT}
        )


def _event(uid: str, texts: list[str], zones: list[str], first: dt.date, last: dt.date) -> ReadEvent | str:
    """An event and the days that change apart, read together; or why it is left out."""
    named = {match[1].strip('"') for text in texts for match in re.finditer(r'TZID=("[^"]*"|[^;:]+)', text)}
    used = [zone for zone in zones if any(f"TZID:{name}" in zone for name in named)]
    whole = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *used, *texts, "END:VCALENDAR", ""])
    try:
        calendar = Calendar.from_ical(whole)
        found = recurring_ical_events.of(calendar).between(first, last + dt.timedelta(days=1))
        read_times = [_time(each) for each in found if str(each.get("STATUS", "")).upper() != "CANCELLED"]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
        # A library of dates says in many ways that a date is none.
        return _("qui ne se lisent pas")
    apart = {(each.starts_on, each.starts_at): each for each in read_times}
    times = sorted(apart.values(), key=lambda each: (each.starts_on, each.starts_at or dt.time.min))
    times = [
        each for each in times if first <= each.starts_on <= last and each.ends_on - each.starts_on <= dt.timedelta(60)
    ]
    if not times:
        return _("hors de l’année scolaire")
    master = next((each for each in calendar.walk("VEVENT") if "RECURRENCE-ID" not in each), found[0])
    rule = _RULE.search(texts[0])
    return ReadEvent(
        uid,
        _text(master, "SUMMARY", 120) or _("Sans titre"),
        _text(master, "LOCATION", 80),
        _text(master, "DESCRIPTION", 1000),
        tuple(times),
        bool(rule) and not has_end(rule[1] if rule else ""),
    )


def _time(event: Component) -> Time:
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND" if "DTEND" in event else "DTSTART")
    if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
        # Whole days end the morning after.
        return Time(start, max(start, end - dt.timedelta(days=1)), None, None)
    starts, ends = _in_paris(start), _in_paris(end)
    ends = max(starts, ends)
    return Time(starts.date(), ends.date(), starts.time().replace(second=0), ends.time().replace(second=0))


def _moment(event: Component, name: str) -> dt.date | dt.datetime:
    """A day, or an instant. Raises TypeError for anything else that a file may hold there."""
    moment = getattr(event[name], "dt", None)
    if not isinstance(moment, dt.date):
        raise TypeError(name)
    return moment


def _in_paris(at: dt.datetime) -> dt.datetime:
    """The local hour; an hour without a zone is the one written."""
    return (at.astimezone(clock.PARIS) if at.tzinfo else at).replace(tzinfo=None, microsecond=0)


def _text(event: Component, name: str, most: int) -> str:
    return " ".join(str(event.get(name, "")).split())[:most]


def _not_one() -> str:
    return _("Ce fichier n’est pas un agenda. Exportez l’autre agenda au format iCalendar (.ics), puis réessayez.")
