"""The individual file of a student's absences in the year (ATT-25): absences, what was told to the family, what was decided.

Source: Code de l’éducation, R131-6; circulaire 2014-159. The family may read it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pupitre.attendance.half_days import Method, Standing
from pupitre.attendance.models import AbsenceCase, AlertStep, CountedHalfDay, FamilyContact
from pupitre.attendance.queries.cases import names_of
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.transitions import OVER
from pupitre.directory.models import Student


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence and what it counts for."""

    case: AbsenceCase
    half_days: Fraction


@dataclass(frozen=True, slots=True)
class Told:
    """What was told to the family, or tried: to whom and by whom."""

    contact: FamilyContact
    people: Sequence[str]
    author: str


@dataclass(frozen=True, slots=True)
class YearFile:
    """The file: half-days by standing, absences, contacts and measures, each in the order of time."""

    student: Student
    totals: dict[int, Fraction]
    absences: Sequence[Absence]
    contacts: Sequence[Told]
    steps: Sequence[AlertStep]


def year_file_of(student: Student, first: dt.date, last: dt.date, *, with_notes: bool) -> YearFile:
    """The file of a student between two days; six statements. `with_notes`: the office's own notes among the measures."""
    method = Method(rules_of_school().method).value
    counts = list(
        CountedHalfDay.objects.filter(student=student, missed_on__range=(first, last)).values_list(
            "missed_on", "standing", method
        )
    )
    cases = AbsenceCase.objects.filter(student=student, ends_on__gte=first, starts_on__lte=last).exclude(state__in=OVER)
    contacts = list(
        FamilyContact.objects.filter(student=student, about_on__range=(first, last)).order_by("at", "pk")
    )  # fmt: skip
    names = names_of([pk for each in contacts for pk in (*each.guardian_ids, each.author_id)])
    steps = AlertStep.objects.filter(alert__student=student, done_on__range=(first, last))
    steps = steps if with_notes else steps.exclude(kind=AlertStep.Kind.NOTE)
    totals = dict.fromkeys((each.value for each in Standing), Fraction(0))
    for _on, standing, worth in counts:
        totals[standing] += Fraction(worth)
    return YearFile(
        student,
        totals,
        [
            Absence(
                case, sum((Fraction(n) for on, _s, n in counts if case.starts_on <= on <= case.ends_on), Fraction(0))
            )
            for case in cases.select_related("reason").order_by("starts_on", "starts_at")
        ],
        [
            Told(each, [names[pk] for pk in each.guardian_ids if pk in names], names.get(each.author_id or 0, ""))
            for each in contacts
        ],
        list(steps.select_related("alert").order_by("done_on", "pk")),
    )
