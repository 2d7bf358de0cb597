"""Addresses at which an application of a telephone or a desk receives its codes (RFC 8252): no web site has them.

A private scheme is a name of ours turned round (« fr.exemple.app:/retour », section 7.1): without a dot, anybody would take it.
On a loopback address the port is that of the day, and any is right (section 7.3).
"""

import re

_PRIVATE = re.compile(r"[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:/{1,3}[A-Za-z0-9._~/-]*")
_LOOPBACK = re.compile(r"(http://(?:127\.0\.0\.1|\[::1\]))(?::([0-9]{1,5}))?(/[A-Za-z0-9._~/-]*)")
LONGEST = 300


def is_native(address: str) -> bool:
    """Whether an application, rather than a web site, receives codes there."""
    return len(address) <= LONGEST and bool(_PRIVATE.fullmatch(address) or _LOOPBACK.fullmatch(address))


def is_registered(address: str, registered: list[str]) -> bool:
    """Whether codes may be sent to an address: letter by letter, the port of a loopback address apart."""
    if address in registered:
        return True
    asked = _LOOPBACK.fullmatch(address) if len(address) <= LONGEST else None
    return asked is not None and any(_same(asked, _LOOPBACK.fullmatch(each)) for each in registered)


def _same(asked: re.Match[str], known: re.Match[str] | None) -> bool:
    return known is not None and (asked[1], asked[3]) == (known[1], known[3])
