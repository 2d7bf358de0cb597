"""Entering outside services from a real browser: forms of ours, then a page of theirs."""

from urllib.parse import urlencode

import pytest

from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.integrations.oidc.tests.factories import make_client
from pupitre.integrations.oidc.tests.test_clients import asked_by
from pupitre.integrations.services.tests.factories import open_service
from pupitre.integrations.services.tests.stands import service  # noqa: F401
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_pages import inaccessible


@pytest.fixture(autouse=True)
def _trusted(settings) -> None:
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1"]


def test_a_sign_in_ends_in_the_service_with_a_ticket(cast, page_as: OpenPage, service):  # noqa: F811
    open_service(cast, address=f"{service.url}/")
    user = cast.people["eleve"].user
    user.set_password(PASSWORD)
    user.save()
    page = page_as(None, PHONE)
    page.goto(f"/cas/login?{urlencode({'service': f'{service.url}/cours?id=1'})}")
    page.get_by_label("Identifiant").fill(user.username)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"{service.url}/cours**")
    asked = next(fields for _method, path, fields in service if path == "/cours")
    assert asked["ticket"].startswith("ST-")
    assert asked["id"] == "1"
    page_as.forgive(service.url)
    # The stand hangs up on what it was not asked for, such as an icon.
    page_as.forgive("ERR_CONNECTION_RESET")


def test_what_is_told_is_read_and_agreed_to_then_the_service_has_its_code(cast, page_as: OpenPage, service):  # noqa: F811
    client = make_client(cast, address=f"{service.url}/")
    page = page_as("eleve", PHONE)
    page.goto(f"/oidc/authorize?{urlencode(asked_by(client))}")
    assert page.get_by_text("BELKACEM", exact=True).is_visible()
    assert inaccessible(page) == []
    page.get_by_role("button", name="D’accord, continuer").click()
    page.wait_for_url(f"{service.url}/retour**")
    asked = next(fields for _method, path, fields in service if path == "/retour")
    assert asked["state"] == "s t&1"
    assert asked["code"]
    page_as.forgive(service.url)
    # The stand hangs up on what it was not asked for, such as an icon.
    page_as.forgive("ERR_CONNECTION_RESET")
