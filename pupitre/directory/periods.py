"""Rows that hold from a day to another, both included."""

import datetime as dt

from django.db.models import Q


def held_on(day: dt.date) -> Q:
    """Rows with `starts_on` and `ends_on` (open when null) that hold on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
