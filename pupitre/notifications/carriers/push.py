"""Web Push (RFC 8030, 8291, 8292): encrypted for one browser, signed with our VAPID key, handed to its push service."""

import base64
import json
import logging
from fnmatch import fnmatchcase
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from pupitre.notifications.carriers import Outcome
from pupitre.notifications.vapid import vapid_key

_SECONDS = 10
_GONE = {404, 410}
_log = logging.getLogger(__name__)


def is_push_service(endpoint: str) -> bool:
    """Whether an address lies at a known push service: browsers give it, and we would call it, wherever it leads."""
    parts = urlsplit(endpoint)
    if "@" in parts.netloc:
        return False
    origin = f"{parts.scheme}://{parts.netloc}"
    return any(fnmatchcase(origin, known) for known in settings.PUSH_SERVICES)


def public_key() -> str:
    """Our VAPID key as browsers want it (`applicationServerKey`)."""
    point = _vapid().public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def send_push(endpoint: str, p256dh: str, auth: str, facts: dict[str, Any], *, topic: str, is_urgent: bool) -> Outcome:
    """Hand a message to the push service of one browser. NOWHERE: the browser is gone for good.

    A message of the same `topic` that the browser has not fetched yet is replaced by this one.
    """
    if not is_push_service(endpoint):
        return Outcome.NOWHERE
    with requests.Session() as session:
        # Nothing is followed elsewhere.
        session.max_redirects = 0
        try:
            webpush(
                {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}},
                json.dumps(facts),
                vapid_private_key=_vapid(),
                vapid_claims={"sub": settings.VAPID_SUBJECT},
                ttl=24 * 3600,
                timeout=_SECONDS,
                headers={"Topic": topic, "Urgency": "high" if is_urgent else "normal"},
                requests_session=session,
            )
        except WebPushException as error:
            return _judged(error.response.status_code if error.response is not None else 0)
        except (requests.RequestException, OSError, ValueError):
            _log.exception("push service")
            return Outcome.LATER
    return Outcome.SENT


def _judged(status: int) -> Outcome:
    if status in _GONE:
        return Outcome.NOWHERE
    if status in (0, 408, 429) or status >= 500:
        return Outcome.LATER
    _log.error("push service answers %s", status)
    return Outcome.REFUSED


@cache
def _vapid() -> Vapid02:
    return Vapid02.from_pem(vapid_key(settings.STATE).encode())
