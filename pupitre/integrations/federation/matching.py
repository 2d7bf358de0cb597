"""Who somebody is in the directory, by what a provider told. Exactly one person, or a refusal: nobody is ever created.

Sources: FrEduCtRefId (key of the national directory), FrEduVecteur (student of a school), INE or its hash with the birth date;
professional address for staff. An unused key says nothing: the next one is tried.
"""

import hashlib

from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Person
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation import clock
from pupitre.integrations.federation.hashing import hash_of
from pupitre.integrations.federation.models import Link, Provider
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.federation.told import Told

Kind = Provider.Kind
_PROFILES = {
    Kind.FAMILIES: {Profile.STUDENT, Profile.GUARDIAN},
    Kind.STUDENTS: {Profile.STUDENT},
    Kind.GUARDIANS: {Profile.GUARDIAN},
    Kind.AGENTS: set(STAFF),
}


def linked(provider: Provider, told: Told) -> Person | None:
    """Whom this identity opened before, or was linked to. One without a lasting name is looked for each time."""
    if not told.subject:
        return None
    link = Link.objects.filter(provider=provider, subject_hash=hash_of(provider, told.subject))
    found = link.select_related("person__user").first()
    return found.person if found else None


def find(provider: Provider, told: Told) -> Person:
    """The one person of the directory that this identity names. Raises Refused."""
    people = _agents(told) if provider.kind == Kind.AGENTS else _family(provider, told)
    if len(people) > 1:
        raise Refused("several")
    if not people:
        raise Refused("unknown")
    return Person.objects.select_related("user").get(pk=people.pop())


def check_role(provider: Provider, person: Person) -> None:
    """That the person has something to open today, by this door. Raises Refused."""
    today = clock.today()
    held = Affiliation.objects.filter(held_on(today), person=person)
    roles = held.filter(_place(provider), profile__in=_PROFILES[Kind(provider.kind)])
    profiles = set(roles.values_list("profile", flat=True))
    if not profiles:
        raise Refused("wrong_door" if held.exists() else "no_role")
    if profiles == {Profile.GUARDIAN}:
        _check_children(person, held)


def _check_children(person: Person, held: QuerySet[Affiliation]) -> None:
    """A guardian to whom the head has shut every child is told so, unless they are something else as well."""
    if held.exclude(profile=Profile.GUARDIAN).exists():
        return
    links = Guardianship.objects.filter(held_on(clock.today()), guardian=person)
    if links.filter(is_restricted=True).exists() and not links.filter(open_on(clock.today())).exists():
        raise Refused("restricted")


def _agents(told: Told) -> set[int]:
    if not told.mails:
        raise Refused("incomplete")
    asked = Q()
    for mail in told.mails:
        asked |= Q(email__iexact=mail)
    works = Affiliation.objects.filter(held_on(clock.today()), person=OuterRef("pk"), profile__in=STAFF)
    return set(Person.objects.filter(asked, Exists(works)).values_list("pk", flat=True))


def _family(provider: Provider, told: Told) -> set[int]:
    """By the first key that the provider gave and that names somebody."""
    if not (told.references or told.vectors or ((told.ine or told.ine_hash) and told.birth_date)):
        raise Refused("incomplete")
    found = _by_reference(told) or _by_vector(told)
    if found:
        return found
    students = _students_by_ine(told)
    if told.is_guardian and not told.is_student:
        return _guardians_named(students, told.last_name, told.first_name)
    return students


def _by_reference(told: Told) -> set[int]:
    people: set[int] = set()
    for academy, key in told.references:
        rows = ExternalId.objects.filter(source=ExternalId.Source.AAF, value=key)
        people |= {row.person_id for row in rows if row.namespace.isdecimal() and int(row.namespace) == academy}
    return people


def _by_vector(told: Told) -> set[int]:
    people: set[int] = set()
    for vector in told.vectors:
        rows = ExternalId.objects.filter(
            source=ExternalId.Source.SIECLE_STUDENT, namespace=vector.uai, value=vector.number
        )
        students = set(rows.values_list("person_id", flat=True))
        if vector.is_student:
            people |= students
        else:
            people |= _guardians_named(students, vector.last_name, vector.first_name)
    return people


def _students_by_ine(told: Told) -> set[int]:
    """Those born that day whose INE this is, or gives this hash (MD5). Two may bear one INE: both are returned."""
    if told.birth_date is None or not (told.ine or told.ine_hash):
        return set()
    here = Affiliation.objects.filter(held_on(clock.today()), person=OuterRef("person"), profile=Profile.STUDENT)
    if told.uai:
        here = here.filter(establishment__uai=told.uai)
    rows = ExternalId.objects.filter(
        Exists(here), source=ExternalId.Source.INE, person__birth_date=told.birth_date
    ).values_list("person_id", "value")
    return {person for person, ine in rows if ine.upper() == told.ine or _md5(ine) == told.ine_hash}


def _guardians_named(students: set[int], last_name: str, first_name: str) -> set[int]:
    """The guardians of these students who bear these names, whatever the accents, cases and hyphens."""
    wanted = (fold(last_name), fold(first_name))
    if not all(wanted):
        return set()
    links = Guardianship.objects.filter(held_on(clock.today()), student__in=students).select_related("guardian")
    return {
        link.guardian_id
        for link in links
        if fold(link.guardian.first_name) == wanted[1]
        and wanted[0] in (fold(link.guardian.last_name), fold(link.guardian.usage_name))
    }


def _place(provider: Provider) -> Q:
    if provider.establishment_id:
        return Q(establishment=provider.establishment_id)
    return Q(establishment__academy=provider.academy) if provider.academy else Q()


def _md5(ine: str) -> str:
    # The hash that ÉduConnect sends; it proves nothing by itself, the signature of the provider does.
    return hashlib.md5(ine.upper().encode(), usedforsecurity=False).hexdigest()
