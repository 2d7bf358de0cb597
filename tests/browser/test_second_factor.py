"""The second factor in a browser: a key that the browser keeps, and codes where there is no script."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from pupitre.accounts.models import Passkey, User
from pupitre.accounts.services.factors import WrongCode
from pupitre.accounts.services.passkeys import KeyRefused, add, ask_for_known, verify_key
from pupitre.foundation import clock
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_accounts import PASSWORD, with_password
from tests.browser.test_pages import inaccessible
from tests.cast import Cast


def with_key(page: Page) -> None:
    """A virtual key, which answers by itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, user: User) -> None:
    page.goto("/connexion/?next=/compte/verification/")
    page.get_by_label("Identifiant").fill(user.username)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def test_a_key_is_set_then_opens_the_account(cast: Cast, page_as: OpenPage):
    user = with_password(cast, "enseignante")
    page = page_as(None)
    with_key(page)
    sign_in(page, user)
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    faults = inaccessible(page)
    page.get_by_label("Son nom").fill("Mon portable")
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.locator("h1")).to_have_text("Les codes de secours")
    faults += inaccessible(page)
    key = Passkey.objects.get(user=user)
    assert key.name == "Mon portable"
    page.context.clear_cookies()
    sign_in(page, user)
    expect(page.locator("h1")).to_have_text("Encore une vérification")
    faults += inaccessible(page)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_text("Mon portable", exact=True)).to_be_visible()
    key.refresh_from_db()
    assert key.last_used_at is not None
    assert faults == []


def test_codes_are_set_and_typed_without_javascript_on_a_phone(cast: Cast, page_as: OpenPage):
    user = with_password(cast, "enseignante")
    page = page_as(None, PHONE, script=False)
    sign_in(page, user)
    page.get_by_role("link", name="Régler les codes").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    code = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
    page.get_by_label("Code affiché par l’application").fill(code)
    page.get_by_role("button", name="Terminer").click()
    paper = page.locator("code").first.inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", paper)
    page.context.clear_cookies()
    sign_in(page, user)
    page.get_by_label("Code", exact=True).fill(paper)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Demandés à la connexion")).to_be_visible()


def test_setting_codes_is_for_everyone(cast: Cast, page_as: OpenPage):
    user = with_password(cast, "enseignante")
    page = page_as(None)
    sign_in(page, user)
    page.get_by_role("link", name="Régler les codes").click()
    assert inaccessible(page) == []


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": "AA", "rawId": "AA", "response": {}}', "\x00"])
def test_what_is_not_the_answer_of_a_key_is_refused(cast: Cast, tuesday: object, answer: str):
    user = with_password(cast, "enseignante")
    origin = "http://localhost"
    _options, ticket = ask_for_known(user, origin)
    with pytest.raises(WrongCode):
        verify_key(user, answer=answer, ticket=ticket, origin=origin)
    with pytest.raises(KeyRefused):
        add(user, answer=answer, ticket=ticket, name="", origin=origin, stay="")
