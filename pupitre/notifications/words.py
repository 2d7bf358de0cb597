"""A table of hours as people say it: « de 7 h à 20 h, du lundi au vendredi »."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import DAYS, hour
from pupitre.notifications.quiet_hours import Opening, QuietHours


def sentence_of(rules: QuietHours) -> str:
    """When families are reached: the days of the same hours together, the others after."""
    parts = []
    for opening, days in groupby(range(7), key=lambda day: rules.week[day]):
        if opening is not None:
            parts.append(f"{_hours(opening)}, {_days(list(days))}")
    return _(" ; ").join(parts)


def _hours(opening: Opening) -> str:
    closes = _("minuit") if not (opening.closes.hour or opening.closes.minute) else hour(opening.closes)
    return _("de %(opens)s à %(closes)s") % {"opens": hour(opening.opens), "closes": closes}


def _days(days: Sequence[int]) -> str:
    if len(days) == 7:
        return _("tous les jours")
    if len(days) == 1:
        return _("le %(day)s") % {"day": DAYS[days[0]]}
    joined = _("du %(first)s au %(last)s") if len(days) > 2 else _("le %(first)s et le %(last)s")
    return joined % {"first": DAYS[days[0]], "last": DAYS[days[-1]]}
