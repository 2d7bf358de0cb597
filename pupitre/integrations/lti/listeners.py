"""A service that moves."""

from pupitre.foundation.events import follow
from pupitre.integrations.lti.models import AccessToken, Launch, Registration, Tool
from pupitre.integrations.services.events import ServiceMoved


@follow(ServiceMoved)
def forget(event: ServiceMoved) -> None:
    """Nobody is led to the old address any more, nor is its key believed: the new one is set before the tool opens again."""
    for model in (Launch, AccessToken, Registration):
        model.objects.filter(tool__service=event.service_id).delete()
    Tool.objects.filter(service=event.service_id).update(
        login_url="",
        redirect_uris=[],
        target_url="",
        picking_url="",
        jwks_url="",
        keys=None,
        keys_read_at=None,
        custom={},
    )
