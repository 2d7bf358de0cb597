"""Reads: the people of a school as PRONOTE is to know them; what a page shows of the last answer."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import models
from django.db.models import Q

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Affiliation, Guardianship, Person, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.pronote.index import Named, School
from pupitre.integrations.pronote.pages import Lessons, decode_lessons
from pupitre.integrations.services.models import Connector, OutsideCopy, Pseudonym, Service

_WITHIN = {*STAFF, Profile.STUDENT, Profile.GUARDIAN}
_NUMBERED = (Service.Identifier.OPAQUE, Service.Identifier.PSEUDONYM)


@dataclass(frozen=True, slots=True)
class Told:
    """What PRONOTE said of the lessons of one person: of a child by name, of oneself without."""

    name: str
    lessons: Lessons


def people_without_number(connector: Connector) -> list[int]:
    """The people of the open school whom the service cannot name yet; none when it names them by their login. One statement."""
    service: Service = connector.service
    if service.identifier not in _NUMBERED:
        return []
    return list(
        _affiliated(connector.establishment_id)
        .exclude(person__in=_pseudonyms(service).values("person"))
        .values_list("person_id", flat=True)
        .distinct()
    )


def school_of(connector: Connector) -> School:
    """The open school and its people today, with the number by which each enters; five statements whatever their number."""
    establishment = Establishment.objects.get(pk=connector.establishment_id)
    numbers = _numbers(connector, establishment.uai)
    school = School(establishment.uai, establishment.name)
    links = _links(establishment.pk)
    students = {each.person_id: each for each in Student.objects.all()}
    listed: set[tuple[str, int]] = set()
    for each in _affiliated(establishment.pk).select_related("person").order_by("person__sort_key", "pk"):
        person, kind = each.person, _kind(each.profile)
        if person.pk not in numbers or (kind, person.pk) in listed:
            continue
        listed.add((kind, person.pk))
        _place(school, kind, _named(person, numbers[person.pk], students.get(person.pk), links.get(person.pk, ())))
    held = {each.ident for each in school.guardians}
    school.students = [_with(each, held) for each in school.students]
    return school


def lessons_for(actor: Actor) -> tuple[dt.datetime | None, list[Told]]:
    """What PRONOTE last said of the lessons of the actor, or of the children who are open to them today; three statements."""
    connectors = allowed(actor, "services.use_connector", Connector.objects.filter(reader="pronote"))
    copies = OutsideCopy.objects.filter(person=actor.person_id, connector__in=connectors)
    copy = copies.exclude(fetched_at=None).order_by("-fetched_at").first()
    if copy is None:
        return None, []
    names = {actor.person_id: ""}
    if Profile.GUARDIAN in actor.profiles:
        links = Guardianship.objects.filter(
            open_on(clock.today()), guardian=actor.person_id, establishment=actor.establishment_id
        )
        names |= {link.student_id: link.student.first_name for link in links.select_related("student")}
    told = [Told(names[int(key)], decode_lessons(rows)) for key, rows in copy.whole.items() if int(key) in names]
    return copy.fetched_at, told


def _affiliated(establishment_id: int) -> models.QuerySet[Affiliation]:
    return Affiliation.objects.filter(
        held_on(clock.today()),
        establishment=establishment_id,
        profile__in=_WITHIN,
        person__is_organisation=False,
    ).exclude(Q(person__first_name="") | Q(person__last_name=""))


def _pseudonyms(service: Service) -> models.QuerySet[Pseudonym]:
    own = service.identifier == Service.Identifier.PSEUDONYM
    return Pseudonym.objects.filter(service=service) if own else Pseudonym.objects.filter(service=None)


def _numbers(connector: Connector, uai: str) -> dict[int, str]:
    """By person, what our CAS server says as the user: the very same rule as at sign-on."""
    service: Service = connector.service
    within = _affiliated(connector.establishment_id).values("person")
    if service.identifier in _NUMBERED:
        return dict(_pseudonyms(service).filter(person__in=within).values_list("person_id", "value"))
    suffix = f"@{uai}" if service.identifier == Service.Identifier.LOGIN_UAI else ""
    logins = Person.objects.filter(pk__in=within, user__isnull=False).values_list("pk", "user__username")
    return {pk: f"{login}{suffix}" for pk, login in logins}


def _links(establishment_id: int) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Guardianship.objects.filter(open_on(clock.today()), establishment=establishment_id).order_by("level", "pk")
    for student, guardian in rows.values_list("student_id", "guardian_id"):
        found[student].append(guardian)
    return {student: tuple(guardians) for student, guardians in found.items()}


def _kind(profile: str) -> str:
    return profile if profile in (Profile.STUDENT, Profile.GUARDIAN, Profile.TEACHER) else "staff"


def _named(person: Person, number: str, student: Student | None, guardians: Iterable[int]) -> Named:
    ine = student.ine if student else ""
    sex = {"1": "M", "2": "F"}.get(person.sex, person.sex)
    return Named(person.pk, person.last_name, person.first_name, number, sex, person.birth_date, ine, tuple(guardians))


def _place(school: School, kind: str, person: Named) -> None:
    if kind == Profile.STUDENT:
        if person.born_on is None:
            school.unborn += 1
        else:
            school.students.append(person)
    elif kind == Profile.GUARDIAN:
        school.guardians.append(person)
    elif kind == Profile.TEACHER:
        school.teachers.append(person)
    else:
        school.staff.append(person)


def _with(student: Named, guardians: set[int]) -> Named:
    """Only guardians who are in the file."""
    return replace(student, guardians=tuple(each for each in student.guardians if each in guardians))
