"""A piece of news from the head to a guardian, and back: written, read, acknowledged, and who has not."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast


def test_news_is_written_read_acknowledged_and_its_author_knows_who_has_not(cast: Cast, page_as: OpenPage):
    head = page_as("principal")
    head.goto(f"/{cast.college.uai}/actualites/ecrire/")
    head.get_by_label("Titre").fill("Sortie au musée jeudi")
    head.get_by_label("Texte", exact=True).fill("Départ à 9 h, retour à midi.")
    head.locator("input[name=profils][value=guardian]").check()
    head.locator("label.chip", has_text="4B").click()
    head.locator("input[name=reponse][value=acknowledge]").check()
    head.get_by_role("button", name="Publier").click()
    expect(head.locator("h1")).to_have_text("Sortie au musée jeudi")

    head.get_by_role("link", name="Qui l’a lue").click()
    expect(head.get_by_text("0 sur 1 ont répondu.")).to_be_visible()
    expect(head.get_by_text("Belkacem").first).to_be_visible()

    family = page_as("parent", PHONE)
    family.goto("/actualites/")
    family.get_by_role("link", name="Sortie au musée jeudi").first.click()
    family.get_by_role("button", name="J’ai lu").click()
    expect(family.get_by_role("button", name="J’ai lu")).to_have_count(0)

    head.reload()
    expect(head.get_by_text("1 sur 1 ont répondu.")).to_be_visible()
    expect(head.get_by_text("Personne ne manque.")).to_be_visible()
