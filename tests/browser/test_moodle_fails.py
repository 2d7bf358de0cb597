"""A Moodle that goes wrong holds nobody up: homes open, what was read stays with its hour, and somebody is told why."""

import pytest
from playwright.sync_api import expect

from pupitre.establishments.scope import scope
from pupitre.integrations.moodle.models import Account
from pupitre.integrations.moodle.reader import KEY
from pupitre.integrations.moodle.tests.factories import link
from pupitre.integrations.moodle.tests.stand import Stand, standing
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.services.copying import read_with
from pupitre.integrations.services.tests.factories import admin_of
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

INSTEAD = {
    "html": (200, b"<!doctype html><html><body><h1>Maintenance</h1></body></html>"),
    "bomb": (200, b'{"events": [], "again": ' + b"[" * 1_000_000),
    "giant": (200, b"[" + b" " * (3 * 1024 * 1024)),
    "broken": (500, b"Internal Server Error"),
}


@pytest.fixture(autouse=True)
def _trusted(settings) -> None:
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]


def goes_wrong(moodle: Stand, mood: str) -> None:
    moodle.heard.clear()
    if mood == "down":
        moodle.fall()
    elif mood == "hang":
        moodle.hangs = True
    else:
        status, body = INSTEAD[mood]
        moodle.instead = (status, {}, body)


def linked(cast: Cast, url: str) -> Connector:
    """A Moodle that is read, where the student and the teacher have an account."""
    site = link(cast, url)
    with scope(cast.college.pk):
        for number, slug in enumerate(("eleve", "enseignante"), 100):
            Account.objects.create(site=site, person=cast.people[slug], number=number, username=slug)
        read_with(site.connector, actor=admin_of(cast), reader=KEY)
        return Connector.objects.select_related("service").get(pk=site.connector_id)


@pytest.mark.parametrize(("mood", "words", "why"), MOODS, ids=[mood for mood, _words, _why in MOODS])
def test_a_student_keeps_what_was_read_and_its_hour(cast: Cast, page_as: OpenPage, mood, words, why):
    with standing() as moodle:
        connector = linked(cast, moodle.url)
        read_earlier(cast, "eleve", connector)
        goes_wrong(moodle, mood)
        page = page_as("eleve")
        card = open_home(page, connector)
        expect(card).to_contain_text("Quiz de calcul mental")
        expect(card).to_contain_text(f"Données de {HOUR}")
        # Showing the home called nobody: a job does.
        assert not moodle.heard
        run_jobs()
        page.reload()
        expect(card).to_contain_text(f"{words} Ce qui suit est ce qu’il a dit la dernière fois.")
        expect(card).to_contain_text("Pupitre lui redemandera à partir de 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}2")
        expect(card).to_contain_text("Quiz de calcul mental")
        expect(card).to_contain_text(f"Données de {HOUR}")
        # What is due next stands with the work given here, with its hour too.
        work = page.get_by_role("listitem").filter(has_text="Exercices sur les fractions")
        expect(work).to_contain_text(f"Données de {HOUR}")
        expect(card.get_by_role("button")).to_have_count(0)
    told = is_told(cast, connector)
    assert f"Ne marche plus depuis le mardi 24 novembre, 10 h 20 : {why}" in told
    assert "Dernière réussite le mardi 24 novembre, 8 h 12." in told


@pytest.mark.parametrize(("mood", "words"), [each[:2] for each in MOODS[1:3]], ids=["down", "html"])
def test_a_teacher_to_whom_it_never_spoke_is_told_so(cast: Cast, page_as: OpenPage, mood, words):
    with standing() as moodle:
        connector = linked(cast, moodle.url)
        goes_wrong(moodle, mood)
        page = page_as("enseignante", PHONE)
        card = open_home(page, connector)
        expect(card).to_contain_text("Rien n’a encore été lu.")
        run_jobs()
        page.reload()
        expect(card).to_contain_text(
            f"{words} Pupitre lui redemandera à partir de 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}2"
        )
        expect(card).to_contain_text("Rien n’a encore pu être lu.")
