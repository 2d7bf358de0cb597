"""Giving a right for a time, and taking it back before. Nobody gives what they do not hold, nor for longer (IDN-2)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from pupitre.directory.models import Grant, Person
from pupitre.directory.profiles import capabilities_of
from pupitre.directory.rights import people_who_work, rights
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps


class NotGivable(ValueError):
    """This actor cannot give this right to this person."""


@dataclass
class TooLong(ValueError):
    """The giver holds the right until this day only, and the one given would last longer."""

    until: dt.date


def givable(actor: Actor) -> dict[str, dt.date | None]:
    """The rights that the actor may give, each with the last day for which they may (None: for as long as wanted).

    A right that was itself given is passed on until its own end at the latest. One statement at most.
    """
    if not actor.has("directory.grant"):
        return {}
    own = capabilities_of(actor.profiles)
    held = [key for key in rights() if actor.has(key)]
    given = {} if own.issuperset(held) else _ends_of(actor)
    return {key: None if key in own else given.get(key) for key in held}


@transaction.atomic
def give_right(
    *, person: Person, capability: str, actor: Actor, starts_on: dt.date, ends_on: dt.date | None = None
) -> Grant:
    """Give a right in the open school from a day to another, both included, or until the person stops working there.

    Given again, its new dates replace the former ones. Raises NotGivable (a right that the actor does not hold, oneself,
    somebody who does not work here) and TooLong.
    """
    limits = givable(actor)
    if capability not in limits or person.pk == actor.person_id or not people_who_work().filter(pk=person.pk).exists():
        raise NotGivable(capability)
    limit = limits[capability]
    if limit is not None and (ends_on is None or ends_on > limit):
        raise TooLong(limit)
    granted, _created = Grant.objects.update_or_create(
        person=person,
        establishment_id=current_establishment_id(),
        capability=capability,
        defaults={"starts_on": starts_on, "ends_on": ends_on},
    )
    _tell(actor, "directory.grant", granted)
    return granted


@transaction.atomic
def end_right(*, person: Person, capability: str, actor: Actor) -> bool:
    """Take a right back at once; one that has not begun is forgotten. False when nothing was to be taken back.

    Whoever may give rights may take any of them back: it only lessens what somebody can do.
    """
    yesterday = clock.today() - dt.timedelta(days=1)
    held = Grant.objects.select_for_update().filter(establishment=actor.establishment_id, person=person)
    grant = held.filter(Q(ends_on=None) | Q(ends_on__gt=yesterday), capability=capability).first()
    if grant is None:
        return False
    if grant.starts_on > yesterday:
        _tell(actor, "directory.end_grant", grant)
        grant.delete()
        return True
    grant.ends_on = yesterday
    grant.save(update_fields=["ends_on"])
    _tell(actor, "directory.end_grant", grant)
    return True


def _ends_of(actor: Actor) -> dict[str, dt.date | None]:
    grants = Grant.objects.filter(person=actor.person_id, establishment=actor.establishment_id)
    return dict(grants.values_list("capability", "ends_on"))


def _tell(actor: Actor, verb: str, grant: Grant) -> None:
    raise_stamps([person_audience(grant.person_id)])
    days = {name: day.isoformat() if (day := getattr(grant, name)) else None for name in ("starts_on", "ends_on")}
    audit.record(actor, verb, grant.person, capability=grant.capability, **days)
