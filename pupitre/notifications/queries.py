"""What somebody is told, and what a school decided."""

from zoneinfo import ZoneInfo

from pupitre.establishments.models import Establishment
from pupitre.notifications.models import SchoolHours
from pupitre.notifications.quiet_hours import DEFAULT_WEEK, Opening, QuietHours, Week


def hours_of(establishment_id: int) -> QuietHours:
    """The quiet hours of the open school: its own table, else the national one; two statements."""
    zone = Establishment.objects.values_list("timezone", flat=True).get(pk=establishment_id)
    return QuietHours(week_of(SchoolHours.objects.first()), ZoneInfo(zone))


def week_of(table: SchoolHours | None) -> Week:
    """The openings of a table; those of the circular when the school has none."""
    if table is None:
        return DEFAULT_WEEK
    pairs = zip(table.opens, table.closes, strict=True)
    return tuple(
        Opening(opens, closes) if opens is not None and closes is not None else None for opens, closes in pairs
    )
