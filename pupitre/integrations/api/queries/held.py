"""What a person lets applications read, for « Mes services »; what a school opens to them, for its console."""

from collections.abc import Sequence

from django.urls import reverse

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text
from pupitre.integrations.api.models import Access, Opening
from pupitre.integrations.api.scopes import SCOPES
from pupitre.integrations.services.holds import Hold
from pupitre.integrations.services.models import Connector, Service


def holds(actor: Actor, connectors: Sequence[Connector]) -> dict[int, Hold]:
    """By connector, what it may read in the name of the actor; one statement where some service speaks OpenID Connect."""
    speaking = _speaking(connectors)
    if not speaking:
        return {}
    rows = Access.objects.filter(person=actor.person_id, connector__in=speaking)
    return {
        row.connector_id: Hold(
            [SCOPES[key].label for key in SCOPES if key in row.scopes],
            row.agreed_at,
            row.used_at,
            reverse("api_of_school:withdraw", args=[actor.uai, row.pk]),
        )
        for row in rows
    }


def reach(connectors: Sequence[Connector]) -> dict[int, list[Text]]:
    """By connector, what the open school lets it ask families; one statement where some service speaks OpenID Connect."""
    speaking = _speaking(connectors)
    rows = Opening.objects.filter(connector__in=speaking) if speaking else ()
    return {row.connector_id: [SCOPES[key].label for key in row.scopes] for row in rows}


def _speaking(connectors: Sequence[Connector]) -> list[Connector]:
    return [each for each in connectors if each.service.protocol == Service.Protocol.OIDC]
