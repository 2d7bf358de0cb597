"""The report of the year to the governing board (ATT-28): rates by class, by level and by month, steps taken, the survey's share.

The rate is the half-days missed, as they are stored, over those that students had with lessons. Until yesterday: today is not
over.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Count, Q, Subquery

from pupitre.attendance.models import AlertStep, AttendanceRules, RollCall
from pupitre.attendance.national import Reference, references_for
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.sql_annual import ANNUAL
from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock


@dataclass(slots=True)
class Sums:
    """Half-days of some students over some time: due, and missed by standing; `students` had some."""

    due: int = 0
    students: int = 0
    missed: dict[int, float] = field(default_factory=lambda: {0: 0.0, 1: 0.0, 2: 0.0})

    @property
    def all_missed(self) -> float:
        """Whatever the standing."""
        return sum(self.missed.values())

    def rate(self, *standings: int) -> float | None:
        """In hundredths; None when nothing was due. Without a standing, all of them."""
        found = sum(self.missed[each] for each in standings) if standings else self.all_missed
        return 100 * found / self.due if self.due else None

    def add(self, other: "Sums") -> None:
        """Add others up; their students are others too."""
        self.due += other.due
        self.students += other.students
        for standing, count in other.missed.items():
            self.missed[standing] += count


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its sums, and how many students reached the first threshold in it."""

    first: dt.date
    sums: Sums
    over: int

    @property
    def share(self) -> float | None:
        """The share of students that the ministry's survey asks, in hundredths."""
        return 100 * self.over / self.sums.students if self.sums.students else None


@dataclass(frozen=True, slots=True)
class Row:
    """A class or a level."""

    label: str
    level: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Annual:
    """The whole report. `steps`: reports to the academy, commissions, referrals to the prosecutor, by kind."""

    year: SchoolYear
    years: Sequence[SchoolYear]
    school: Establishment
    until: dt.date
    # Registers of the year that were never taken.
    missing: int
    rules: AttendanceRules
    whole: Sums
    months: Sequence[Month]
    # Months of which nothing is known: no register was taken, no absence was taken over.
    silent: Sequence[dt.date]
    divisions: Sequence[Row]
    levels: Sequence[Row]
    steps: dict[str, int]
    references: Sequence[Reference]

    @property
    def above(self) -> list[Row]:
        """The classes whose rate is above the school's, the highest first."""
        mean = self.whole.rate() or 0
        found = [row for row in self.divisions if (row.sums.rate() or 0) > mean]
        return sorted(found, key=lambda row: -(row.sums.rate() or 0))

    @property
    def share(self) -> float | None:
        """The mean share of the months, as the survey gives it for a year."""
        known = [month.share for month in self.months if month.share is not None]
        return sum(known) / len(known) if known else None


def annual_report(asked: int | None) -> Annual | None:
    """The report of the year asked for, or of the current one; five statements. None when the school has no year."""
    years = list(SchoolYear.objects.order_by("-year"))
    today = clock.today()
    begun = [each for each in years if each.starts_on < today]
    year = next((each for each in begun if each.year == asked), begun[0] if begun else None)
    if year is None:
        return None
    rules, until = rules_of_school(), min(year.ends_on, today - dt.timedelta(days=1))
    school = _school(year, until)
    parameters = {
        "school": school.pk, "first": year.starts_on, "last": until, "cut": school.half_day_cut, "method": rules.method,
        "threshold": rules.first_threshold, "year": year.pk,
    }  # fmt: skip
    read = _read(parameters)
    cells, silent = _cells(read)
    over = dict(read.over)
    divisions = [Row(label, level, _total(cells[pk].values())) for pk, label, level in read.levels if pk in cells]
    return Annual(
        year, begun, school, until, school.missing or 0, rules,
        whole=_whole(cells),
        months=[_month(first, cells, over) for first in sorted({month for each in cells.values() for month in each})],
        silent=silent,
        divisions=divisions,
        levels=_levels(divisions),
        steps=_steps(year, until),
        references=references_for(school.kind),
    )  # fmt: skip


class _Read(msgspec.Struct, frozen=True, gc=False):
    """What `ANNUAL` gives."""

    due: list[tuple[int | None, dt.date, int, int, bool]]
    missed: list[tuple[int | None, dt.date, int, float]]
    over: list[tuple[dt.date, int]]
    levels: list[tuple[int, str, str]]


_decode = msgspec.json.Decoder(_Read).decode
Cells = dict[int | None, dict[dt.date, Sums]]
"""Sums by class and month; None holds those who had no class."""


def _cells(read: _Read) -> tuple[Cells, list[dt.date]]:
    """The sums, without the months of which nothing is known, and these months: nobody away would be said of them."""
    due, missed = read.due, read.missed
    known = {row[1] for row in missed} | {row[1] for row in due if row[4]}
    cells: Cells = defaultdict(lambda: defaultdict(Sums))
    for group, month, count, students, _taken in due:
        if month in known:
            cells[group][month].due, cells[group][month].students = count, students
    for group, month, standing, worth in missed:
        cells[group][month].missed[standing] += worth
    return cells, sorted({row[1] for row in due} - known)


def _school(year: SchoolYear, until: dt.date) -> Any:
    """The school, with how many registers of the year were never taken; one statement."""
    forgotten = (
        RollCall.objects.filter(held_on__range=(year.starts_on, until), state=RollCall.State.PREPARED)
        .exclude(student_ids=[]).order_by().values("establishment").annotate(n=Count("pk")).values("n")
    )  # fmt: skip
    return Establishment.objects.annotate(missing=Subquery(forgotten)).get(pk=current_establishment_id())


def _month(first: dt.date, cells: Cells, over: dict[dt.date, int]) -> Month:
    sums = Sums()
    for months in cells.values():
        if first in months:
            sums.add(months[first])
    return Month(first, sums, over.get(first, 0))


def _total(months: Iterable[Sums]) -> Sums:
    """A class over the year: its students are those of the month that had most."""
    found, most = Sums(), 0
    for each in months:
        found.add(each)
        most = max(most, each.students)
    found.students = most
    return found


def _whole(cells: Cells) -> Sums:
    found = Sums()
    for months in cells.values():
        found.add(_total(months.values()))
    return found


def _levels(divisions: Sequence[Row]) -> list[Row]:
    found: dict[str, Sums] = defaultdict(Sums)
    for row in divisions:
        found[row.level].add(row.sums)
    return [Row(level, level, sums) for level, sums in sorted(found.items()) if level]


def _steps(year: SchoolYear, until: dt.date) -> dict[str, int]:
    """How many steps of each kind were taken in the year; one statement."""
    kinds = AlertStep.Kind
    within = Q(done_on__range=(year.starts_on, max(until, clock.today())))
    counted = AlertStep.objects.filter(within).aggregate(
        **{
            kind.value: Count("pk", filter=Q(kind=kind))
            for kind in (kinds.TEAM, kinds.REPORT, kinds.COMMISSION, kinds.PROSECUTOR)
        }
    )
    return {str(name): int(number) for name, number in counted.items()}


def _read(parameters: dict[str, Any]) -> _Read:
    with connection.cursor() as cursor:
        cursor.execute(ANNUAL, parameters)
        return _decode(cursor.fetchone()[0])
