"""Writing when an event happens: each time of the year, the days off left out, with the instant of its reminder."""

import datetime as dt
from collections.abc import Sequence

from pupitre.agenda.models import Event, Occurrence
from pupitre.agenda.recurrence import days_of
from pupitre.directory.years import year_end
from pupitre.establishments.models import Closure, SchoolYear
from pupitre.foundation import clock

_MORNING = dt.time(8)


def last_day_of_year(day: dt.date) -> dt.date:
    """The last day of the school year of a day: nothing repeats beyond it; one statement."""
    year = SchoolYear.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    return year.ends_on if year else year_end(day)


def write_occurrences(event: Event) -> int:
    """Write the times an event happens, in place of those that were; how many. Four statements."""
    days = _days(event)
    span = event.ends_on - event.starts_on
    Occurrence.objects.filter(event=event).delete()
    rows = [
        Occurrence(
            establishment_id=event.establishment_id,
            event=event,
            starts_on=day,
            ends_on=day + span,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            remind_at=remind_at(event, day),
        )
        for day in days
    ]
    Occurrence.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _days(event: Event) -> Sequence[dt.date]:
    if not event.rule:
        return [event.starts_on]
    last = event.repeats_until_on or last_day_of_year(event.starts_on)
    days = [day for day in days_of(event.rule, event.starts_on, last) if day not in set(event.skipped_days)]
    if not event.open_days_only:
        return days
    closures = list(Closure.objects.filter(starts_on__lte=last, ends_on__gte=event.starts_on))
    return [day for day in days if not any(each.starts_on <= day <= each.ends_on for each in closures)]


def remind_at(event: Event, day: dt.date) -> dt.datetime | None:
    """When a reminder of a day leaves; none when nobody asked for it, or when it is past."""
    if event.remind_minutes is None:
        return None
    start = dt.datetime.combine(day, event.starts_at or _MORNING, clock.PARIS)
    at = start - dt.timedelta(minutes=event.remind_minutes)
    return at if at > clock.now() else None
