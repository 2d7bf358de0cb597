"""How a tool speaks to us: its addresses, its keys, what it may do."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import Tool
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.models import Service


class ElsewhereAddress(ValueError):
    """An address of a tool that is not its service's; holds it."""


def digest_of(raw: str) -> bytes:
    """How hints and tokens are kept: they are random and long, nothing is gained by a slow hash."""
    return hashlib.sha256(raw.encode()).digest()


@transaction.atomic
def tool_of(service: Service) -> Tool:
    """The tool of a service, made the first time: without addresses, nobody is led there."""
    return Tool.objects.get_or_create(service=service, defaults={"client_id": secrets.token_hex(16)})[0]


@transaction.atomic
def set_tool(
    tool: Tool,
    *,
    actor: Actor,
    login_url: str,
    redirect_uris: Sequence[str],
    target_url: str,
    picking_url: str = "",
    jwks_url: str = "",
    keys: dict[str, Any] | None = None,
    may_mark: bool = True,
    may_list: bool = False,
    custom: dict[str, str] | None = None,
) -> None:
    """Say where the tool is, by which keys it signs and what it may do. Its addresses are all under its service's.

    `custom`: what it wants back at each opening; None leaves what it is. Raises WrongAddress and ElsewhereAddress.
    """
    for each in filter(None, (login_url, *redirect_uris, target_url, picking_url, jwks_url)):
        refuse_elsewhere(tool, each)
    tool.login_url, tool.redirect_uris, tool.target_url = login_url, list(redirect_uris), target_url
    tool.picking_url, tool.may_mark, tool.may_list = picking_url, may_mark, may_list
    if (jwks_url, keys) != (tool.jwks_url, None):
        tool.keys, tool.keys_read_at = keys, None
    tool.jwks_url = jwks_url
    tool.custom = tool.custom if custom is None else custom
    tool.save()
    audit.record(actor, "lti.set_tool", tool, may_mark=may_mark, may_list=may_list)


def refuse_elsewhere(tool: Tool, text: str) -> None:
    """Refuse an address that is not under the registered one of the tool. Raises WrongAddress, ElsewhereAddress."""
    address = parse_address(text)
    if address.origin != tool.service.origin or not address.lies_under(tool.service.path):
        raise ElsewhereAddress(text)
