"""The gestures of the office, from page to page: adding somebody already known, giving a right, shutting a parent out."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from pupitre.directory.models import Affiliation, Grant, Guardianship
from pupitre.directory.profiles import Profile
from pupitre.directory.roles import TYPED
from pupitre.directory.tests.factories import PersonFactory, affiliate
from pupitre.establishments.scope import scope
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.hands import Hand
from tests.browser.test_pages import LAPTOP, NARROW, accessibility, resize, too_wide
from tests.cast import Cast

both = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def check(page: Page) -> None:
    """A state that no address alone leads to is for everyone too."""
    back = page.viewport_size
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert accessibility(page) == []
    for size, text in ((NARROW, "100%"), (LAPTOP, "200%")):
        resize(page, size)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
        assert too_wide(page) == []
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    assert back
    resize(page, (back["width"], back["height"]))


@both
def test_somebody_added_who_is_known_already_keeps_one_account(cast: Cast, page_as: OpenPage, size: tuple[int, int]):
    page = page_as("secretaire", size)
    page.goto(f"/{cast.college.uai}/comptes/ajouter/")
    page.get_by_label("Nom de famille").fill("Belkacem")
    page.get_by_label("Prénom").fill("Nadia")
    page.get_by_label("Ce que cette personne est ici").select_option(label="AESH")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator("h1")).to_have_text("Déjà connue ?")
    check(page)
    page.get_by_text("C’est Nadia Belkacem").click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("h1")).to_have_text("Nadia Belkacem")
    check(page)
    roles = Affiliation.objects.filter(person=cast.people["parent"], establishment=cast.college)
    assert set(roles.values_list("profile", flat=True)) == {Profile.GUARDIAN, Profile.SUPPORT}


@both
def test_people_added_are_listed_with_their_last_day(cast: Cast, page_as: OpenPage, size: tuple[int, int]):
    guest = PersonFactory(last_name="COLLIN", first_name="Jean")
    role = affiliate(guest, cast.college, Profile.GUEST, "Menuiserie Collin")
    role.source, role.ends_on = TYPED, dt.date(2026, 12, 18)
    role.save(update_fields=["source", "ends_on"])
    page = page_as("secretaire", size)
    page.goto(f"/{cast.college.uai}/comptes/ajoutees/")
    check(page)
    page.get_by_label("Reconduire Jean Collin").check()
    page.get_by_role("button", name="Reconduire les personnes cochées").click()
    expect(page.get_by_text("Jusqu’au mardi 31 août 2027")).to_be_visible()
    role.refresh_from_db()
    assert role.ends_on == dt.date(2027, 8, 31)


@both
def test_a_right_is_given_and_taken_back(cast: Cast, page_as: OpenPage, size: tuple[int, int]):
    page = page_as("principal", size)
    hand = Hand(page)
    page.goto(f"/{cast.college.uai}/droits/?q=lemoine")
    check(page)
    hand.tap("Bruno Lemoine", "link")
    page.get_by_label("Droit", exact=True).select_option(label="Voir les imports")
    hand.tap("Donner ce droit")
    expect(page.get_by_text("Jusqu’au mardi 31 août 2027")).to_be_visible()
    check(page)
    assert Grant.objects.get().capability == "imports.view"
    hand.tap("Reprendre")
    expect(page.get_by_text("Aucun droit donné")).to_be_visible()


@both
def test_a_parent_shut_out_sees_the_other_child_only(cast: Cast, page_as: OpenPage, size: tuple[int, int]):
    home = page_as("parent", PHONE)
    home.goto("/")
    expect(home.locator("main")).to_contain_text("Inès")
    page = page_as("principal", size)
    people = cast.people
    page.goto(f"/{cast.college.uai}/comptes/personnes/{people['eleve'].pk}/")
    page.get_by_role("link", name="Nadia Belkacem").click()
    page.get_by_label("Pourquoi").select_option(label="Décision d’un juge")
    page.get_by_role("button", name="Fermer l’accès").click()
    expect(page.get_by_role("heading", name="Ce qui a été décidé")).to_be_visible()
    check(page)
    with scope(cast.college.pk):
        assert Guardianship.objects.get(guardian=people["parent"], student=people["eleve"]).is_restricted
    home.goto("/")
    expect(home.locator("main")).to_contain_text("Elias")
    expect(home.locator("main")).not_to_contain_text("Inès")
