"""From the events of an agenda to weekly lessons; an agenda says nothing of weeks before or after its own."""

import datetime as dt
import re
from collections import defaultdict
from typing import NamedTuple

from icalendar import Calendar

from pupitre.integrations.exchange.archives import label
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, LessonRecord, Reading
from pupitre.integrations.exchange.text import clean
from pupitre.integrations.exchange.timetables import Names, split_name
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.ics.events import Event, occurrences

_MOST_EVENTS = 20_000
_HEAD = 2000
_TITLE = re.compile(
    r"^(?:emploi du temps|edt|agenda|planning|calendrier)\b[\s:_-]*(?:de la classe|de|du|des)?[\s:_-]*", re.IGNORECASE
)


class _Slot(NamedTuple):
    """When and what, whoever teaches it and wherever."""

    weekday: int
    starts_at: dt.time
    ends_at: dt.time
    group: str
    subject: str


def recognises(opened: Opened) -> bool:
    """Whether a file is an agenda."""
    return opened.data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR")


def read(opened: Opened, *, uai: str) -> Reading:
    """Weekly lessons of an agenda, and what they name. Raises Rejected for what is too large, endless or empty."""
    if opened.data.upper().count(b"BEGIN:VEVENT") > _MOST_EVENTS:
        raise Rejected(
            f"Cet agenda contient plus de {_MOST_EVENTS} rendez-vous, il n’est pas lu. Exportez une seule année, ou une classe "
            "à la fois."
        )
    try:
        calendar = Calendar.from_ical(_whole(opened.data))
    except ValueError:
        raise Rejected("Cet agenda est coupé ou abîmé, rien n’en est lu. Exportez-le de nouveau.") from None
    title = clean(str(calendar.get("X-WR-CALNAME", ""))) or re.sub(
        r"\.ics$", "", label(opened.name), flags=re.IGNORECASE
    )
    events = list(occurrences(calendar, of=_TITLE.sub("", title.replace("_", " ")).strip()))
    if not events:
        raise Rejected(
            "Cet agenda ne contient aucun cours. Exportez l’emploi du temps d’une classe, d’un enseignant ou d’une salle."
        )
    names, findings = Names(), list[Finding]()
    lessons = _weekly(events, names, findings)
    mondays = [each.starts_at.date() - dt.timedelta(days=each.starts_at.weekday()) for each in events]
    first = min(mondays)
    return Reading(
        kind=Kind.ICS, name=opened.name, digest=opened.digest, year=first.year if first.month > 7 else first.year - 1,
        lessons=lessons, names=names.all(), span=(first, max(mondays)), findings=findings,
    )  # fmt: skip


def _whole(data: bytes) -> bytes:
    """Without mark nor blank lines; some exports forget the last line end."""
    return data.removeprefix(b"\xef\xbb\xbf").strip() + b"\r\n"


def _weekly(events: list[Event], names: Names, findings: list[Finding]) -> list[LessonRecord]:
    found: dict[_Slot, list[Event]] = defaultdict(list)
    for each in events:
        if each.group and each.subject:
            slot = _Slot(
                each.starts_at.isoweekday(), each.starts_at.time(), each.ends_at.time(), each.group, each.subject
            )
            found[slot].append(each)
    nameless = sum(not (each.group and each.subject) for each in events)
    alone = [slot for slot, those in found.items() if len({each.starts_at.date() for each in those}) < 2]
    _tell(nameless, len(alone), findings)
    return [
        lesson for slot, those in found.items() if slot not in set(alone) for lesson in _lessons(slot, those, names)
    ]


def _lessons(slot: _Slot, events: list[Event], names: Names) -> list[LessonRecord]:
    """One lesson for each room and set of teachers that the weeks of a slot have."""
    weeks: dict[tuple[tuple[str, ...], str], set[dt.date]] = defaultdict(set)
    for each in events:
        teachers = tuple(dict.fromkeys(names.teacher(*split_name(name)) for name in each.teachers))
        monday = each.starts_at.date() - dt.timedelta(days=each.starts_at.weekday())
        weeks[teachers, names.room(each.room)].add(monday)
    group, subject = names.group(slot.group), names.subject(slot.subject)
    return [
        LessonRecord(group, subject, slot.weekday, slot.starts_at, slot.ends_at, tuple(sorted(mondays)), teachers=teachers,
                     classroom=room)
        for (teachers, room), mondays in weeks.items()
    ]  # fmt: skip


def _tell(nameless: int, alone: int, findings: list[Finding]) -> None:
    if nameless:
        reason = (
            f"{nameless} rendez-vous ne disent pas leur classe ou leur matière, ils sont laissés de côté. Exportez l’agenda "
            "d’une classe, dont le nom est alors celui de l’agenda."
        )
        findings.append(Finding(Severity.QUARANTINE, "bad_lesson", "Agenda", reason))
    if alone:
        reason = (
            f"{alone} rendez-vous ne reviennent pas d’une semaine à l’autre : ce ne sont pas des cours de la semaine, ils sont "
            "laissés de côté. Un changement d’un jour se saisit dans l’emploi du temps."
        )
        findings.append(Finding(Severity.NOTICE, "not_weekly", "Agenda", reason))
