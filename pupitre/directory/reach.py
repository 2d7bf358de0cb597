"""Whose account one may open or close: never that of somebody who can do more than oneself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from pupitre.directory.models import Affiliation, Grant, Person
from pupitre.directory.profiles import Profile, capabilities_of, given_by
from pupitre.directory.roles import JOINED
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

# What was given to somebody for their work here does not stay with the parent or the student that they also are.
_WITHOUT_GRANTS = {Profile.STUDENT, Profile.GUARDIAN}


@dataclass(slots=True)
class _Standing:
    """What somebody is in one school, today or soon, what they were given there, and who told it."""

    profiles: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    granted: set[str] = field(default_factory=set)

    @property
    def power(self) -> frozenset[str]:
        given = self.granted if self.profiles - _WITHOUT_GRANTS else set()
        return capabilities_of(frozenset(self.profiles), frozenset(given))


def out_of_reach(actor: Actor, person_ids: Iterable[int]) -> frozenset[int]:
    """Those of these people whose account the actor may neither open nor close; two statements.

    Whoever holds a printed code may become its owner, hence: the academy's people are out of everyone's reach; in this
    school, whoever may give rights reaches everyone, the others only those who can do nothing that they cannot; and
    what the person can do in other schools must be within what the actor can do here. A role still to begin counts
    already. The account of somebody whom this school only joined to its own belongs to the school they came from.
    """
    return frozenset(person for person, schools in _standings(person_ids).items() if _is_beyond(actor, schools))


def is_kept_elsewhere(actor: Actor, person: Person) -> bool:
    """Whether somebody's account belongs to another school, which they came from; two statements."""
    return _belongs_elsewhere(actor, _standings([person.pk]).get(person.pk, {}))


def _is_beyond(actor: Actor, schools: dict[int, _Standing]) -> bool:
    if any(Profile.ACADEMY_ADMIN in standing.profiles for standing in schools.values()):
        return True
    if _belongs_elsewhere(actor, schools):
        return True
    own = actor.establishment_id if actor.has("directory.grant") else None
    return any(not standing.power <= actor.capabilities for school, standing in schools.items() if school != own)


def _belongs_elsewhere(actor: Actor, schools: dict[int, _Standing]) -> bool:
    here = schools.get(actor.establishment_id)
    return here is not None and here.sources == {JOINED} and len(schools) > 1


def _standings(person_ids: Iterable[int]) -> dict[int, dict[int, _Standing]]:
    """By person then by school, for those who have a role that is not over."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    ids = list(person_ids)
    found: dict[int, dict[int, _Standing]] = defaultdict(lambda: defaultdict(_Standing))
    roles = Affiliation.objects.filter(lasting, Q(person__in=ids))
    facts = roles.values_list("person_id", "establishment_id", "profile", "source", "function")
    for person, school, profile, source, function in facts:
        found[person][school].profiles.add(profile)
        found[person][school].granted |= given_by(profile, function)
        found[person][school].sources.add(source)
    grants = Grant.objects.filter(lasting, Q(person__in=ids))
    for person, school, capability in grants.values_list("person_id", "establishment_id", "capability"):
        if person in found and school in found[person]:
            found[person][school].granted.add(capability)
    return found
