"""Arranging one's home by the keyboard alone, on the narrowest screen, without script."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_pages import NARROW, too_wide
from tests.cast import Cast


def titles(page: Page) -> list[str]:
    """The blocks of the home, in order."""
    return page.locator("main h2").all_inner_texts()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the keyboard is on what bears this name."""
    for _press in range(60):
        page.keyboard.press("Tab")
        held = page.locator(":focus")
        if held.count() and name in (held.inner_text() or held.evaluate("e => e.labels?.[0]?.textContent || ''")):
            return
    raise AssertionError(f"the keyboard never reaches « {name} »")


def test_a_home_is_arranged_by_the_keyboard_alone(cast: Cast, page_as: OpenPage):
    page = page_as("enseignante", NARROW, script=False)
    page.goto("/")
    assert titles(page)[1:] == ["Mes cours", "À faire", "Mes classes"]
    tab_to(page, "Organiser mon accueil")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Organiser mon accueil")
    assert not too_wide(page)
    tab_to(page, "Monter «\N{NO-BREAK SPACE}Classes")
    for place in ("5", "4", "3", "2", "1"):
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(f"en place {place} sur 6")
    # At the top, the keyboard is left on the button that still moves this block.
    expect(page.locator(":focus")).to_contain_text("Descendre")
    tab_to(page, "Affiché\N{NO-BREAK SPACE}: À faire")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Votre accueil est rangé comme vous l’avez choisi.")
    assert titles(page)[0] == "Mes classes"
    assert "À faire" not in titles(page)
    tab_to(page, "Organiser mon accueil")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Organiser mon accueil")
    tab_to(page, "Revenir à la disposition d’origine")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("L’accueil a retrouvé sa disposition d’origine.")
    assert titles(page)[1:] == ["Mes cours", "À faire", "Mes classes"]
