"""Trying a provider before families do: what it publishes is read again, and its certificates dated."""

from pupitre.foundation import clock
from pupitre.integrations.federation import oidc
from pupitre.integrations.federation.certificates import pieces
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.outside import Unreachable, call


def try_provider(provider: Provider) -> str:
    """What is wrong with a provider, as a code of `TRIED`; « » when it would let people come. Nobody is signed in."""
    if provider.protocol == Provider.Protocol.OIDC:
        try:
            oidc.look_again(provider)
        except Refused as no:
            return no.why
        return ""
    if not any(until > clock.in_world(clock.now()) for _pem, until in pieces(provider.certificates)):
        return "certificate"
    try:
        answer = call(parse_address(provider.sign_on_url), seconds=4)
    except (Unreachable, WrongAddress):
        return "unreachable"
    # Nothing was asked of it: a page that refuses says that it is there.
    return "untrusted" if answer.status >= 500 or answer.status == 404 else ""
