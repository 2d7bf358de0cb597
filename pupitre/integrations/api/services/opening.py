"""Which scopes a school opens to an application."""

from collections.abc import Collection

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.api.models import Opening
from pupitre.integrations.api.scopes import READING
from pupitre.integrations.services.models import Connector, Service


@transaction.atomic
def open_scopes(service: Service, scopes: Collection[str], *, actor: Actor) -> None:
    """Open these scopes and no other, in the open school, from the next call on; tokens that are out obey too."""
    connector, _made = Connector.objects.get_or_create(service=service)
    kept = [key for key in READING if key in scopes]
    facts = {"scopes": kept, "changed_at": clock.now()}
    opening, _new = Opening.objects.update_or_create(connector=connector, defaults=facts)
    audit.record(actor, "api.open_scopes", opening, service=service.pk, scopes=kept)
