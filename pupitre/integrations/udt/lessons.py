"""Half-slots put together into lessons: consecutive forms of a day whose line says the same thing."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from pupitre.integrations.exchange.records import LessonRecord
from pupitre.integrations.exchange.timetables import Names, minutes_of, set_aside
from pupitre.integrations.exchange.verdicts import Finding
from pupitre.integrations.udt.tables import Row, Tables
from pupitre.integrations.udt.weeks import Calendar

_WHERE = "UDT"


class Period(NamedTuple):
    """The tables 12 and 23 that hold from an ISO week on; those of the beginning of the year have none."""

    week: int | None
    rows: dict[str, list[Row]]


class _Content(NamedTuple):
    """What a line of a form says, the same for all the half-slots of a lesson."""

    group: str
    subject: str
    teachers: tuple[str, ...]
    room: str


def read_lessons(
    tables: Tables, periods: list[Period], calendar: Calendar
) -> tuple[Names, list[LessonRecord], list[Finding]]:
    """The lessons of each period, in its weeks."""
    names, findings = Names(), list[Finding]()
    lines = _Lines(tables, names, findings)
    weeks: dict[tuple[_Content, int, dt.time, dt.time], list[dt.date]] = defaultdict(list)
    for period, mondays in _spans(periods, calendar):
        for lesson in lines.lessons(period):
            weeks[lesson] += mondays
    return names, [
        LessonRecord(
            content.group, content.subject, weekday, starts_at, ends_at, tuple(mondays), teachers=content.teachers,
            alternation="" if mondays else "H", classroom=content.room,
        )
        for (content, weekday, starts_at, ends_at), mondays in weeks.items()
    ], findings  # fmt: skip


def _spans(periods: list[Period], calendar: Calendar) -> list[tuple[Period, list[dt.date]]]:
    """The Mondays in which each period holds: until the next one begins."""
    mondays = calendar.mondays()
    dated = [(dt.date.min if each.week is None else calendar.begins(each.week), each) for each in periods]
    known = sorted(((first, each) for first, each in dated if first is not None), key=lambda pair: pair[0])
    ends = [first for first, _each in known[1:]] + [dt.date.max]
    return [
        (each, [day for day in mondays if first <= day < end]) for (first, each), end in zip(known, ends, strict=True)
    ]


class _Lines:
    def __init__(self, tables: Tables, names: Names, findings: list[Finding]) -> None:
        self._tables, self._names, self._findings = tables, names, findings
        self._rooms, self._teachers = tables.by_code("03"), tables.by_code("04")
        self._subjects = tables.by_code("05")
        self._across = {row["code"]: row.get("nom", "") for row in tables.of("13") if row.get("code")}
        self._parts = {(row.get("code_div", ""), row.get("code", "")): row for row in tables.of("19")}
        self._hours = {
            (row.get("code_jour", ""), row.get("code", ""), row.get("code_site", "")): row for row in tables.of("07")
        }
        self._forms = tables.by_code("11")

    def lessons(self, period: Period) -> list[tuple[_Content, int, dt.time, dt.time]]:
        """The lessons of a period: half-slots of one content that follow one another."""
        places: dict[tuple[_Content, int], set[tuple[int, int]]] = defaultdict(set)
        helpers = self._helpers(period.rows.get("23", self._tables.of("23")))
        for row in period.rows.get("12", self._tables.of("12")):
            content = self._content(row, helpers.get(row.get("code", ""), ()))
            place = self._place(row)
            if content is None or place is None:
                told = "n’a pas d’heure lisible" if place is None else "n’a pas de classe ou pas de matière"
                record = ", ".join(filter(None, (row.get("div"), row.get("mat")))) or f"Ligne {row.get('code', '')}"
                self._findings.append(set_aside(record, told, _WHERE, old=f"fiche {row.get('fic', '')}"))
                continue
            places[content, place[0]].add(place[1:])
        return [
            (content, day, _time(start), _time(end))
            for (content, day), slots in places.items()
            for start, end in _joined(slots)
        ]

    def _helpers(self, rows: list[Row]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row.get("lignefic", "")].append(row.get("prof", ""))
        return {line: tuple(codes) for line, codes in found.items()}

    def _content(self, row: Row, helpers: tuple[str, ...]) -> _Content | None:
        group, subject = self._group(row), self._subject(row.get("mat", ""))
        if not group or not subject:
            return None
        teachers = [key for code in (row.get("prof", ""), *helpers) if (key := self._teacher(code))]
        room = self._rooms.get(row.get("salle", ""), {}).get("nom", "")
        return _Content(group, subject, tuple(dict.fromkeys(teachers)), self._names.room(room))

    def _group(self, row: Row) -> str:
        division, part, across = row.get("div", ""), row.get("gpe", ""), row.get("rgpmt", "")
        if across not in ("", "0") and (told := self._across.get(across)):
            return self._names.group(f"[{told}]", told, is_part=True)
        if not division:
            return ""
        if part:
            sts = self._parts.get((division, part), {}).get("code_sts", "")
            return self._names.group(f"<{division}> {part}", *filter(None, (sts, f"{division} {part}")), is_part=True)
        return self._names.group(division)

    def _subject(self, code: str) -> str:
        row = self._subjects.get(code)
        return self._names.subject(row.get("libelle", "") or code, code, row.get("code_gep1", "")) if row else (
            self._names.subject(code, code) if code else ""
        )  # fmt: skip

    def _teacher(self, code: str) -> str:
        row = self._teachers.get(code)
        if row is None:
            return ""
        sts = row.get("epj", "")
        return self._names.teacher(row.get("nom", ""), row.get("prenom", ""), code=f"epp:{sts}" if sts else "")

    def _place(self, row: Row) -> tuple[int, int, int] | None:
        """Day, first and last minute of the half-slot of a line."""
        form = self._forms.get(row.get("fic", ""), {})
        day, slot, site = form.get("jour", ""), form.get("demi_seq", ""), form.get("site", "")
        hours = self._hours.get((day, slot, site)) or self._hours.get(("1", slot, site)) or {}
        start, end = minutes_of(hours.get("hre_deb", "")), minutes_of(hours.get("hre_fin", ""))
        if day not in {"1", "2", "3", "4", "5", "6", "7"} or start is None:
            return None
        end = end if end is not None else start + self._half_slot()
        return (int(day), start, end) if start < end < 24 * 60 else None

    def _half_slot(self) -> int:
        seconds = next((row.get("duree_seq", "") for row in self._tables.of("00")), "")
        return int(seconds) // 120 if seconds.isdecimal() else 30


def _joined(slots: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Half-slots that touch one another, put together."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(slots):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)
