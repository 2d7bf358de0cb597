"""What is kept, and for how long: who sat and what was said, this school year and the one before."""

import datetime as dt

from pupitre.councils.models import Sitting
from pupitre.directory.years import year_end
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.ui.french import plural


def forget_old() -> int:
    """Delete the councils of the years before the last one, in the open school, with their members; how many."""
    limit = dt.date(year_end(clock.today()).year - 2, 9, 1)
    old = Sitting.objects.filter(term__ends_on__lt=limit)
    count: int = old.count()
    old.delete()
    return count


def forget_everywhere() -> list[str]:
    """The nightly chore of every school."""
    total = 0
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            total += forget_old()
    return (
        [f"Conseils de classe : {plural(total, 'conseil ancien effacé', 'conseils anciens effacés')}"] if total else []
    )
