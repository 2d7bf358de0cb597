"""Punishments are kept for the current school year and the one before, then deleted with their sittings and readings."""

from pupitre.discipline.models import Punishment
from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import audit, clock


def forget_old() -> int:
    """Delete the punishments of the open school that are kept no more; how many. None outside a school year."""
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    if year is None:
        return 0
    since = year.starts_on.replace(year=year.starts_on.year - 1, day=1)
    old = Punishment.objects.filter(happened_on__lt=since)
    count: int = old.count()
    if count:
        old.delete()
        school = current_establishment_id()
        audit.record(None, "discipline.forget", None, establishment_id=school, punishments=count)
    return count


def forget_everywhere() -> int:
    """The same in every school, each in its own transaction."""
    count = 0
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            count += forget_old()
    return count
