"""A PRONOTE that goes wrong holds nobody up: homes open, what was read stays with its hour, and somebody is told why."""

import pytest
from playwright.sync_api import expect

from pupitre.integrations.pronote.tests.stand import Pronote, open_pronote, standing
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.outside import (
    HOUR,
    MOODS,
    is_told,
    open_home,
    read_earlier,
)
from tests.cast import Cast
from tests.jobs import run_jobs


@pytest.fixture(autouse=True)
def _trusted(settings) -> None:
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]


def goes_wrong(pronote: Pronote, mood: str) -> None:
    pronote.heard.clear()
    if mood == "down":
        pronote.fall()
    pronote.mood = mood


@pytest.mark.parametrize(("mood", "words", "why"), MOODS, ids=[mood for mood, _words, _why in MOODS])
def test_a_student_keeps_what_was_read_and_its_hour(cast: Cast, page_as: OpenPage, address: str, mood, words, why):
    with standing(f"{address}/cas") as pronote:
        connector = open_pronote(cast, pronote.url)
        read_earlier(cast, "eleve", connector)
        goes_wrong(pronote, mood)
        page = page_as("eleve")
        card = open_home(page, connector)
        expect(card).to_contain_text("15/20")
        expect(card).to_contain_text(f"Données de {HOUR}")
        # Showing the home called nobody: a job does.
        assert not pronote.heard
        run_jobs()
        page.reload()
        expect(card).to_contain_text(f"{words} Ce qui suit est ce qu’il a dit la dernière fois.")
        expect(card).to_contain_text("Pupitre lui redemandera à partir de 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}2")
        expect(card).to_contain_text("15/20")
        expect(card).to_contain_text(f"Données de {HOUR}")
        # It is not asked again before, and nothing offers to.
        expect(card.get_by_role("button")).to_have_count(0)
    for line in ("", f"pronote-{connector.service_id}"):
        told = is_told(cast, connector, line)
        assert f"Ne marche plus depuis le mardi 24 novembre, 10 h 20 : {why}" in told
        assert "Dernière réussite le mardi 24 novembre, 8 h 12." in told


@pytest.mark.parametrize(("mood", "words", "why"), MOODS[1:3], ids=["down", "html"])
def test_a_guardian_to_whom_it_never_spoke_is_told_so(cast: Cast, page_as: OpenPage, address: str, mood, words, why):
    with standing(f"{address}/cas") as pronote:
        connector = open_pronote(cast, pronote.url)
        goes_wrong(pronote, mood)
        page = page_as("parent", PHONE)
        card = open_home(page, connector, "/famille/")
        expect(card).to_contain_text("Rien n’a encore été lu.")
        run_jobs()
        page.reload()
        expect(card).to_contain_text(
            f"{words} Pupitre lui redemandera à partir de 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}2"
        )
        expect(card).to_contain_text("Rien n’a encore pu être lu.")
    console = page_as("referent")
    console.goto(f"/{cast.college.uai}/pronote/{connector.service_id}/")
    expect(console.locator("#etat")).to_contain_text(
        "Ne marche plus depuis le mardi 24 novembre, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}20."
    )
    expect(console.locator("#etat")).to_contain_text(why)
