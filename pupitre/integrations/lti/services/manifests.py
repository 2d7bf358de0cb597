"""What a tool says of itself when it registers (LTI Dynamic Registration 1.0): nothing of it is believed unchecked."""

import re
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import msgspec

from pupitre.integrations.lti.models import Tool
from pupitre.integrations.lti.services.placing import clean_text, custom_of
from pupitre.integrations.lti.services.tools import ElsewhereAddress, refuse_elsewhere
from pupitre.integrations.lti.words import CLAIMS, MARKING, MEMBERS, OPENING, OWN_KEY, PICKING, TOOL_CLAIM
from pupitre.integrations.services.addresses import WrongAddress, parse_address

LARGEST = 64 * 1024
"""A configuration is a page of text; more is something else."""
# What msgspec says: « … at `$.redirect_uris[0]` », « missing required field `jwks_uri` ».
_FIELD = re.compile(r"`\$\.(\w+)|field `(\w+)`")

Address = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
_Words = Annotated[list[Annotated[str, msgspec.Meta(max_length=200)]], msgspec.Meta(max_length=100)]


class WrongManifest(ValueError):
    """What a tool says cannot be registered; `field` is what is wrong, `code` the word of RFC 7591 for it."""

    def __init__(self, field: str, code: str = "invalid_client_metadata") -> None:
        super().__init__(field)
        self.field, self.code = field[:40], code


class _Message(msgspec.Struct):
    type: str
    target_link_uri: str = ""


class _ToolPart(msgspec.Struct):
    domain: str
    target_link_uri: Address
    custom_parameters: dict[str, Any] = {}
    claims: _Words = []
    messages: Annotated[list[_Message], msgspec.Meta(max_length=50)] = []


class _Sent(msgspec.Struct):
    response_types: _Words
    grant_types: _Words
    initiate_login_uri: Address
    redirect_uris: Annotated[list[Address], msgspec.Meta(min_length=1, max_length=20)]
    client_name: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    jwks_uri: Address
    tool: _ToolPart = msgspec.field(name=TOOL_CLAIM)
    token_endpoint_auth_method: str = OWN_KEY
    application_type: str = "web"
    scope: Annotated[str, msgspec.Meta(max_length=4000)] = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A tool as it says that it is, within what it may be. `scopes` and `claims`: of what it asks, what exists here."""

    name: str
    login_url: str
    redirect_uris: list[str]
    target_url: str
    picking_url: str
    jwks_url: str
    scopes: list[str]
    claims: list[str]
    custom: dict[str, str]

    def kept(self) -> dict[str, Any]:
        """As it is kept until somebody accepts it."""
        return asdict(self)

    @property
    def wants_to_mark(self) -> bool:
        return any(each in MARKING for each in self.scopes)

    @property
    def wants_to_list(self) -> bool:
        return MEMBERS in self.scopes


def manifest_of(body: bytes, tool: Tool) -> Manifest:
    """What a tool says, when every address of it is its own and it speaks as we do. Raises WrongManifest.

    A scope that we do not know is left out rather than refused: the answer says which are kept (RFC 7591 §3.2.1).
    """
    sent = _read(body)
    _refuse_other_ways(sent)
    _refuse_addresses(sent, tool)
    asked = sent.scope.split()
    return Manifest(
        name=clean_text(sent.client_name)[:80] or tool.service.name,
        login_url=sent.initiate_login_uri,
        redirect_uris=list(dict.fromkeys(sent.redirect_uris)),
        target_url=sent.tool.target_link_uri,
        picking_url=_picking(sent.tool),
        jwks_url=sent.jwks_uri,
        scopes=[each for each in (*MARKING, MEMBERS) if each in asked],
        claims=[each for each in CLAIMS if each in sent.tool.claims],
        custom=custom_of(sent.tool.custom_parameters),
    )


def _read(body: bytes) -> _Sent:
    try:
        return msgspec.json.decode(body, type=_Sent)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        found = _FIELD.search(str(error).replace(f"$.{TOOL_CLAIM}.", "$.").replace(TOOL_CLAIM, "tool_configuration"))
        raise WrongManifest((found[1] or found[2]) if found else "json") from None


def _refuse_other_ways(sent: _Sent) -> None:
    if sent.application_type != "web":
        raise WrongManifest("application_type")
    if "id_token" not in sent.response_types:
        raise WrongManifest("response_types")
    if "implicit" not in sent.grant_types:
        raise WrongManifest("grant_types")
    if sent.token_endpoint_auth_method != OWN_KEY:
        raise WrongManifest("token_endpoint_auth_method")


def _refuse_addresses(sent: _Sent, tool: Tool) -> None:
    """https, of the registered host and under its path: whoever answers there is the tool."""
    for each in sent.redirect_uris:
        _refuse(tool, each, "redirect_uris", "invalid_redirect_uri")
    for field in ("initiate_login_uri", "jwks_uri"):
        _refuse(tool, getattr(sent, field), field)
    _refuse(tool, sent.tool.target_link_uri, "target_link_uri")
    for message in sent.tool.messages:
        if message.target_link_uri:
            _refuse(tool, message.target_link_uri, "target_link_uri")
    host = parse_address(tool.service.origin).host
    # With its port or without: tools write both.
    if sent.tool.domain.lower() not in (host, tool.service.origin.partition("://")[2]):
        raise WrongManifest("domain")


def _refuse(tool: Tool, address: str, field: str, code: str = "invalid_client_metadata") -> None:
    try:
        refuse_elsewhere(tool, address)
    except (WrongAddress, ElsewhereAddress):
        raise WrongManifest(field, code) from None


def _picking(told: _ToolPart) -> str:
    picking = next((each for each in told.messages if each.type == PICKING), None)
    return (picking.target_link_uri or told.target_link_uri) if picking else ""


def answered(manifest: Manifest, *, client_id: str, deployment_id: str) -> dict[str, Any]:
    """What is told back to the tool: what was kept of what it said, and who it is here."""
    kinds = [OPENING, *([PICKING] if manifest.picking_url else [])]
    addresses = {OPENING: manifest.target_url, PICKING: manifest.picking_url}
    return {
        "client_id": client_id,
        "client_name": manifest.name,
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": manifest.login_url,
        "redirect_uris": manifest.redirect_uris,
        "jwks_uri": manifest.jwks_url,
        "token_endpoint_auth_method": OWN_KEY,
        "scope": " ".join(manifest.scopes),
        TOOL_CLAIM: {
            "version": "1.3.0",
            "deployment_id": deployment_id,
            "domain": parse_address(manifest.target_url).host,
            "target_link_uri": manifest.target_url,
            "custom_parameters": manifest.custom,
            "claims": manifest.claims,
            "messages": [{"type": each, "target_link_uri": addresses[each]} for each in kinds],
        },
    }
