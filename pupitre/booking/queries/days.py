"""The days of a booking: one, or one a week until a date, within the school year and without the days closed."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.booking.refusals import Refusal
from pupitre.establishments.models import Closure, SchoolYear
from pupitre.foundation.ui.french import day, day_year


def days_of(on: dt.date, until: dt.date | None) -> list[dt.date]:
    """The days asked for; closed ones are left out of a series. Two statements. Raises Refusal."""
    year = SchoolYear.objects.filter(starts_on__lte=on, ends_on__gte=on).first()
    if year is None:
        raise Refusal(_("Ce jour n’est dans aucune année scolaire connue : choisissez-en un autre."))
    if until is None:
        _check_open(on)
        return [on]
    if until < on:
        raise Refusal(
            _("La répétition finit avant de commencer : choisissez un jour après le %(day)s.") % {"day": day(on)}
        )
    if until > year.ends_on:
        facts = {"day": day_year(year.ends_on)}
        raise Refusal(_("Une réservation se répète jusqu’à la fin de l’année scolaire, le %(day)s.") % facts)
    weeks = (until - on).days // 7
    every = [on + dt.timedelta(days=7 * week) for week in range(weeks + 1)]
    closures = list(Closure.objects.filter(starts_on__lte=until, ends_on__gte=on))
    found = [each for each in every if not any(one.starts_on <= each <= one.ends_on for one in closures)]
    if not found:
        raise Refusal(_("Il n’y a pas cours ces jours-là : choisissez d’autres dates."))
    return found


def _check_open(on: dt.date) -> None:
    closed = Closure.objects.filter(starts_on__lte=on, ends_on__gte=on).first()
    if closed:
        raise Refusal(
            _("Il n’y a pas cours ce jour-là (%(label)s) : choisissez-en un autre.") % {"label": closed.label}
        )
