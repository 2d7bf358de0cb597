"""The first import of a school: files dropped, looked at, applied, on a real page and by the real worker."""

from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from pupitre.directory.models import Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.tests.factories import SAMPLES, SAMPLES_DAY, open_empty_school
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.hands import Hand
from tests.cast import Cast

# The worker reads, on a connection of its own, what the page has committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(cast: Cast, tuesday: object) -> Iterator[Establishment]:
    """The invented school of the samples, empty, in the year of its files: the clock goes back after `page_as` set it."""
    with clock.at(SAMPLES_DAY):
        yield open_empty_school(cast.people["referent"])


def students(school: Establishment) -> int:
    with scope(school.pk):
        count: int = Student.objects.count()
        return count


def ready(page: Page) -> None:
    """Wait until the page sends files by itself."""
    expect(page.locator("label[for=id_uploads]")).to_have_class("btn btn--primary", timeout=30_000)


def reviewed(page: Page) -> None:
    """Wait until the files are read."""
    expect(page.locator("h1")).to_have_text("Import SIECLE et STS à vérifier", timeout=30_000)


def test_a_school_is_imported_in_four_taps_on_a_phone(school: Establishment, page_as: OpenPage):
    page = page_as("referent", PHONE)
    page.goto(f"/{school.uai}/")
    hand = Hand(page)
    page.get_by_role("navigation", name="Accès rapide").get_by_role("link", name="Imports").click()
    ready(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Choisir les fichiers").click()
    hand.taps += 2
    chooser.value.set_files(SAMPLES)
    reviewed(page)
    assert students(school) == 0
    hand.tap("Appliquer")
    expect(page.locator("h1")).to_contain_text("Appliquer cet import")
    hand.tap("Appliquer maintenant")
    expect(page.locator("h1")).to_have_text("Import SIECLE et STS appliqué", timeout=30_000)
    expect(page.get_by_text("Cet import peut être annulé jusqu’au mardi 25 novembre")).to_be_visible()
    assert hand.taps <= 4
    assert students(school) > 0


def test_files_dropped_anywhere_on_the_page_are_sent(school: Establishment, page_as: OpenPage):
    page = page_as("referent")
    page.goto(f"/{school.uai}/imports/")
    files = [[path.name, path.read_bytes().decode("latin-1")] for path in SAMPLES]
    dropped = page.evaluate_handle(
        """files => {
          const held = new DataTransfer()
          for (const [name, text] of files) {
            held.items.add(new File([Uint8Array.from(text, letter => letter.charCodeAt(0))], name))
          }
          return held
        }""",
        files,
    )
    page.dispatch_event("h1", "dragover", {"dataTransfer": dropped})
    expect(page.locator(".dropz")).to_have_class("dropz is-over")
    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    reviewed(page)


def test_a_tick_is_kept_as_soon_as_it_changes(school: Establishment, page_as: OpenPage):
    page = page_as("referent")
    page.goto(f"/{school.uai}/imports/")
    page.set_input_files("#id_uploads", SAMPLES)
    reviewed(page)
    page.get_by_role("link", name="Nouveaux").click()
    before = page.locator("#compte").inner_text()
    with page.expect_response("**/choix/"):
        page.get_by_role("checkbox").first.uncheck()
    expect(page.locator("#compte")).not_to_have_text(before)
    page.reload()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()


def test_everything_is_done_with_the_keyboard(school: Establishment, page_as: OpenPage):
    page = page_as("referent")
    page.goto(f"/{school.uai}/imports/")
    ready(page)
    with page.expect_file_chooser() as chooser:
        page.locator("#id_uploads").press("Enter")
    chooser.value.set_files(SAMPLES)
    reviewed(page)
    for name in ("Appliquer", "Appliquer maintenant"):
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Import SIECLE et STS appliqué", timeout=30_000)


def test_without_a_script_the_same_import_is_applied(school: Establishment, page_as: OpenPage):
    page = page_as("referent", script=False)
    page.goto(f"/{school.uai}/imports/")
    page.set_input_files("#id_uploads", SAMPLES)
    page.get_by_role("button", name="Déposer").click()
    reviewed(page)
    page.get_by_role("button", name="Appliquer").click()
    page.get_by_role("button", name="Appliquer maintenant").click()
    expect(page.locator("h1")).to_have_text("Import SIECLE et STS appliqué", timeout=30_000)
    with scope(school.pk):
        assert ImportJob.objects.get().state == ImportJob.State.APPLIED
    assert not connection.in_atomic_block
