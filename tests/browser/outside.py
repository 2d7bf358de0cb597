"""People of the cast before their homes while a tool goes wrong: what they see, and what whoever looks after it is told."""

from django.test import Client
from lxml import html
from playwright.sync_api import Locator, Page, expect

from pupitre.foundation import clock
from pupitre.integrations.services.models import Connector
from tests.cast import Cast
from tests.jobs import run_jobs

EARLIER, HOUR = "2026-11-24T08:12", "8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}12"
SILENT = "Cet outil ne répond pas en ce moment."
WRONG = "Cet outil répond mal en ce moment\N{NO-BREAK SPACE}: il est peut-être en maintenance."
SLOW = "Le serveur met trop longtemps à répondre."
DOWN = "Le serveur ne répond pas."
STRANGE = "La réponse du service n’est pas celle qui est attendue."
GIANT = "La réponse est trop longue."
ERROR = "Le serveur répond par une erreur."
# How a tool goes wrong, what homes say of it, and what the console says.
MOODS = [
    ("hang", SILENT, SLOW),
    ("down", SILENT, DOWN),
    ("html", WRONG, STRANGE),
    ("bomb", WRONG, STRANGE),
    ("giant", WRONG, GIANT),
    ("broken", WRONG, ERROR),
]


def read_earlier(cast: Cast, slug: str, connector: Connector) -> None:
    """A copy of two hours ago."""
    with clock.at(EARLIER):
        address = f"/{cast.college.uai}/services/{connector.pk}/rafraichir/"
        assert cast.sign_in(Client(), slug).post(address).status_code == 302
        run_jobs()


def open_home(page: Page, connector: Connector, place: str = "/") -> Locator:
    """The home, at once, while the tool misbehaves: it asks for what is new after it is shown. Its card."""
    page.goto(place)
    card = page.locator(f"#outils-{connector.pk}")
    expect(card.get_by_role("status")).to_have_text("Mise à jour demandée…")
    return card


def is_told(cast: Cast, connector: Connector, line: str = "") -> str:
    """What the console says of a connector to whoever looks after it; every space is an ordinary one."""
    page = cast.sign_in(Client(), "referent").get(f"/{cast.college.uai}/services/").content.decode()
    tree: html.HtmlElement = html.document_fromstring(page)
    found = tree.get_element_by_id(line or f"service-{connector.service_id}")
    return " ".join(found.text_content().split())
