"""Who sits in the council of a class, and who might."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from pupitre.councils.models import Member
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Group, Guardianship, Membership, Person
from pupitre.directory.periods import held_on
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock

_ORDER = {role: place for place, role in enumerate(Member.Role.values)}


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those who may be named delegates: students of the class, and their guardians."""

    students: Sequence[Person]
    guardians: Sequence[Person]


def members_of(term: int, division: int) -> list[Member]:
    """Those who sit in the council of a class, by role then by name; one statement."""
    rows = Member.objects.filter(sitting__term=term, sitting__division=division).select_related("person")
    return sorted(rows, key=lambda each: (_ORDER[each.role], each.person.sort_key))


def candidates_of(division: Group) -> Candidates:
    """Two statements."""
    today = clock.today()
    here = Membership.objects.filter(held_on(today), group=division, student__person=OuterRef("pk"))
    students = list(Person.objects.filter(Exists(here)).order_by("sort_key"))
    links = Guardianship.objects.filter(
        open_on(today), establishment=current_establishment_id(), student__in=students, guardian=OuterRef("pk")
    )
    return Candidates(students, list(Person.objects.filter(Exists(links), is_organisation=False).order_by("sort_key")))
