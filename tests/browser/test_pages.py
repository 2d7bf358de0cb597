"""Every page of the house: no fault of accessibility at any size or theme, nothing that scrolls sideways."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Error, Page

from tests.browser.conftest import DESK, PHONE, listen
from tests.browser.server import OneAtATime
from tests.cast import Cast
from tests.doors import CALLERS, Door, every_door

AXE = Axe()
# In the dark, what a theme changes: the rest of the page is the same.
THEMES: tuple[tuple[Literal["light", "dark"], tuple[str, ...]], ...] = (
    ("light", ()),
    ("dark", ("color-contrast", "link-in-text-block")),
)
NARROW, LAPTOP = (320, 640), (1280, 800)
# Where a window waits between two pages: it asks nothing more, and keeps its process, which `about:blank` would not.
STILL = "/static/logo.svg"
# The home is another page for each of them.
HOMES = {"portal:home"}


def visits() -> Iterator[tuple[Door, str]]:
    """Each page once, as the first of those it is made for; the home as everyone."""
    for door in every_door():
        callers = [caller for caller in CALLERS if door.method == "get" and door.expected(caller) == 200]
        for caller in callers if door.route in HOMES else callers[:1]:
            yield door, caller


class Visitors:
    """A window for each caller, kept from page to page: opening one takes longer than most pages."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._windows: dict[str, Page] = {}
        self.complaints: list[str] = []

    def window(self, caller: str, cast: Cast) -> Page:
        """The window of a caller, signed in anew, at the desk and in the light."""
        page = self._windows.get(caller) or self._open(caller)
        if caller != "anonymous":
            key = cast.session_of(caller.replace("_", "-"))
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self._address}])
        self.complaints.clear()
        resize(page, DESK)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        return page

    def _open(self, caller: str) -> Page:
        # A page kept for later by one test must not be served to the next.
        context = self._browser.new_context(base_url=self._address, locale="fr-FR", service_workers="block")
        context.add_init_script(AXE.axe_script)
        self._windows[caller] = page = context.new_page()
        listen(page, self._address, self.complaints)
        return page

    def close(self) -> None:
        """Close every window."""
        for page in self._windows.values():
            page.context.close()


@pytest.fixture(scope="module")
def visitors(browser: Browser, address: str) -> Iterator[Visitors]:
    visitors = Visitors(browser, address)
    yield visitors
    visitors.close()


@pytest.mark.parametrize(
    ("door", "caller"),
    list(visits()),
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_page_is_for_everyone(
    door: Door, caller: str, cast: Cast, tuesday: object, visitors: Visitors, served: tuple[str, OneAtATime]
):
    page = visitors.window(caller, cast)
    is_page = shows(page, door.address(cast))
    faults = inaccessible(page) + crowded(page) if is_page else []
    page.goto(STILL)
    served[1].rest()
    # Windows of these tests keep no page for later. A file is drawn by the browser, with styles of its own.
    heard = (
        [each for each in visitors.complaints if "Service Worker registration blocked" not in each] if is_page else []
    )
    assert not faults + heard, "\n".join(faults + heard)


def shows(page: Page, address: str) -> bool:
    """Open an address; whether it is a page, and not a file."""
    try:
        response = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return response is not None and "html" in response.headers["content-type"]


def crowded(page: Page) -> list[str]:
    """What sticks out of a narrow window, and of a laptop's with large letters."""
    faults = []
    for size, text in ((NARROW, "100%"), (LAPTOP, "200%")):
        resize(page, size)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
        faults += [f"{size[0]} px, text at {text}: {wide}" for wide in too_wide(page)]
    return faults


def inaccessible(page: Page) -> list[str]:
    """What axe finds at the desk and on a phone, in the light and in the dark."""
    faults = []
    for size in (DESK, PHONE):
        resize(page, size)
        for theme, rules in THEMES:
            page.emulate_media(color_scheme=theme)
            faults += [f"{size[0]} px, {theme}: {fault}" for fault in accessibility(page, *rules)]
    return faults


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def accessibility(page: Page, *rules: str) -> list[str]:
    """What axe finds by all its rules, or by some; one line a place."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    options = {"resultTypes": ["violations"], **only}
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [
        f"{fault['id']} at {node['target']}: {node['failureSummary']}" for fault in found for node in fault["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """The elements that stick out of the window when the page scrolls sideways."""
    sticking: list[str] = page.evaluate("""() => {
      const width = document.documentElement.clientWidth
      if (document.documentElement.scrollWidth <= width) return []
      return [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > width + 1)
        .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).slice(0, 8)
    }""")
    return sticking
