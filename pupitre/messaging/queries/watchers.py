"""Who looks after messages in the open school."""

from django.db.models import Q

from pupitre.directory.models import Affiliation, Grant
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import CAPABILITIES, STAFF
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock

_CPE = ("CPE", "conseiller principal d", "conseillère principale d")


def holders_of(capability: str) -> list[int]:
    """The people who hold a right here today, by what they are or by gift; two statements."""
    school, today = current_establishment_id(), clock.today()
    profiles = [profile for profile, rights in CAPABILITIES.items() if capability in rights]
    here = Affiliation.objects.filter(held_on(today), establishment=school)
    given = Grant.objects.filter(held_on(today), establishment=school, capability=capability)
    at_work = here.filter(profile__in=STAFF)
    holds = Q(profile__in=profiles) | Q(pk__in=at_work.filter(person__in=given.values("person")).values("pk"))
    return sorted(set(here.filter(holds).values_list("person_id", flat=True)))


def school_life_heads() -> list[int]:
    """The CPEs; the whole school-life office when no function says who they are. One statement."""
    rows = Affiliation.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(), profile="school_life"
    ).values_list("person_id", "function")
    office = dict(rows)
    heads = [pk for pk, function in office.items() if function.casefold().startswith(tuple(map(str.casefold, _CPE)))]
    return sorted(heads or office)
