"""What is kept, and for how long: this school year and the one before; a file that nobody applied, a week."""

import datetime as dt

from pupitre.agenda.models import Event, ImportedCalendar
from pupitre.directory.years import year_end
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.ui.french import plural

PENDING = dt.timedelta(days=7)


def forget_old() -> int:
    """Delete what ended before last year began, in the open school; how many events."""
    end = year_end(clock.today())
    limit = dt.date(end.year - 2, 9, 1)
    old = (
        Event.objects.filter(ends_on__lt=limit)
        .exclude(repeats_until_on__gte=limit)
        .exclude(occurrences__ends_on__gte=limit)
    )
    count = old.count()
    old.delete()
    ImportedCalendar.objects.filter(pending_at__lt=clock.now() - PENDING).update(pending=None, pending_at=None)
    return count


def forget_everywhere() -> list[str]:
    """The nightly chore of every school."""
    total = 0
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            total += forget_old()
    return [f"Agenda : {plural(total, 'évènement ancien effacé', 'évènements anciens effacés')}"] if total else []
