"""Handing a file over: from then on, the receiver is taken to know what it holds."""

from django.db import transaction
from django.db.models import Q

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.oneroster.keeping import OPEN
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.sealing import unseal
from pupitre.integrations.oneroster.services.asking import Cannot
from pupitre.integrations.oneroster.services.gathering import gather
from pupitre.integrations.oneroster.services.receivers import void_what_waits
from pupitre.integrations.oneroster.words import facts_told
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.services.bulk import disclosed


class Gone(LookupError):
    """The file is not kept any more, or was never made."""


def take(file: RosterFile, *, actor: Actor) -> bytes:
    """The zip. The first time, it is logged of each person what was told of them; eight statements.

    Raises Gone, Cannot. A file that was made on other grounds (a class or guardians less, a link shut since) is void then.
    """
    if file.state != RosterFile.State.READY or file.data is None or file.asked_at < clock.now() - OPEN:
        raise Gone(file.pk)
    receiver: Receiver = Receiver.objects.select_related("connector__service").get(pk=file.receiver_id)
    if file.grounds != gather(receiver).grounds:
        _void(file)
        raise Cannot("changed")
    return _hand_over(file, receiver.connector, actor)


def _void(file: RosterFile) -> None:
    """Erase what it tells; of one that was taken before, what the next one is compared with stays, out of reach."""
    if file.taken_at is None:
        void_what_waits(RosterFile.objects.filter(pk=file.pk))
    else:
        file.data, file.whole = None, file.whole or file.data
        file.save(update_fields=["data", "whole"])


@transaction.atomic
def _hand_over(file: RosterFile, connector: Connector, actor: Actor) -> bytes:
    if file.taken_at is None:
        _tell(file, connector)
        file.taken_at, file.people = clock.now(), {}
        file.save(update_fields=["taken_at", "people"])
        _forget_former(file)
    audit.record(actor, "oneroster.take_file", file, sha256=file.sha256)
    return unseal(file.data or b"")


def _tell(file: RosterFile, connector: Connector) -> None:
    family, ine = set(file.people["family"]), set(file.people["ine"])
    told = {
        person: facts_told(kind, family=person in family, ine=person in ine)
        for kind in ("students", "guardians", "staff")
        for person in file.people[kind]
    }
    disclosed(connector, told)


def _forget_former(file: RosterFile) -> None:
    """What was taken before serves no comparison any more; a delta not taken says what changed since that, not since this."""
    others = RosterFile.objects.filter(receiver=file.receiver_id).exclude(pk=file.pk)
    past = others.filter(Q(taken_at__isnull=False) | Q(content=RosterFile.Content.DELTA))
    past.filter(Q(data__isnull=False) | Q(whole__isnull=False)).update(data=None, whole=None)
