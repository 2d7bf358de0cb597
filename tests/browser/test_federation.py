"""The sign-in page when there are providers; a refusal."""

from playwright.sync_api import expect

from pupitre.integrations.federation.models import Provider
from tests.browser.conftest import OpenPage
from tests.browser.test_pages import inaccessible, too_wide
from tests.cast import Cast


def test_the_sign_in_page_leads_to_each_provider(cast: Cast, page_as: OpenPage):
    for slug, name, kind in (
        ("educonnect", "votre compte ÉduConnect", "families"),
        ("guichet", "votre compte académique", "agents"),
    ):
        Provider.objects.create(slug=slug, name=name, kind=kind, issuer="https://nulle.part.invalid", client_id="x")
    page = page_as(None)
    page.goto("/connexion/")
    expect(page.get_by_role("link", name="Élève ou parent")).to_be_visible()
    faults = inaccessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    faults += too_wide(page)
    page.get_by_role("link", name="Professeur ou personnel").click()
    expect(page.locator("h1")).to_have_text("Le service d’identité ne répond pas")
    faults += inaccessible(page)
    assert faults == []
    page_as.forgive("403")
