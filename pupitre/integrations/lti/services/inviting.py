"""A tool registers by itself (LTI Dynamic Registration 1.0): asked by somebody, told once, live when they accept it."""

import datetime as dt
import secrets
from urllib.parse import quote

from django.db import transaction
from django.urls import reverse

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import Registration, Tool
from pupitre.integrations.lti.refusals import NotProved
from pupitre.integrations.lti.services.manifests import Manifest, WrongManifest, manifest_of
from pupitre.integrations.lti.services.tools import digest_of, refuse_elsewhere, set_tool
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.addresses import with_parameter

LIFE = dt.timedelta(hours=1)
WAITING = dt.timedelta(days=7)
"""How long what a tool said waits to be accepted."""


@transaction.atomic
def invite(*, tool: Tool, address: str, actor: Actor) -> Registration:
    """Begin with the page of the tool that asks us for the rest; begun again, it forgets what was.

    Raises WrongAddress and ElsewhereAddress.
    """
    refuse_elsewhere(tool, address)
    facts = {
        "establishment_id": actor.establishment_id, "address": address, "digest": None, "told": None, "refused": "",
        "expires_at": clock.now() + LIFE,
    }  # fmt: skip
    made, _is_new = Registration.objects.update_or_create(tool=tool, person_id=actor.person_id, defaults=facts)
    audit.record(actor, "lti.invite_tool", tool)
    return made


def open_page(registration: Registration) -> str:
    """The address of the tool's page, with a token that serves once, an hour; a former one serves no more."""
    raw = secrets.token_urlsafe(32)
    registration.digest, registration.expires_at = digest_of(raw), clock.now() + LIFE
    registration.told, registration.refused = None, ""
    registration.save()
    where = quote(issuer() + reverse("lti:configuration"), safe="")
    return with_parameter(registration.address, "openid_configuration", f"{where}&registration_token={quote(raw)}")


def invited_with(raw: str) -> Registration:
    """The registration that a token opens; one statement. Raises NotProved."""
    rows = Registration.objects.select_related("tool__service", "establishment").filter(tool__service__ended_at=None)
    found = rows.filter(digest=digest_of(raw), expires_at__gt=clock.now()).first()
    if found is None:
        raise NotProved("token")
    return found


def hear(registration: Registration, body: bytes) -> Manifest:
    """Keep what a tool says of itself, once; nothing is live yet. Raises WrongManifest, NotProved when it was just said."""
    try:
        manifest = manifest_of(body, registration.tool)
    except WrongManifest as wrong:
        # Told to whoever waits for it: the tool rarely shows it.
        Registration.objects.filter(pk=registration.pk).update(refused=wrong.field)
        raise
    mine = Registration.objects.filter(pk=registration.pk, digest=registration.digest)
    facts = {"told": manifest.kept(), "refused": "", "digest": None, "expires_at": clock.now() + WAITING}
    if not mine.update(**facts):
        raise NotProved("token")
    return manifest


def said_by(registration: Registration) -> Manifest | None:
    """What the tool said, once it did; its addresses are still its own."""
    return Manifest(**registration.told) if registration.told is not None else None


@transaction.atomic
def accept(registration: Registration, *, actor: Actor, may_mark: bool, may_list: bool) -> None:
    """What the tool said is how it is from now on. Raises LookupError when it said nothing, WrongAddress, ElsewhereAddress."""
    tool, manifest = registration.tool, said_by(registration)
    if manifest is None:
        raise LookupError(registration.pk)
    set_tool(
        tool,
        actor=actor,
        login_url=manifest.login_url,
        redirect_uris=manifest.redirect_uris,
        target_url=manifest.target_url,
        picking_url=manifest.picking_url,
        jwks_url=manifest.jwks_url,
        may_mark=may_mark and manifest.wants_to_mark,
        may_list=may_list and manifest.wants_to_list,
        custom=manifest.custom,
    )
    registration.delete()


@transaction.atomic
def decline(registration: Registration, *, actor: Actor) -> None:
    """Forget what the tool said; as it was set before, it stays."""
    audit.record(actor, "lti.decline_tool", registration.tool)
    registration.delete()
