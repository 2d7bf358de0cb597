"""The end of a session: its tokens die, the services that asked are told by a job (back-channel logout)."""

import secrets

from pupitre.foundation import clock
from pupitre.foundation.jobs import enqueue
from pupitre.integrations.oidc.models import Client, Grant
from pupitre.integrations.oidc.services.keys import signed
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.outside import Unreachable, call

JOB = "oidc.backchannel_logout"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
_SECONDS = 5


def end_grants(session_key: str) -> None:
    """Kill what hangs from a session, and have the services told."""
    rows = Grant.objects.filter(session_key=session_key)
    held = set(rows.values_list("client_id", "client__backchannel_url", "subject", "family"))
    if not held:
        return
    rows.delete()
    told = sorted({(pk, subject, family) for pk, url, subject, family in held if url and subject})
    if told:
        enqueue(JOB, sessions=[list(each) for each in told])


def tell_ended(sessions: list[tuple[int, str, str]]) -> None:
    """Tell each service once, in a few seconds, whatever it answers."""
    clients = Client.objects.in_bulk({pk for pk, _subject, _family in sessions})
    for pk, subject, family in sessions:
        client = clients.get(pk)
        if client is None or not client.backchannel_url:
            continue
        try:
            fields = {"logout_token": logout_token(client, subject, family)}
            call(parse_address(client.backchannel_url), method="POST", fields=fields, seconds=_SECONDS)
        except (Unreachable, WrongAddress):
            continue


def logout_token(client: Client, subject: str, family: str) -> str:
    """The message of OpenID Connect Back-Channel Logout 1.0, §2.4. It has no nonce."""
    now = int(clock.now().timestamp())
    claims = {
        **{"iss": issuer(), "aud": client.client_id, "sub": subject, "sid": family},
        **{"iat": now, "exp": now + 120, "jti": secrets.token_hex(16), "events": {EVENT: {}}},
    }
    return signed(claims, "logout+jwt")
