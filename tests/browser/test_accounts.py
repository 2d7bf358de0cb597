"""Entering for the first time, entering again, and losing nothing on the way."""

import datetime as dt

from django.urls import reverse
from playwright.sync_api import Page, expect

from pupitre.accounts.models import Session, User
from pupitre.accounts.services.codes import issue_codes
from pupitre.directory.services.proofs import Proof
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.hands import Hand
from tests.cast import Cast

PASSWORD = "trois mots bien choisis"


def sheet_of(cast: Cast, slug: str) -> str:
    """The code of a sheet just printed for somebody who never entered."""
    user = cast.people[slug].user
    assert user is not None
    User.objects.filter(pk=user.pk).update(state=User.State.CREATED, password="!")
    proof = Proof((dt.date(2013, 3, 31),), is_child=True)
    return issue_codes([user], proofs={user.pk: proof})[user.pk]


def with_password(cast: Cast, slug: str) -> User:
    user = cast.people[slug].user
    assert user is not None
    user.refresh_from_db()
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_parent_opens_their_account_on_a_phone_in_eight_taps(cast: Cast, page_as: OpenPage):
    code = sheet_of(cast, "parent")
    page = page_as(None, PHONE)
    page.goto("/connexion/")
    hand = Hand(page)
    hand.tap("Première connexion", "link")
    hand.type("Code de la fiche", code.lower().replace("-", " "))
    hand.tap("Continuer")
    for part, typed in (("Jour", "31"), ("Mois", "3"), ("Année", "2013")):
        hand.type(part, typed)
    hand.tap("Continuer")
    hand.type("Mot de passe", PASSWORD)
    hand.tap("Ouvrir mon compte")
    expect(page.locator("h1")).to_have_text("Bonjour Madame Belkacem")
    for child in ("Inès", "Elias", "Sarah"):
        expect(page.get_by_role("heading", name=child)).to_be_visible()
    assert hand.taps <= 8


def test_the_square_of_the_sheet_saves_the_typing(cast: Cast, page_as: OpenPage):
    page = page_as(None, PHONE)
    page.goto(f"/activation/{sheet_of(cast, 'parent')}/")
    expect(page.locator("h1")).to_have_text("Est-ce bien vous ?")


def test_a_password_can_be_read_again_before_it_is_sent(cast: Cast, page_as: OpenPage):
    page = page_as(None)
    page.goto("/connexion/")
    field = page.get_by_label("Mot de passe", exact=True)
    field.fill("secret")
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Afficher").click()
    expect(field).to_have_attribute("type", "text")


def test_a_wrong_password_leads_the_keyboard_to_what_is_wrong(cast: Cast, page_as: OpenPage):
    user = with_password(cast, "parent")
    page = page_as(None)
    page.goto("/connexion/")
    page.get_by_label("Identifiant").fill(user.username)
    page.get_by_label("Mot de passe", exact=True).fill("autre")
    page.keyboard.press("Enter")
    expect(page.locator("#erreurs")).to_be_focused()
    expect(page.locator("#erreurs")).to_contain_text("ne vont pas ensemble")
    expect(page.get_by_label("Identifiant")).to_have_value(user.username)
    page_as.forgive("422")


def lost_on_the_way(cast: Cast, page_as: OpenPage, *, script: bool) -> None:
    """The secretary looks for somebody, the session ends, she suspends an account: signed in again, it is done."""
    user = with_password(cast, "secretaire")
    page = page_as("secretaire", DESK, script=script)
    page.goto(reverse("accounts_of_school:person", args=[cast.college.uai, cast.people["parent"].pk]))
    page.get_by_label("Pourquoi").select_option("misuse")
    Session.objects.filter(user=user).update(expire_date="2026-11-01T00:00+00:00")
    page.get_by_role("button", name="Suspendre").click()
    expect(page.locator("h1")).to_have_text("Reconnectez-vous, rien n’est perdu")
    page.get_by_label("Identifiant").fill(user.username)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se reconnecter et envoyer").click()
    if not script:
        page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Suspendu").first).to_be_visible()
    account = cast.people["parent"].user
    assert account is not None
    account.refresh_from_db()
    assert account.state == User.State.SUSPENDED
    page_as.forgive("401")


def test_a_form_sent_after_the_end_of_the_session_arrives(cast: Cast, page_as: OpenPage):
    lost_on_the_way(cast, page_as, script=True)


def test_a_form_sent_after_the_end_of_the_session_arrives_without_javascript(cast: Cast, page_as: OpenPage):
    lost_on_the_way(cast, page_as, script=False)


def kept_in(page: Page) -> int:
    """How many forms this tab remembers."""
    kept: int = page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('pupitre.')).length")
    return kept


def test_signing_out_leaves_nothing_on_a_shared_computer(cast: Cast, page_as: OpenPage):
    page = page_as("parent")
    page.goto("/compte/")
    page.get_by_role("textbox", name="Adresse électronique").fill("nadia@exemple.invalid")
    assert kept_in(page) == 1
    page.get_by_role("button", name="Se déconnecter").first.click()
    expect(page.locator("h1")).to_have_text("À bientôt.")
    assert kept_in(page) == 0
    page.goto("/compte/")
    expect(page.locator("h1")).to_have_text("Bonjour.")
