"""Giving and ending what a person is in a school."""

from datetime import date

from django.db import transaction

from pupitre.directory.models import Affiliation, Grant, Person
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps


@transaction.atomic
def affiliate(
    *,
    person: Person,
    establishment: Establishment,
    profile: str,
    function: str = "",
    source: str = "pupitre",
    starts_on: date | None = None,
    actor: Actor | None = None,
) -> Affiliation:
    """Make a person something in a school, from today unless told; a role that was ended starts again."""
    affiliation, _created = Affiliation.objects.update_or_create(
        person=person,
        establishment=establishment,
        profile=profile,
        defaults={"function": function, "source": source, "starts_on": starts_on or clock.today(), "ends_on": None},
    )
    raise_stamps([person_audience(person.pk)])
    audit.record(actor, "directory.affiliate", person, profile=profile, establishment_id=establishment.pk)
    return affiliation


@transaction.atomic
def grant(*, person: Person, establishment: Establishment, capability: str, until: date | None, actor: Actor) -> Grant:
    """Give one capability in one school, until a date or for good."""
    granted, _created = Grant.objects.update_or_create(
        person=person,
        establishment=establishment,
        capability=capability,
        defaults={"starts_on": clock.today(), "ends_on": until},
    )
    raise_stamps([person_audience(person.pk)])
    audit.record(actor, "directory.grant", person, capability=capability)
    return granted
