"""The file of reconciliation of a school: numbers drawn for those who have none, written, sealed, logged."""

import secrets

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.pronote.container import read_key, seal_for
from pupitre.integrations.pronote.index import told_of, write_index
from pupitre.integrations.pronote.models import Partnership
from pupitre.integrations.pronote.queries import people_without_number, school_of
from pupitre.integrations.services.models import Connector, Pseudonym, Service
from pupitre.integrations.services.services.bulk import disclosed

_DESCRIPTION = "Rapprochement des identités"


@transaction.atomic
def keep_partnership(connector: Connector, *, actor: Actor, partner: str, public_key: str) -> Partnership:
    """Note what the publisher gave: the name of the partner and a public key. Raises WrongKey."""
    read_key(public_key.encode())
    kept, _created = Partnership.objects.update_or_create(
        connector=connector, defaults={"partner": partner, "public_key": public_key}
    )
    audit.record(actor, "pronote.partnership", connector)
    return kept


@transaction.atomic
def export_people(partnership: Partnership, *, actor: Actor) -> bytes:
    """The sealed file of the open school. It tells the names of all, hence the journal; a dozen statements."""
    connector: Connector = partnership.connector
    _draw_numbers(connector)
    school, now = school_of(connector), clock.now()
    clear = write_index(school, partner=partnership.partner, at=now)
    sealed = seal_for(
        read_key(partnership.public_key.encode()),
        clear,
        partner=partnership.partner,
        description=_DESCRIPTION,
        uai=school.uai,
        at=now,
    )
    Partnership.objects.filter(pk=partnership.pk).update(exported_at=now)
    disclosed(connector, told_of(school))
    audit.record(actor, "pronote.export", connector, people=len(school), left_out=school.unborn)
    return sealed


def _draw_numbers(connector: Connector) -> None:
    """The same numbers as at a first visit (`draw_pseudonym`), for all who have none: two statements."""
    service: Service = connector.service
    own = service if service.identifier == Service.Identifier.PSEUDONYM else None
    rows = [
        Pseudonym(person_id=person, service=own, value=secrets.token_hex(16))
        for person in people_without_number(connector)
    ]
    Pseudonym.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
