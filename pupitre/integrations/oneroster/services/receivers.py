"""Saying which services receive the classes of the school, and what of."""

import secrets

from django.db import transaction
from django.db.models import QuerySet

from pupitre.directory.profiles import Profile
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.services.models import Connector, Service


class NotOpen(ValueError):
    """The service is not open in the school, or is a mere link: nobody would see what it receives."""


class NotForGuardians(ValueError):
    """Guardians do not see this service: it cannot be told of them."""


class NoReason(ValueError):
    """The INE is told for a reason alone."""


@transaction.atomic
def add_receiver(connector: Connector, *, actor: Actor) -> Receiver:
    """Have a service receive the classes of the open school; nothing is told yet. A second call changes nothing. Raises NotOpen."""
    if not connector.is_on or connector.service.ended_at or connector.service.protocol == Service.Protocol.LINK:
        raise NotOpen(connector.pk)
    made, created = Receiver.objects.get_or_create(
        connector=connector,
        defaults={
            "establishment_id": connector.establishment_id, "key": secrets.token_bytes(32),
            "set_by_id": actor.person_id, "set_at": clock.now(),
        },
    )  # fmt: skip
    if created:
        audit.record(actor, "oneroster.add_receiver", made, service=connector.service_id)
    return made


@transaction.atomic
def set_receiver(receiver: Receiver, *, actor: Actor, with_guardians: bool, with_ine: bool, ine_reason: str) -> None:
    """Say what a receiver is told beside names and classes; what waits is void then. Raises NotForGuardians, NoReason."""
    if with_guardians and Profile.GUARDIAN not in receiver.connector.profiles:
        raise NotForGuardians(receiver.pk)
    reason = ine_reason.strip() if with_ine else ""
    if with_ine and not reason:
        raise NoReason(receiver.pk)
    if (receiver.with_guardians, receiver.with_ine) != (with_guardians, with_ine):
        void_what_waits(RosterFile.objects.filter(receiver=receiver))
    receiver.with_guardians, receiver.with_ine, receiver.ine_reason = with_guardians, with_ine, reason
    receiver.set_by_id, receiver.set_at = actor.person_id, clock.now()
    receiver.save(update_fields=["with_guardians", "with_ine", "ine_reason", "set_by", "set_at"])
    audit.record(
        actor, "oneroster.set_receiver", receiver, with_guardians=with_guardians, with_ine=with_ine, reason=reason
    )


def void_what_waits(files: QuerySet[RosterFile]) -> None:
    """Those of these files that nobody took yet were made by a former choice: they tell too much, or too little."""
    waiting = files.filter(taken_at=None).exclude(state=RosterFile.State.FAILED)
    waiting.update(state=RosterFile.State.FAILED, why="changed", data=None, whole=None, people={}, left_out=[])


@transaction.atomic
def remove_receiver(receiver: Receiver, *, actor: Actor) -> None:
    """Make no more files for a service, and erase those that are kept. What it was told stays in the log."""
    audit.record(actor, "oneroster.remove_receiver", receiver, service=receiver.connector.service_id)
    receiver.delete()
