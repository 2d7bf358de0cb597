"""Pages opened as each member of the cast, in the system's own Chromium."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Protocol
from typing import cast as cast_type

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

from tests.browser.server import OneAtATime, after_pages, serving
from tests.cast import Cast

DESK, PHONE = (1440, 900), (390, 844)


class Complaints(list[str]):
    """What the browser complained of."""

    def forgive(self, text: str) -> None:
        """Forget the complaints that hold a text: a status other than 200 that the test asked for."""
        self[:] = [complaint for complaint in self if text not in complaint]


class OpenPage(Protocol):
    """Opens pages: see `page_as`."""

    def __call__(
        self, slug: str | None, size: tuple[int, int] = DESK, theme: str = "light", *, script: bool = True
    ) -> Page: ...

    forgive: Callable[[str], None]


def listen(page: Page, address: str, complaints: list[str]) -> None:
    """Note what the browser complains of while a page is open."""

    def heard(message: ConsoleMessage) -> None:
        # A window that waits on a picture alone asks for an icon; our pages name theirs.
        if message.type in ("error", "warning") and not message.location["url"].endswith("/favicon.ico"):
            complaints.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:", "about:")):
            complaints.append(f"left the house: {request.url}")

    def failed(error: Error) -> None:
        # A slow machine lets the next page come before the passage to this one was drawn: Chromium gives the drawing up.
        if "Transition was aborted" not in error.message:
            complaints.append(str(error))

    page.on("console", heard)
    page.on("pageerror", failed)
    page.on("request", asked)


@pytest.fixture(scope="session")
def fonts() -> None:
    """The fonts of the house, cut once for all test processes."""
    folder = Path(settings.FONTS_BUILD_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("build_fonts", verbosity=0, stdout=StringIO())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, found by name: nothing is downloaded."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        # A microphone that hums, for whoever is let use it: no machine that tests has one.
        args = ["--no-sandbox", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream"]
        running = playwright.chromium.launch(executable_path=path, args=args)
        yield running
        running.close()


@pytest.fixture(scope="session")
def served(django_db_setup: None, fonts: None) -> Iterator[tuple[str, OneAtATime]]:
    """The house behind a port of this machine."""
    with serving() as served:
        yield served


@pytest.fixture(scope="session")
def address(served: tuple[str, OneAtATime]) -> str:
    """Where the house is, without its last slash."""
    return served[0]


@pytest.fixture
def page_as(browser: Browser, served: tuple[str, OneAtATime], cast: Cast, tuesday: object) -> Iterator[OpenPage]:
    """`page_as("eleve", PHONE, "dark")`: a new page, signed in; `None` opens it signed out.

    What the browser complains of (script errors, refusals of the content policy, missing files, requests that leave
    the house) fails the test at its end.
    """
    address, house = served
    complaints = Complaints()
    contexts = []

    def open_page(slug: str | None, size: tuple[int, int] = DESK, theme: Any = "light", *, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,
            java_script_enabled=script,
            has_touch=size == PHONE,
            reduced_motion="reduce",
            locale="fr-FR",
        )
        context.set_default_timeout(8000)
        contexts.append(context)
        if slug:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": cast.session_of(slug), "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        listen(page, address, complaints)
        return page

    opened = cast_type(OpenPage, open_page)
    opened.forgive = complaints.forgive
    with after_pages(house):
        yield opened
    for context in contexts:
        context.close()
    house.rest()
    assert not complaints, "\n".join(complaints)
