"""Whose pages must be made again when absences change: the family, the teacher, and the few people of the office."""

from collections.abc import Iterable

from django.db.models import Q

from pupitre.directory.models import Affiliation, Guardianship, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock, live
from pupitre.foundation.stamps import person_audience, raise_stamps

_OFFICE = (Profile.SCHOOL_LIFE, Profile.HEAD, Profile.ADMINISTRATIVE)


def see_again(*, students: Iterable[int] = (), people: Iterable[int] = ()) -> None:
    """Have the pages of these students, of their guardians, of these people and of the office made again.

    The desks open in the office are told at the commit. Three statements, five when there are students. The whole school
    is never told: its pages would all be made again at the hour when everyone calls the roll.
    """
    audiences = set(people)
    ids = set(students)
    if ids:
        persons = list(Student.objects.filter(pk__in=ids).values_list("person_id", flat=True))
        here = Q(student__in=persons, establishment=current_establishment_id())
        guardians = Guardianship.objects.filter(here, held_on(clock.today())).values_list("guardian_id", flat=True)
        audiences |= {*persons, *guardians}
    office = office_people()
    raise_stamps(map(person_audience, audiences.union(office)))
    live.tell(office)


def office_people() -> list[int]:
    """The people who follow absences in the open school today."""
    roles = Affiliation.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(), profile__in=_OFFICE
    )
    return list(roles.values_list("person_id", flat=True).distinct())
