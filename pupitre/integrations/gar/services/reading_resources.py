"""Having the resources of each person read in the GAR, or not any more."""

from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.asking import KEY
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.services.copying import read_with

MODEL = "gar"
"""The model of release that the service of the GAR bears."""


def connector_of_gar() -> Connector | None:
    """The GAR among the services of the open school, when it is registered with its model; one statement."""
    rows = Connector.objects.select_related("service").filter(
        service__release=MODEL, service__ended_at=None, is_on=True
    )
    found: Connector | None = rows.order_by("pk").first()
    return found


def read_resources(connector: Connector, *, actor: Actor, is_on: bool) -> None:
    """Read them for whoever the service is open to, or forget what was read."""
    read_with(connector, actor=actor, reader=KEY if is_on else "")
