"""Who somebody is in the directory, by what a provider told. Exactly one person, or a refusal: nobody is ever created."""

from django.db.models import F, Q, QuerySet

from pupitre.accounts.models import User
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Affiliation, Guardianship, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.directory.services.merging import NotMergeable, merge_people
from pupitre.foundation import clock
from pupitre.integrations.federation import keys
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
_OPEN = {User.State.CREATED, User.State.ACTIVE}


def linked(provider: Provider, told: Told) -> Person | None:
    """Whom this identity opened before, or was linked to. One without a lasting name is looked for each time."""
    if not told.subject:
        return None
    link = Link.objects.filter(provider=provider, subject_hash=hash_of(provider, told.subject))
    found = link.select_related("person__user").first()
    return found.person if found else None


def find(provider: Provider, told: Told) -> Person:
    """The one person of the directory that this identity names. Raises Refused."""
    people = keys.agents(told) if provider.kind == Kind.AGENTS else keys.family(provider, told)
    if len(people) > 1:
        people = _one_guardian(provider, told, people)
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


def _one_guardian(provider: Provider, told: Told, people: set[int]) -> set[int]:
    """The guardian whom several academies know: their identity, which names each of these records, makes one of them.

    Only by a provider of everybody, when each record is that of one academy by its exact key, names and birth dates agree,
    none is anything else than a guardian and no account was closed by somebody. Raises Refused.
    """
    named = [keys.keyed(academy, {key}) for academy, key in told.references]
    found = list(
        Person.objects.select_related("user")
        .filter(pk__in=people)
        .order_by(F("user__last_login").desc(nulls_last=True), "pk")
    )
    first, *others = found
    born = {each.birth_date for each in found} - {None}
    is_one = (
        not provider.academy
        and provider.establishment_id is None
        and len({academy for academy, _key in told.references}) == len(named) == len(found)
        and all(len(each) == 1 for each in named)
        and set().union(*named) == people
        and len(born) <= 1
        and all(each.user is None or each.user.state in _OPEN for each in found)
        and all(keys.bears(each, told.last_name, told.first_name) for each in found)
        and not Affiliation.objects.filter(person__in=found).exclude(profile=Profile.GUARDIAN).exists()
    )
    if not is_one:
        raise Refused("several")
    try:
        for other in others:
            merge_people(first, other)
    except NotMergeable:
        raise Refused("several") from None
    return {first.pk}


def _place(provider: Provider) -> Q:
    if provider.establishment_id:
        return Q(establishment=provider.establishment_id)
    return Q(establishment__academy=provider.academy) if provider.academy else Q()
