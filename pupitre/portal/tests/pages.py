"""Homes as people read them: what tests ask of a page."""

import datetime as dt
import re
from typing import Any

from django.apps import apps
from django.test import Client
from lxml import html

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from tests.cast import Cast

ARRANGE_FAMILY = "/famille/organiser/"

# What only stands on the homes that show other tools.
_WITH_TOOLS = {"work", "children", "classes"}


def arrange(cast: Cast) -> str:
    """Where somebody of the collège arranges their home."""
    return f"/{cast.college.uai}/organiser/"


def sent(*order: str, **others: Any) -> dict[str, Any]:
    """The form as the page sends it: these blocks in this order, all shown unless told otherwise; events and other tools last."""
    order = order if "events" in order else (*order, "events")
    if _WITH_TOOLS & set(order):
        order = (*order, "outside")
    return {"order": list(order), "shown": list(order)} | others


def make_import(school: Establishment, state: str, at: dt.datetime) -> None:
    """An import of a school. The hall knows its room through the registry alone, and its tests by its name."""
    with scope(school.pk):
        apps.get_model("imports.ImportJob").objects.create(
            state=state, created_at=at, applied_at=at, contents=["siecle_students"]
        )


class Reader:
    """Somebody of the cast in front of their pages."""

    def __init__(self, cast: Cast, slug: str) -> None:
        self.client = cast.sign_in(Client(), slug)

    def opens(self, address: str = "/", **headers: str) -> html.HtmlElement:
        """The page at an address, its no-break spaces made plain."""
        answer = self.client.get(address, follow=True, headers=headers)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        tree: html.HtmlElement = html.document_fromstring(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))
        return tree

    def reads(self, address: str = "/") -> str:
        """The words of the page, its frame left out."""
        return words(self.opens(address).get_element_by_id("contenu"))

    def titles(self, address: str = "/") -> list[str]:
        """The titles of the blocks, in the order a screen reader meets them."""
        return [words(title) for title in self.opens(address).get_element_by_id("contenu").iter("h2")]

    def sends(self, address: str, data: dict[str, Any]) -> Any:
        """What the server answers to a form."""
        return self.client.post(address, data)


def words(element: html.HtmlElement) -> str:
    """The text of an element on one line."""
    return re.sub(r" ([,.])", r"\1", " ".join(" ".join(element.itertext()).split()))
