"""What a bulletin tells of absences: half-days by the rule of the school, and latenesses (ATT-20)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Sum

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import AbsenceEntry, CountedHalfDay
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.establishments.models import Term


@dataclass(frozen=True, slots=True)
class Missed:
    """Half-days of a term: justified, unjustified, waiting for the office; and latenesses."""

    justified: Fraction = Fraction()
    unjustified: Fraction = Fraction()
    pending: Fraction = Fraction()
    lates: int = 0


_NAMES = {
    Standing.JUSTIFIED.value: "justified", Standing.UNJUSTIFIED.value: "unjustified", Standing.PENDING.value: "pending",
}  # fmt: skip


def missed_by(students: Collection[int], term: Term) -> Mapping[int, Missed]:
    """What each of these students missed in a term, as the table of half-days has it; three statements."""
    days = (term.starts_on, term.ends_on)
    counted = CountedHalfDay.objects.filter(student__in=students, missed_on__range=days)
    sums: dict[int, dict[str, Fraction]] = defaultdict(dict)
    method = rules_of_school().method
    rows = counted.values("student", "standing").annotate(total=Sum(method))
    for student, standing, total in rows.values_list("student", "standing", "total"):
        sums[student][_NAMES[standing]] = Fraction(total)
    late = AbsenceEntry.objects.filter(
        student__in=students, away_on__range=days, kind=AbsenceEntry.Kind.LATENESS, cancelled_at=None
    )
    lates = dict(late.values("student").annotate(n=Count("pk")).values_list("student", "n"))
    return {each: Missed(**sums[each], lates=lates.get(each, 0)) for each in students}
