"""The reasons that a school knows."""

from pupitre.attendance.models import AbsenceReason


def active_reasons() -> list[AbsenceReason]:
    """The reasons in use in the open school, in its own order; one statement."""
    return list(AbsenceReason.objects.filter(is_active=True).order_by("position", "pk"))


def reasons_for_families() -> list[AbsenceReason]:
    """Those that a family may choose; one statement."""
    return [each for each in active_reasons() if each.usable_by_families]
