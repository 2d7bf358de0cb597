"""Every page of the house: no fault of accessibility at any size or theme, nothing that scrolls sideways."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.cast import Cast
from tests.doors import CALLERS, Door, every_door

AXE = Axe()
# In the dark, what a theme changes: the rest of the page is the same.
THEMES: tuple[tuple[Literal["light", "dark"], tuple[str, ...]], ...] = (
    ("light", ()),
    ("dark", ("color-contrast", "link-in-text-block")),
)
NARROW, LAPTOP = (320, 640), (1280, 800)
# The home is another page for each of them.
HOMES = {"portal:home"}


def visits() -> Iterator[tuple[Door, str]]:
    """Each page once, as the first of those it is made for; the home as everyone."""
    for door in every_door():
        callers = [caller for caller in CALLERS if door.method == "get" and door.expected(caller) == 200]
        for caller in callers if door.route in HOMES else callers[:1]:
            yield door, caller


@pytest.mark.parametrize(
    ("door", "caller"),
    list(visits()),
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_page_is_for_everyone(door: Door, caller: str, cast: Cast, page_as: OpenPage):
    page = page_as(None if caller == "anonymous" else caller.replace("_", "-"))
    if "html" not in page.request.get(door.address(cast)).headers["content-type"]:
        return
    page.goto(door.address(cast))
    faults = inaccessible(page)
    for size, text in ((NARROW, "100%"), (LAPTOP, "200%")):
        resize(page, size)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
        faults += [f"{size[0]} px, text at {text}: {wide}" for wide in too_wide(page)]
    assert not faults, "\n".join(faults)


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
