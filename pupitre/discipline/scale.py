"""The scale of sanctions, as data: what each may last, who decides it, what may be suspended. No query.

Source: Code de l’éducation, R511-13 in force since 1 September 2019 (décret n° 2019-906, art. 7): the list, eight days,
twenty hours, « les sanctions prévues aux 3° à 6° peuvent être assorties du sursis »; R511-14 (the head alone decides all of
them but the last); R421-10-1 (at least two working days to answer).
"""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_DAYS, MOST_HOURS = 8, 20
DAYS_TO_ANSWER = 2
DAYS_TO_SUMMON, DAYS_TO_APPEAL = 5, 8
"""From the summons to the session of the conseil de discipline (D511-31); from the notification to the appeal (R511-49)."""


class Kind(models.TextChoices):
    """The six sanctions, in their order."""

    WARNING = "warning", _("Avertissement")
    REPRIMAND = "reprimand", _("Blâme")
    RESPONSIBILITY = "responsibility", _("Mesure de responsabilisation")
    CLASS_EXCLUSION = "class_exclusion", _("Exclusion temporaire de la classe")
    SCHOOL_EXCLUSION = "school_exclusion", _("Exclusion temporaire de l’établissement ou d’un service annexe")
    EXPULSION = "expulsion", _("Exclusion définitive")


SUSPENDABLE = frozenset({Kind.RESPONSIBILITY, Kind.CLASS_EXCLUSION, Kind.SCHOOL_EXCLUSION, Kind.EXPULSION})
"""Sursis: the third to the sixth alone."""
TEMPORARY = frozenset({Kind.CLASS_EXCLUSION, Kind.SCHOOL_EXCLUSION})


def last_appeal_day(notified_on: dt.date, *, by_council: bool) -> dt.date:
    """The last day to contest, from the day of the written notification, which does not count.

    Of the council, before the recteur: eight days (R511-49). Of the head alone, before the administrative court: two months,
    neither the first day nor the last counted (code de justice administrative, R421-1). A delay that ends on a closed day
    may run longer: the day given is the earliest end.
    """
    if by_council:
        return notified_on + dt.timedelta(days=DAYS_TO_APPEAL)
    years, month = divmod(notified_on.month + 1, 12)
    first = dt.date(notified_on.year + years, month + 1, 1)
    length = ((first + dt.timedelta(days=31)).replace(day=1) - first).days
    return first.replace(day=min(notified_on.day, length)) + dt.timedelta(days=1)


def length_in_days(starts_on: dt.date, ends_on: dt.date) -> int:
    """Days of an exclusion, the first and the last included, closed days too: never more than the text allows."""
    return (ends_on - starts_on).days + 1


def earliest_decision(heard_on: dt.date) -> dt.date:
    """The first day on which the head may decide alone: two whole working days after the student was told the facts.

    Sundays are not working days; public holidays are not known here and are for the head to count.
    """
    day, left = heard_on, DAYS_TO_ANSWER
    while left:
        day += dt.timedelta(days=1)
        left -= day.isoweekday() < 7
    return day + dt.timedelta(days=1)
