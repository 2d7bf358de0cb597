"""Passkeys (WebAuthn, by the library of Yubico): set, shown at sign-in, removed. A challenge is answered once, in five minutes."""

import json
import secrets
import struct
from typing import Any

from django.core.cache import cache
from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pupitre.accounts.models import Passkey, User
from pupitre.accounts.services.factors import (
    ISSUER,
    WrongCode,
    counter_of,
    factor_added,
    forget_rest,
)
from pupitre.accounts.services.tries import count_failure, forget, resting_until_at
from pupitre.foundation import audit, clock

MOST = 10
_FIVE_MINUTES = 300
# What the library raises of an answer that is not one: it reads bytes that come from outside.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError, struct.error)


class KeyRefused(ValueError):
    """What the browser sent is not the answer of a key to our challenge."""


def ask_for_new(user: User, origin: str) -> tuple[str, str]:
    """What the browser must ask of a new key (JSON), and the ticket of this request."""
    known = [_credential(key) for key in user.passkeys.all()]
    owner = PublicKeyCredentialUserEntity(id=_handle(user), name=user.username, display_name=user.display_name)
    options, state = _server(origin).register_begin(
        owner,
        known,
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return json.dumps(dict(options.public_key)), _remember(user, state)


@transaction.atomic
def add(user: User, *, answer: str, ticket: str, name: str, origin: str, stay: str) -> Passkey:
    """Keep a new key; the other devices are signed out. Raises KeyRefused."""
    state = _recall(user, ticket)
    if user.passkeys.count() >= MOST:
        raise KeyRefused
    try:
        data = _server(origin).register_complete(state, json.loads(answer))
    except _UNREADABLE as error:
        raise KeyRefused from error
    credential = data.credential_data
    if credential is None or Passkey.objects.filter(number=credential.credential_id).exists():
        raise KeyRefused
    key = Passkey.objects.create(
        user=user,
        number=credential.credential_id,
        credential=bytes(credential),
        uses=data.counter,
        name=name,
        created_at=clock.now(),
    )
    factor_added(user, "passkey", stay=stay)
    return key


def ask_for_known(user: User, origin: str) -> tuple[str, str]:
    """What the browser must ask of the keys of this account (JSON), and the ticket of this request."""
    known = [_credential(key) for key in user.passkeys.all()]
    options, state = _server(origin).authenticate_begin(known, user_verification=UserVerificationRequirement.PREFERRED)
    return json.dumps(dict(options.public_key)), _remember(user, state)


def verify_key(user: User, *, answer: str, ticket: str, origin: str) -> None:
    """Take the answer of one of the keys of this account. Raises WrongCode."""
    until = resting_until_at(counter_of(user))
    if until:
        raise WrongCode(until)
    try:
        key, uses = _answered(user, answer, ticket, origin)
    except KeyRefused as error:
        raise WrongCode(count_failure(counter_of(user), user)) from error
    Passkey.objects.filter(pk=key.pk).update(uses=uses, last_used_at=clock.now())
    forget(counter_of(user))


@transaction.atomic
def remove(user: User, key_id: int) -> bool:
    """Forget a key; with the last factor go the recovery codes and the trusted devices."""
    gone = user.passkeys.filter(pk=key_id).delete()[0] > 0
    if gone:
        audit.record(None, "accounts.remove_factor", user, kind="passkey")
        forget_rest(user)
    return gone


def _answered(user: User, answer: str, ticket: str, origin: str) -> tuple[Passkey, int]:
    keys = {bytes(key.number): key for key in user.passkeys.all()}
    state = _recall(user, ticket)
    try:
        read = AuthenticationResponse.from_dict(json.loads(answer))
        used = _server(origin).authenticate_complete(state, [_credential(key) for key in keys.values()], read)
    except _UNREADABLE as error:
        raise KeyRefused from error
    key, uses = keys[used.credential_id], read.response.authenticator_data.counter
    if uses <= key.uses and (uses or key.uses):
        # Two keys with one number: one of them is a copy.
        audit.record(None, "accounts.copied_passkey", user, passkey=key.pk)
        raise KeyRefused
    return key, uses


def _server(origin: str) -> Fido2Server:
    host = origin.partition("://")[2].partition(":")[0]
    entity = PublicKeyCredentialRpEntity(name=ISSUER, id=host)
    return Fido2Server(entity, verify_origin=lambda sent: sent == origin)


def _credential(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(key.credential))


def _handle(user: User) -> bytes:
    """How keys name the account: nothing that says who it is."""
    return user.pk.to_bytes(8, "big")


def _remember(user: User, state: Any) -> str:
    ticket = secrets.token_urlsafe(24)
    cache.set(_place(user, ticket), state, _FIVE_MINUTES)
    return ticket


def _recall(user: User, ticket: str) -> Any:
    place = _place(user, ticket)
    state = cache.get(place)
    # The one that deletes it is the one that may use it.
    if state is None or not cache.delete(place):
        raise KeyRefused
    return state


def _place(user: User, ticket: str) -> str:
    # What browsers send becomes a name of the cache: only what we draw is looked for.
    return f"passkey:{user.pk}:{ticket if ticket.replace('-', '').replace('_', '').isalnum() and len(ticket) == 32 else ''}"
