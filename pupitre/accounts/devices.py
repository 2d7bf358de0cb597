"""Devices: the name a person recognises theirs by, and whether an account has already entered from one."""

import datetime as dt
import re

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pupitre.accounts.sessions import NEW_KEY, SINCE_KEY
from pupitre.foundation import clock

COOKIE = "pupitre_appareil"
_SALT = "pupitre.device"
_TWO_YEARS = 2 * 365 * 24 * 3600
_MOST = 20
_NEW_FOR = dt.timedelta(hours=24)
"""How long a device stays new to an account: what could do harm waits a while there."""

# The first that matches: many browsers also claim to be others.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"), ("Opera", r"OPR/"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrom(?:e|ium)/|CriOS/"), ("Safari", r"Safari/"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Android", r"Android"), ("ChromeOS", r"CrOS"), ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"), ("Linux", r"Linux"),
)  # fmt: skip


def device_name(user_agent: str) -> str:
    """« Firefox sur Windows »; « Appareil inconnu » when the browser does not say."""
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s sur %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Appareil inconnu")


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")


def accounts_known_here(request: HttpRequest) -> list[int]:
    """Ids of the accounts that entered from this browser, the last one at the end."""
    try:
        known = loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_TWO_YEARS)
    except BadSignature:
        return []
    return [each for each in known if isinstance(each, int)] if isinstance(known, list) else []


def remember_account(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Keep on this browser that an account entered from it; it opens nothing by itself."""
    known = [each for each in accounts_known_here(request) if each != user_id]
    response.set_cookie(
        COOKIE,
        dumps([*known, user_id][-_MOST:], salt=_SALT),
        max_age=_TWO_YEARS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_new_device(request: HttpRequest) -> bool:
    """Whether the account entered from this device less than a day ago, for the first time."""
    if not request.session.get(NEW_KEY):
        return False
    return clock.now() - dt.datetime.fromisoformat(request.session[SINCE_KEY]) < _NEW_FOR
