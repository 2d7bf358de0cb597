"""The home is there at once, asks for what a tool says, and reads itself again when a job has brought it."""

import pytest
from playwright.sync_api import expect

from pupitre.integrations.pronote.tests.stand import open_pronote, standing
from tests.browser.conftest import OpenPage
from tests.cast import Cast
from tests.jobs import run_jobs


@pytest.fixture(autouse=True)
def _trusted(settings) -> None:
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]


def test_the_home_shows_what_pronote_says_without_having_waited(cast: Cast, page_as: OpenPage, address: str):
    with standing(f"{address}/cas") as pronote:
        connector = open_pronote(cast, pronote.url)
        page = page_as("eleve")
        page.goto("/")
        card = page.locator(f"#outils-{connector.pk}")
        expect(card).to_contain_text("Rien n’a encore été lu.")
        expect(card.get_by_role("status")).to_have_text("Mise à jour demandée…")
        run_jobs()
        expect(card).to_contain_text("15/20")
        expect(card).to_contain_text("Données de 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}20")
        # It is recent: nothing more is asked, with or without script.
        expect(card.get_by_role("button")).to_have_count(0)
        plain = page_as("eleve", script=False)
        plain.goto("/")
        expect(plain.locator(f"#outils-{connector.pk}")).to_contain_text("15/20")
