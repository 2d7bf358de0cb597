"""Telling that there is something to read: the student and the guardians who are told of absences; the CPE and the head."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from pupitre.attendance.services.telling import guardians_to_tell
from pupitre.directory.models import Affiliation, Student
from pupitre.directory.profiles import Profile
from pupitre.discipline.people import counsellors, roles_here
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.notifications.services.posting import Recipient, notify


def tell_family(kind: str, student: Student, *, title: str, route: str, pk: int) -> None:
    """Tell a student and their guardians; the title says nothing that a locked screen should not show."""
    guardians = guardians_to_tell([student.person_id])[student.person_id]
    people = [Recipient(student.person_id), *(Recipient(each, student.person_id) for each in guardians)]
    _notify(kind, people, title=title, route=route, pk=pk)


def tell_counsellors(kind: str, *, title: str, route: str, pk: int) -> None:
    """Tell the CPE and the head."""
    _tell([counsellors(), roles_here().filter(profile=Profile.HEAD)], kind, title, route, pk)


def tell_head(kind: str, *, title: str, route: str, pk: int) -> None:
    """Tell the head alone."""
    _tell([roles_here().filter(profile=Profile.HEAD)], kind, title, route, pk)


def tell_office(kind: str, *, title: str, route: str, pk: int) -> None:
    """Tell the whole school-life office."""
    _tell([roles_here().filter(profile=Profile.SCHOOL_LIFE)], kind, title, route, pk)


def _tell(roles: Iterable[QuerySet[Affiliation]], kind: str, title: str, route: str, pk: int) -> None:
    people = {person for rows in roles for person in rows.values_list("person_id", flat=True)}
    _notify(kind, [Recipient(person) for person in sorted(people)], title=title, route=route, pk=pk)


def _notify(kind: str, people: list[Recipient], *, title: str, route: str, pk: int) -> None:
    school = current_establishment_id()
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=school)
    url = reverse(route, args=[uai, pk])
    notify(kind, people, establishment_id=school, title=title, url=url, group_key=f"{route}:{pk}")
