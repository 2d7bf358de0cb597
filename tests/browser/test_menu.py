"""The menu of those who have the most to do holds in a window, and opens a group at a time by the keyboard."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage


def test_the_longest_menu_does_not_scroll_and_opens_by_the_keyboard(page_as: OpenPage):
    page = page_as("principal")
    page.goto("/")
    menu = page.get_by_role("navigation", name="Menu principal")
    expect(menu.get_by_role("link", name="Absences", exact=True)).to_be_visible()
    for title, line in (("Élèves et familles", "Annuaire"), ("Établissement", "Droits"), ("Vie scolaire", "Appels")):
        menu.locator("summary", has_text=title).press("Enter")
        expect(menu.get_by_role("link", name=line, exact=True)).to_be_visible()
        assert menu.locator("details[open]").count() == 1
        assert page.evaluate("(side => side.scrollHeight - side.clientHeight)(document.querySelector('.side'))") <= 0
