"""Whose account one may open or close: never that of somebody who can do more than oneself."""

from collections.abc import Iterable

from django.db.models import Q

from pupitre.directory.models import Affiliation, Grant
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

# What was given to somebody for their work here does not stay with the parent or the student that they also are.
_WITHOUT_GRANTS = {Profile.STUDENT, Profile.GUARDIAN}


def out_of_reach(actor: Actor, person_ids: Iterable[int]) -> frozenset[int]:
    """Those of these people whose account the actor may neither open nor close; two statements.

    Whoever holds a printed code may become its owner, hence: the academy's people are out of everyone's reach; in this
    school, whoever may give rights reaches everyone, the others only those who can do nothing that they cannot; and
    what the person can do in other schools must be within what the actor can do here.
    """
    ids = list(person_ids)
    today = held_on(clock.today())
    held: dict[tuple[int, int], set[str]] = {}
    granted: dict[tuple[int, int], set[str]] = {}
    academy = set()
    for person, school, profile in Affiliation.objects.filter(today, Q(person__in=ids)).values_list(
        "person_id", "establishment_id", "profile"
    ):
        held.setdefault((person, school), set()).add(profile)
        if profile == Profile.ACADEMY_ADMIN:
            academy.add(person)
    for person, school, capability in Grant.objects.filter(today, Q(person__in=ids)).values_list(
        "person_id", "establishment_id", "capability"
    ):
        granted.setdefault((person, school), set()).add(capability)
    stronger = set()
    for (person, school), profiles in held.items():
        given = granted.get((person, school), set()) if profiles - _WITHOUT_GRANTS else set()
        power = capabilities_of(frozenset(profiles), frozenset(given))
        may_give_rights = school == actor.establishment_id and actor.has("directory.grant")
        if not may_give_rights and not power <= actor.capabilities:
            stronger.add(person)
    return frozenset(academy | stronger)
