"""Files that nobody came back to, and lines left aside long ago, are forgotten. Every night, safe to do twice."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.takeover.models import LineIssue, TakeOver
from pupitre.integrations.takeover.services.receiving import OPEN

WAITS = dt.timedelta(days=30)
"""How long a file waits for somebody: it names minors, and its bytes are kept meanwhile."""
KEPT = dt.timedelta(days=365)


def forget_everywhere() -> list[str]:
    """Give up the files that waited too long, and forget the lines of a year ago; tells the schools where it did."""
    told = []
    for pk, uai in Establishment.objects.filter(is_open=True).values_list("pk", "uai"):
        with scope(pk):
            count = _forget(clock.now())
        if count:
            told.append(_("%(uai)s : %(n)s fichiers de reprise oubliés.") % {"uai": uai, "n": count})
    return told


def _forget(now: dt.datetime) -> int:
    waiting = TakeOver.objects.filter(state__in=OPEN, created_at__lt=now - WAITS)
    LineIssue.objects.filter(take_over__in=waiting.values("pk")).delete()
    LineIssue.objects.filter(take_over__created_at__lt=now - KEPT).delete()
    return int(waiting.update(state=TakeOver.State.ABANDONED, data=None, ended_at=now))
