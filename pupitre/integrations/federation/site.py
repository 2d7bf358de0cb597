"""This site, as its visitors write it: what a provider knows us by."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from pupitre.integrations.federation.models import Provider


@dataclass(frozen=True, slots=True)
class Here:
    """Our addresses for one provider. `back`: where it sends browsers back, registered there letter by letter; `entity`: our
    name in SAML, where our metadata are; `signed_out`: where browsers come back once they are signed out there.
    """

    back: str
    entity: str
    signed_out: str


def here_for(request: HttpRequest, provider: Provider) -> Here:
    """Our addresses, by the host that the request names (one of `ALLOWED_HOSTS`)."""
    site = f"{request.scheme}://{request.get_host()}"
    route = "federation:back" if provider.protocol == Provider.Protocol.OIDC else "federation:assertion"
    return Here(
        back=f"{site}{reverse(route, args=[provider.slug])}",
        entity=f"{site}{reverse('federation:metadata', args=[provider.slug])}",
        signed_out=f"{site}{settings.LOGIN_URL}?dit=au-revoir",
    )
