"""The events of an agenda one by one, in local time: repetitions laid out, cancelled and whole-day ones left out."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from icalendar import Calendar, Component

from pupitre.agenda.recurrence import is_known, moments_of
from pupitre.directory.names import fold
from pupitre.foundation.ui.french import PARIS
from pupitre.integrations.exchange.text import clean
from pupitre.integrations.exchange.verdicts import Rejected

_MOST, _MOST_OF_ONE = 60_000, 400
_LONGEST = dt.timedelta(hours=12)
_YEAR = dt.timedelta(days=366)
_TOO_OFTEN = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_CANCELLED = re.compile(r"\b(?:annule|supprime|prof\.? absent|professeur absent|absent\b)")
_FIELD = re.compile(r"^\s*([^:\n]{2,30}?)\s*:\s*(.+?)\s*$", re.MULTILINE)
_FIELDS = {"matiere": "subject", "professeur": "teacher", "professeurs": "teacher", "enseignant": "teacher", "enseignants":
           "teacher", "salle": "room", "salles": "room", "classe": "group", "classes": "group", "groupe": "part"}  # fmt: skip


class Event(NamedTuple):
    """One lesson of one day."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    subject: str
    group: str
    teachers: tuple[str, ...]
    room: str


def occurrences(calendar: Calendar, *, of: str) -> Iterator[Event]:
    """Every lesson of an agenda. `of`: whose agenda it is, for events that do not say their class.

    Raises Rejected for what repeats more often than a lesson can.
    """
    count = 0
    instead: dict[str, set[dt.datetime]] = defaultdict(set)
    events = [each for each in calendar.walk("VEVENT") if _is_lesson(each)]
    for each in events:
        if "RECURRENCE-ID" in each:
            instead[str(each.get("UID", ""))].add(_local(each.decoded("RECURRENCE-ID")))
    for each in events:
        start, end = _local(each.decoded("DTSTART")), _end(each)
        if end is None or not dt.timedelta(0) < end - start <= _LONGEST or _is_cancelled(each):
            continue
        others = instead[str(each.get("UID", ""))] if "RECURRENCE-ID" not in each else set()
        for at in _dates(each, start):
            count += 1
            if count > _MOST:
                raise _endless()
            if at not in others and at.date() == (at + (end - start)).date():
                yield _event(each, at, at + (end - start), of)


def _is_lesson(event: Component) -> bool:
    """Whether an event has an hour: holidays last whole days."""
    try:
        return isinstance(event.decoded("DTSTART"), dt.datetime)
    except (KeyError, ValueError, AttributeError):
        return False


def _end(event: Component) -> dt.datetime | None:
    try:
        if "DTEND" in event:
            end = event.decoded("DTEND")
            return _local(end) if isinstance(end, dt.datetime) else None
        return _local(event.decoded("DTSTART")) + event.decoded("DURATION")
    except (KeyError, ValueError, AttributeError, TypeError):
        return None


def _local(moment: Any) -> dt.datetime:
    """Without zone, as read on the clock of the school; to the minute."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    moment = moment.astimezone(PARIS) if moment.tzinfo else moment
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _dates(event: Component, start: dt.datetime) -> Iterator[dt.datetime]:
    """When an event takes place: at most a year, a few hundred times; once when its rule is not one of agendas."""
    rules = event.get("RRULE", [])
    rules = [_rule(each) for each in (rules if isinstance(rules, list) else [rules])]
    also = list(_moments(event, "RDATE"))
    if "RECURRENCE-ID" in event or not (rules or also) or not all(map(is_known, rules)):
        yield start
        return
    without = list(_moments(event, "EXDATE"))
    try:
        # Laid out on the clock of the school: 8 o’clock stays 8 o’clock in winter, whatever the zone of the file.
        found = {
            at for each in rules or [""] for at in moments_of(each, start, start + _YEAR, without=without, also=also)
        }
    except (ValueError, OverflowError):
        yield start
        return
    yield from sorted(found)[:_MOST_OF_ONE]


def _rule(told: Any) -> str:
    """A rule as text, its end on the clock of the school. Raises Rejected for what repeats within a day."""
    if {str(each).upper() for each in told.get("FREQ", [])} & _TOO_OFTEN:
        raise _endless()
    parts = {
        name: ",".join(map(str, told[name]))
        for name in sorted(told, key=lambda name: name != "FREQ")
        if name != "UNTIL"
    }
    until = [
        _local(each) if isinstance(each, dt.datetime) else dt.datetime.combine(each, dt.time.max)
        for each in told.get("UNTIL", [])
    ]
    if until:
        parts["UNTIL"] = f"{min(until):%Y%m%dT%H%M%S}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _moments(event: Component, name: str) -> Iterator[dt.datetime]:
    told = event.get(name, [])
    for each in told if isinstance(told, list) else [told]:
        yield from (_local(moment.dt) for moment in getattr(each, "dts", ()) if isinstance(moment.dt, dt.date))


def _is_cancelled(event: Component) -> bool:
    status = str(event.get("STATUS", "")).upper()
    return status == "CANCELLED" or bool(_CANCELLED.search(fold(str(event.get("SUMMARY", "")))))


def _event(event: Component, start: dt.datetime, end: dt.datetime, of: str) -> Event:
    """What a description says field by field, else the summary (« FRANCAIS - Mme ROUX ») and the place."""
    said = {_FIELDS[name]: value for label, value in _FIELD.findall(clean(str(event.get("DESCRIPTION", ""))))
            if (name := fold(label)) in _FIELDS}  # fmt: skip
    pieces = [each.strip() for each in clean(str(event.get("SUMMARY", ""))).split(" - ")]
    teacher = said.get("teacher") or (pieces[1] if len(pieces) > 1 else "")
    room = said.get("room") or clean(str(event.get("LOCATION", "")))
    return Event(
        start, end, said.get("subject") or pieces[0], said.get("part") or said.get("group") or of,
        tuple(each.strip() for each in re.split(r"[,/]", teacher) if each.strip()), room.split(",")[0].strip(),
    )  # fmt: skip


def _endless() -> Rejected:
    return Rejected(
        "Cet agenda répète un rendez-vous plus souvent qu’un cours ne peut avoir lieu, il n’est pas lu. Exportez l’emploi du "
        "temps depuis le logiciel qui le tient."
    )
