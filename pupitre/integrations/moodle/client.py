"""Moodle's web services (REST): one call, its answer typed, whatever goes wrong said by a code.

Moodle answers its errors with HTTP 200 and `{"exception": …}`; a site in maintenance, or not a Moodle, answers HTML.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from pupitre.integrations.services.addresses import Address, parse_address
from pupitre.integrations.services.outside import Answer, Unreachable, call

T = TypeVar("T")
SLOW, QUICK = 20.0, 2.0
"""Seconds for a call that writes, at night; and for one that many people wait behind."""
_PLACE = "webservice/rest/server.php"
_CODES = {
    "invalidtoken": "token",
    "accessexception": "function",
    "nopermissions": "capability",
    "required_capability_exception": "capability",
    "requireloginerror": "capability",
    "enablewsdescription": "off",
    "servicenotavailable": "off",
    "sitemaintenance": "maintenance",
    "upgraderunning": "maintenance",
}


class MoodleFailure(Exception):
    """A call that gave nothing. `code` is one of `failures.py`; `detail` is Moodle's own code of the error, for the journal."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class _Refusal(msgspec.Struct, frozen=True):
    exception: str
    errorcode: str = ""


class Moodle:
    """A Moodle at an address, and the token it gave us."""

    def __init__(self, address: str, token: str) -> None:
        self._server: Address = parse_address(address.rstrip("/") + "/" + _PLACE)
        self._token = token

    def ask(self, function: str, kind: type[T], /, *, seconds: float = SLOW, **arguments: Any) -> T:
        """What a function answers, as `kind`. Raises MoodleFailure."""
        fields = {
            "wstoken": self._token,
            "wsfunction": function,
            "moodlewsrestformat": "json",
            **dict(_flat("", arguments)),
        }
        try:
            answer = call(self._server, method="POST", fields=fields, seconds=seconds)
        except Unreachable as no:
            raise MoodleFailure(no.code) from None
        return _read(answer, kind)


def _read(answer: Answer, kind: type[T]) -> T:
    if 300 <= answer.status < 400:
        raise MoodleFailure("moved")
    body = answer.body.lstrip()
    if body.startswith(b"<"):
        raise MoodleFailure("not_moodle" if answer.status in (200, 404) else "status")
    if answer.status != 200:
        raise MoodleFailure("status", str(answer.status))
    refusal = _refusal(body)
    if refusal is not None:
        raise MoodleFailure(_CODES.get(refusal.errorcode, "denied"), refusal.errorcode[:60])
    try:
        return msgspec.json.decode(body, type=kind, strict=False)
    except (msgspec.MsgspecError, RecursionError):
        # A hundred thousand brackets are no answer either.
        raise MoodleFailure("unreadable") from None


def _refusal(body: bytes) -> _Refusal | None:
    try:
        return msgspec.json.decode(body, type=_Refusal) if body.startswith(b"{") else None
    except (msgspec.MsgspecError, RecursionError):
        return None


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Arguments as PHP reads them: `users[0][username]=…`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}[{key}]" if name else str(key), inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, inner in enumerate(value):
            yield from _flat(f"{name}[{place}]", inner)
    else:
        yield name, str(int(value) if isinstance(value, bool) else value)
