"""SMS, through the gateway of the setting `SMS_GATEWAY`: a dotted path to a class with one method. None: no SMS leaves."""

import logging
import re
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from pupitre.notifications.carriers import Outcome

LENGTH = 160
_log = logging.getLogger(__name__)


class NumberRefused(Exception):
    """The gateway will never send to this number."""


class SmsGateway(Protocol):
    """What an academy writes for the operator it pays."""

    def send(self, number: str, text: str, *, reference: str) -> None:
        """Hand a text over to an international number (« +33612345678 »). Raises NumberRefused, or OSError for later.

        A `reference` already handed over is the same message, tried again: it must not leave twice.
        """


class FileGateway:
    """Writes texts in the state folder, one file each: for demonstrations."""

    def send(self, number: str, text: str, *, reference: str) -> None:
        folder: Path = settings.STATE / "sms"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{reference}.txt").write_text(f"{number}\n{text}\n")


def is_configured() -> bool:
    """Whether SMS can leave at all."""
    return bool(settings.SMS_GATEWAY)


def send_sms(number: str, text: str, *, reference: str) -> Outcome:
    """Hand a text of 160 characters at most over to the gateway. A number that nobody can call is refused."""
    called = international(number)
    if not called:
        return Outcome.REFUSED
    try:
        _gateway().send(called, text[:LENGTH], reference=reference)
    except NumberRefused:
        return Outcome.REFUSED
    except OSError:
        _log.exception("SMS gateway")
        return Outcome.LATER
    return Outcome.SENT


def international(number: str) -> str:
    """« 06 12 34 56 78 » is « +33612345678 »; empty when it is no number."""
    digits = re.sub(r"[\s.\-()/]", "", number)
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return f"+33{digits[1:]}"
    if re.fullmatch(r"(\+|00)[1-9]\d{7,14}", digits):
        return f"+{digits.removeprefix('00').removeprefix('+')}"
    return ""


@cache
def _gateway() -> SmsGateway:
    found: SmsGateway = import_string(settings.SMS_GATEWAY)()
    return found
