"""Leading people to a tool: a hint for one person, one session, one use; then who they are, signed."""

import datetime as dt
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from pupitre.directory.identity import Identity
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import Launch, Tool, ToolLink
from pupitre.integrations.lti.refusals import NotLed, Refused
from pupitre.integrations.lti.services.tools import digest_of
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.addresses import with_parameter

LIFE = dt.timedelta(minutes=5)
PICKING_LIFE = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Hint:
    """What a tool brings back: a name for the person, and one for where they go. Neither says anything."""

    login: str
    message: str

    @property
    def digest(self) -> bytes:
        return digest_of(f"{self.login}.{self.message}")


def way_to(tool: Tool, *, actor: Actor, session_key: str, course_id: int, link: ToolLink | None = None) -> str:
    """The address of the tool's own sign-in, with a hint (OpenID Connect third-party initiated login). Raises NotLed."""
    target = link.target_url if link else tool.picking_url
    if not tool.is_ready or not target:
        raise NotLed("not_ready")
    hint = Hint(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
    _keep(Launch.Kind.OPENING, hint.digest, tool, actor, session_key, course_id, link, LIFE)
    query = {
        "iss": issuer(),
        "login_hint": hint.login,
        "lti_message_hint": hint.message,
        "target_link_uri": target,
        "client_id": tool.client_id,
        "lti_deployment_id": actor.uai,
    }
    first, _equal, rest = urlencode(query).partition("=")
    return with_parameter(tool.login_url, first, rest)


def arrived(tool: Tool, hint: Hint, identity: Identity | None) -> Launch:
    """The launch that a hint names, spent. Raises Refused when nobody is signed in, NotLed otherwise."""
    launch = Launch.objects.filter(digest=hint.digest, tool=tool, kind=Launch.Kind.OPENING).first()
    if launch is None:
        raise NotLed("stale")
    if identity is None:
        raise Refused("login_required")
    if launch.person_id != identity.person or launch.session_key != identity.session:
        raise NotLed("other")
    _spend(launch)
    return launch


def open_return(launch: Launch, actor: Actor) -> str:
    """What the tool sends back with what was picked: for that person, that course, once; its hash is kept."""
    raw = secrets.token_urlsafe(32)
    course, key = launch.course_id, launch.session_key
    _keep(Launch.Kind.PICKING, digest_of(raw), launch.tool, actor, key, course, None, PICKING_LIFE)
    return raw


def returned(tool: Tool, raw: str) -> Launch:
    """The picking that a return names, spent. Raises NotLed."""
    launch = Launch.objects.filter(digest=digest_of(raw), tool=tool, kind=Launch.Kind.PICKING).first()
    if launch is None:
        raise NotLed("stale")
    _spend(launch)
    return launch


def _spend(launch: Launch) -> None:
    now = clock.now()
    is_mine = Launch.objects.filter(pk=launch.pk, used_at=None, expires_at__gt=now).update(used_at=now)
    if not is_mine:
        raise NotLed("stale")


def _keep(
    kind: str, digest: bytes, tool: Tool, actor: Actor, session_key: str, course_id: int, link: ToolLink | None,
    life: dt.timedelta,
) -> None:  # fmt: skip
    Launch.objects.create(
        kind=kind,
        digest=digest,
        tool=tool,
        establishment_id=actor.establishment_id,
        person_id=actor.person_id,
        session_key=session_key,
        course_id=course_id,
        link_id=link.pk if link else None,
        expires_at=clock.now() + life,
    )
