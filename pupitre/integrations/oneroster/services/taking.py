"""Handing a file over: from then on, the receiver is taken to know what it holds."""

from django.db import transaction
from django.db.models import Q

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.oneroster.keeping import OPEN
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.queries import prevented
from pupitre.integrations.oneroster.sealing import unseal
from pupitre.integrations.oneroster.services.asking import Cannot
from pupitre.integrations.oneroster.words import facts_told
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.services.bulk import disclosed


class Gone(LookupError):
    """The file is not kept any more, or was never made."""


@transaction.atomic
def take(file: RosterFile, *, actor: Actor) -> bytes:
    """The zip. The first time, it is logged of each person what was told of them; six statements. Raises Gone, Cannot."""
    if file.state != RosterFile.State.READY or file.data is None or file.asked_at < clock.now() - OPEN:
        raise Gone(file.pk)
    receiver: Receiver = Receiver.objects.select_related("connector__service").get(pk=file.receiver_id)
    if code := prevented(receiver.connector):
        raise Cannot(code)
    if file.taken_at is None:
        _tell(file, receiver.connector)
        file.taken_at, file.people = clock.now(), {}
        file.save(update_fields=["taken_at", "people"])
        _forget_former(file)
    audit.record(actor, "oneroster.take_file", file, sha256=file.sha256)
    return unseal(file.data)


def _tell(file: RosterFile, connector: Connector) -> None:
    told = {
        person: facts_told(kind, with_guardians=bool(file.people.get("guardians")), with_ine=file.has_ine)
        for kind, people in file.people.items()
        for person in people
    }
    disclosed(connector, told)


def _forget_former(file: RosterFile) -> None:
    """What was taken before serves no comparison any more; a delta not taken says what changed since that, not since this."""
    others = RosterFile.objects.filter(receiver=file.receiver_id).exclude(pk=file.pk)
    past = others.filter(Q(taken_at__isnull=False) | Q(content=RosterFile.Content.DELTA))
    past.filter(Q(data__isnull=False) | Q(whole__isnull=False)).update(data=None, whole=None)
