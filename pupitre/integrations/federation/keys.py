"""The keys by which a provider names people, each looked for in the directory.

Sources: FrEduCtRefId (key of the national directory), FrEduVecteur (student of a school), INE or its hash with the birth date;
professional address for staff. An unused key says nothing: the next one is tried.
"""

import hashlib

from django.db.models import Exists, OuterRef, Q

from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Person
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation import clock
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.federation.told import Told


def agents(told: Told) -> set[int]:
    """Those of the staff who have this professional address. Raises Refused."""
    if not told.mails:
        raise Refused("incomplete")
    asked = Q()
    for mail in told.mails:
        asked |= Q(email__iexact=mail)
    works = Affiliation.objects.filter(held_on(clock.today()), person=OuterRef("pk"), profile__in=STAFF)
    return set(Person.objects.filter(asked, Exists(works)).values_list("pk", flat=True))


def family(provider: Provider, told: Told) -> set[int]:
    """By the first key that the provider gave and that names somebody."""
    if not (told.references or told.vectors or ((told.ine or told.ine_hash) and told.birth_date)):
        raise Refused("incomplete")
    found = _by_reference(told) or _by_vector(told)
    if found:
        return found
    students = _students_by_ine(told)
    if told.is_guardian and not told.is_student:
        return _guardians_named(students, told.last_name, told.first_name)
    if not told.is_student and provider.kind != Provider.Kind.STUDENTS:
        # The INE of a child is told of their guardians too: without a profile, nobody says that this is the child.
        raise Refused("incomplete")
    return students


def _by_reference(told: Told) -> set[int]:
    people: set[int] = set()
    for academy, key in told.references:
        people |= keyed(academy, {key}) or _named(told, keyed(academy, _other_forms(academy, key)))
    return people


def keyed(academy: int, keys: set[str]) -> set[int]:
    """Those whom the directory of an academy knows by one of these keys."""
    rows = ExternalId.objects.filter(source=ExternalId.Source.AAF, value__in=keys)
    return {row.person_id for row in rows if row.namespace.isdecimal() and int(row.namespace) == academy}


def _other_forms(academy: int, key: str) -> set[str]:
    """A key without the number of the academy before it, and with or without the P of private schools."""
    bare = {key.removeprefix(start) for start in ("P", str(academy), f"{academy:02d}", f"{academy:03d}")}
    return {form for each in bare if each for form in (each, f"P{each}")} - {key}


def _named(told: Told, people: set[int]) -> set[int]:
    """Of these, those who bear the names that are told: a key that was only nearly theirs proves nothing by itself."""
    rows = Person.objects.filter(pk__in=people)
    return {each.pk for each in rows if bears(each, told.last_name, told.first_name)}


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
    links = Guardianship.objects.filter(held_on(clock.today()), student__in=students).select_related("guardian")
    return {link.guardian_id for link in links if bears(link.guardian, last_name, first_name)}


def bears(person: Person, last_name: str, first_name: str) -> bool:
    """Whether somebody has these names, whatever the accents, cases and hyphens. Names that are not told are nobody's."""
    last, first = fold(last_name), fold(first_name)
    return (
        bool(last and first)
        and fold(person.first_name) == first
        and (last in (fold(person.last_name), fold(person.usage_name)))
    )


def _md5(ine: str) -> str:
    # The hash that ÉduConnect sends; it proves nothing by itself, the signature of the provider does.
    return hashlib.md5(ine.upper().encode(), usedforsecurity=False).hexdigest()
