"""Tokens by which a tool's server sends marks and reads a class (OAuth 2 client credentials, signed proof)."""

import datetime as dt
import secrets
from collections.abc import Collection

from pupitre.foundation import clock
from pupitre.integrations.lti.models import AccessToken, Launch, Registration, SeenProof, Tool
from pupitre.integrations.lti.refusals import NotProved
from pupitre.integrations.lti.services.proving import proved, spend
from pupitre.integrations.lti.services.tools import digest_of
from pupitre.integrations.lti.words import MARKING, MEMBERS

LIFE = dt.timedelta(hours=1)


class NoScopeGiven(ValueError):
    """The tool asked for nothing that it may do."""


def scopes_of(tool: Tool) -> list[str]:
    """What a tool may do here."""
    return [*(MARKING if tool.may_mark else ()), *((MEMBERS,) if tool.may_list else ())]


def grant_access(*, tool: Tool, assertion: str, asked: Collection[str], audience: str) -> tuple[str, list[str]]:
    """A token for a signed proof, and what it opens: what was asked and may be. Raises NotProved, NoScopeGiven."""
    claims = proved(tool, assertion, audience=audience, subject=tool.client_id)
    spend(tool, claims, "jti")
    given = [scope for scope in scopes_of(tool) if scope in asked]
    if not given:
        raise NoScopeGiven
    raw = secrets.token_urlsafe(32)
    AccessToken.objects.create(digest=digest_of(raw), tool=tool, scope=" ".join(given), expires_at=clock.now() + LIFE)
    return raw, given


def tool_with(raw: str) -> AccessToken:
    """The token, while it lives and its tool is registered; one statement. Raises NotProved."""
    rows = AccessToken.objects.select_related("tool__service").filter(tool__service__ended_at=None)
    found = rows.filter(digest=digest_of(raw), expires_at__gt=clock.now()).first()
    if found is None:
        raise NotProved("token")
    return found


def forget_passages() -> list[str]:
    """Delete hints, tokens, proofs and registrations that serve no more; the work of a night."""
    for model in (Launch, AccessToken, SeenProof, Registration):
        model.objects.filter(expires_at__lt=clock.now()).delete()
    return []
