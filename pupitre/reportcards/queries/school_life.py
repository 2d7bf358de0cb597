"""What a bulletin tells of absences: half-days by the rule of the school, and latenesses (ATT-20)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgspec
from django.db import connection

from pupitre.attendance.half_days import Standing
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.reportcards import sql


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


class _Read(msgspec.Struct, frozen=True, gc=False):
    half_days: list[tuple[int, int, str]]
    lates: list[tuple[int, int]]


_decode = msgspec.json.Decoder(_Read).decode


def missed_by(students: Collection[int], term: Term) -> Mapping[int, Missed]:
    """What each of these students missed in a term, as the table of half-days has it; one statement."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "students": list(students), "first": term.starts_on, "last": term.ends_on,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.MISSED, facts)
        read = _decode(cursor.fetchone()[0])
    sums: dict[int, dict[str, Fraction]] = defaultdict(dict)
    for student, standing, total in read.half_days:
        sums[student][_NAMES[standing]] = Fraction(total)
    lates = dict(read.lates)
    return {each: Missed(**sums[each], lates=lates.get(each, 0)) for each in students}
