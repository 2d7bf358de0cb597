"""Two questions, whatever the protocol: where does a browser go to sign in, and where to sign out?"""

from pupitre.integrations.federation import oidc, saml
from pupitre.integrations.federation.models import Attempt, Provider
from pupitre.integrations.federation.site import Here


def address_to_go(provider: Provider, attempt: Attempt, state: str, here: Here) -> str:
    """Where a sign-in goes. Raises Refused."""
    if provider.protocol == Provider.Protocol.SAML:
        return saml.address_to_go(provider, attempt, state, here.back, here.entity)
    return oidc.address_to_go(provider, attempt, state, here.back)


def address_to_leave(provider: Provider, facts: dict[str, str], here: Here) -> str:
    """Where signing out goes on, or « ». ÉduConnect may have said where with the sign-in (`FrEduUrlRetour`)."""
    if provider.protocol == Provider.Protocol.SAML:
        target = saml.address_to_leave(provider, facts, here.back, here.entity)
    else:
        target = oidc.address_to_leave(provider, facts.get("hint", ""), here.signed_out)
    return target or facts.get("return_url", "")
