"""Names and roles that pages of the room show."""

from collections.abc import Iterable

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.profiles import Profile
from pupitre.discipline.people import roles_here

_SUPERVISORS = (Profile.SCHOOL_LIFE, Profile.TEACHER, Profile.SUPPORT, Profile.HEAD)


def supervisors() -> list[Person]:
    """Those who may look after a detention, the school-life office first; one statement."""
    rows = roles_here().filter(profile__in=_SUPERVISORS).select_related("person")
    found: dict[int, Affiliation] = {}
    for role in sorted(rows, key=lambda each: (each.profile != Profile.SCHOOL_LIFE, each.person.sort_key)):
        found.setdefault(role.person_id, role)
    return [role.person for role in found.values()]


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """How people are called, by number; one statement."""
    return dict(Person.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "formal_name"))
