"""The reasons that a school knows."""

from dataclasses import dataclass

from django.db.models import Count

from pupitre.attendance.models import AbsenceReason


@dataclass(frozen=True, slots=True)
class ReasonUse:
    """A reason, and how many dossiers have it."""

    reason: AbsenceReason
    uses: int


def active_reasons() -> list[AbsenceReason]:
    """The reasons in use in the open school, in its own order; one statement."""
    return list(AbsenceReason.objects.filter(is_active=True).order_by("position", "pk"))


def reasons_for_families() -> list[AbsenceReason]:
    """Those that a family may choose; one statement."""
    return [each for each in active_reasons() if each.usable_by_families]


def reasons_with_use() -> list[ReasonUse]:
    """Every reason, those in use first; one statement."""
    rows = AbsenceReason.objects.annotate(uses=Count("cases")).order_by("-is_active", "position", "pk")
    return [ReasonUse(row, row.uses) for row in rows]
