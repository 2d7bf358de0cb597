"""Addresses of services: parsed and compared part by part, never by a regular expression over the whole.

A browser is sent there with a ticket, and our server calls some of them: whatever two programs could read in two ways
(user-info, back slashes, dots that climb, encoded slashes, numeric hosts, another port) is refused rather than mended.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 2000
_PLAIN = re.compile(r"[!-~]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PORTS = {"https": 443, "http": 80}
# A slash, a back slash, a percent sign or a control character written in disguise.
_DISGUISED = re.compile(r"%(?:2f|5c|25|0[0-9a-f]|1[0-9a-f]|7f)", re.IGNORECASE)
_DOT = re.compile(r"%2e", re.IGNORECASE)


class WrongAddress(ValueError):
    """An address that cannot be one of a service."""


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address. `origin` is « https://host », with its port when it is not the usual one; `path` begins with « / »."""

    origin: str
    host: str
    port: int
    path: str
    query: str
    raw: str

    def lies_under(self, path: str) -> bool:
        """Whether this address is the registered path, or stands below it."""
        return self.path == path or self.path.startswith(path if path.endswith("/") else f"{path}/")


def parse_address(text: str) -> Address:
    """The parts of an address. Raises WrongAddress for whatever is not a plain https address of a named host."""
    if len(text) > LONGEST or not _PLAIN.fullmatch(text) or "\\" in text or "#" in text:
        raise WrongAddress(text[:80])
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise WrongAddress(text[:80]) from None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    if "@" in parts.netloc or not _may_be_called(scheme, host, port) or port == 0 or parts.netloc.endswith(":"):
        raise WrongAddress(text[:80])
    path = parts.path or "/"
    _refuse_ambiguous(path, text)
    usual = _PORTS[scheme]
    origin = f"{scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")
    return Address(origin, host, port or usual, path, parts.query, text)


def with_parameter(address: str, name: str, value: str) -> str:
    """The address with one parameter more, at the end: the others keep their order."""
    return f"{address}{'&' if '?' in address else '?'}{name}={value}"


def is_trusted(host: str, port: int) -> bool:
    """Whether this server's administrator has named a host that may be local, numeric or without https: at every port, or
    « host:port » alone.
    """
    named = f"[{host}]" if ":" in host else host
    return host in settings.OUTSIDE_TRUSTED_HOSTS or f"{named}:{port}" in settings.OUTSIDE_TRUSTED_HOSTS


def _may_be_called(scheme: str, host: str, port: int | None) -> bool:
    if scheme not in _PORTS:
        return False
    if is_trusted(host, _PORTS[scheme] if port is None else port):
        return True
    labels = host.split(".")
    # « 127.1 », « 0x7f.1 » and « 2130706433 » are hosts for some programs: the last label must be a name.
    return scheme == "https" and len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and labels[-1][0].isalpha()


def _refuse_ambiguous(path: str, text: str) -> None:
    segments = [_DOT.sub(".", segment).partition(";")[0] for segment in path.split("/")]
    if _DISGUISED.search(path) or "//" in path or any(segment in (".", "..") for segment in segments):
        raise WrongAddress(text[:80])
