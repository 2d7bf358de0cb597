"""Until when work is handed in. Pure: dates in, instants out."""

import datetime as dt

from pupitre.foundation import clock


def deadline_of(on: dt.date, at: dt.time | None) -> dt.datetime:
    """The instant after which a copy is late: the hour of the lesson, or the end of the day."""
    return dt.datetime.combine(on, at or dt.time(23, 59, 59), clock.PARIS)


def late_until(on: dt.date, at: dt.time | None, days: int) -> dt.datetime | None:
    """The last instant at which a late copy is received; None when none is."""
    return deadline_of(on, at) + dt.timedelta(days=days) if days else None
