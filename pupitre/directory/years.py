"""The end of a school year, for what the school gives until then: the 31st of August (STS), whatever the last lesson."""

import datetime as dt

RENEWAL = dt.timedelta(days=92)
"""How long before the end of a year the next one may be promised: from the first of June."""


def year_end(day: dt.date) -> dt.date:
    """The last day of the school year of `day`."""
    return dt.date(day.year + (day.month > 8), 8, 31)


def last_day_to_give(day: dt.date) -> dt.date:
    """Until when something may be given on `day`: the end of the year, or of the next one once it is near."""
    return year_end(day + RENEWAL)
