"""A school enters the GAR or leaves it; who assigns resources there."""

from django.db import transaction

from pupitre.directory.models import Affiliation
from pupitre.directory.periods import held_on
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.models import Assigner, Enrolment
from pupitre.integrations.gar.profiles import STAFF_PROFILES

MOST_ASSIGNERS = 15
"""How many may assign in one school: « a few », a bound of ours."""


class NotStaff(ValueError):
    """Only somebody of the staff of the school may assign resources."""


class TooMany(ValueError):
    """As many people as may be assign already."""


@transaction.atomic
def enrol(*, actor: Actor) -> Enrolment:
    """Enrol the open school: its people are in the next delivery. A second call changes nothing."""
    enrolment, created = Enrolment.objects.get_or_create(
        defaults={"enrolled_by_id": actor.person_id, "enrolled_at": clock.now()},
        establishment_id=actor.establishment_id,
    )
    if created:
        audit.record(actor, "gar.enrol", enrolment)
    return enrolment


@transaction.atomic
def withdraw(*, actor: Actor) -> None:
    """Take the open school out: it disappears from the GAR with the next delivery."""
    if Enrolment.objects.all().delete()[0]:
        audit.record(actor, "gar.withdraw")


@transaction.atomic
def name_assigner(person_id: int, *, actor: Actor) -> Assigner:
    """Name who assigns resources in the open school. Raises NotStaff, TooMany."""
    here = Affiliation.objects.filter(
        held_on(clock.today()),
        person=person_id,
        establishment=actor.establishment_id,
        profile__in=STAFF_PROFILES,
    )
    if not here.exists():
        raise NotStaff(person_id)
    known = Assigner.objects.filter(person=person_id).first()
    if known is not None:
        return known
    if Assigner.objects.count() >= MOST_ASSIGNERS:
        raise TooMany
    named = Assigner(person_id=person_id, named_by_id=actor.person_id, named_at=clock.now())
    named.save()
    audit.record(actor, "gar.name_assigner", named, person=person_id)
    return named


@transaction.atomic
def remove_assigner(assigner: Assigner, *, actor: Actor) -> None:
    """Take back the right to assign, from the next delivery on."""
    audit.record(actor, "gar.remove_assigner", assigner, person=assigner.person_id)
    assigner.delete()
