"""Follow every link of every page, as each member of the cast: nothing leads nowhere, and pages are written in French."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from lxml import html

from tests.doors import CALLERS
from tests.test_french import FAULTS

# Weeks and searches lead to one another without end.
PAGES = 60


@dataclass
class Page:
    """An address that answered, and the tree of its page."""

    url: str
    tree: html.HtmlElement

    def targets(self) -> Iterator[tuple[str, str]]:
        """Links and actions of forms: (method, absolute address)."""
        for link in self.tree.iter("a"):
            yield "get", urljoin(self.url, link.get("href", ""))
        for form in self.tree.iter("form"):
            yield form.get("method", "get").lower(), urljoin(self.url, form.get("action", ""))


def walk(client: Client, start: str) -> Iterator[Page]:
    """Every page that can be reached by links from one, the nearest first."""
    waiting, seen = [start], {start}
    while waiting and len(seen) <= PAGES:
        url = waiting.pop(0)
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = Page(answer.request["PATH_INFO"], html.document_fromstring(answer.content))
        yield page
        for method, target in page.targets():
            address = urldefrag(target).url
            if method == "get" and address not in seen and not urlsplit(address).netloc:
                seen.add(address)
                waiting.append(address)


@pytest.mark.parametrize("caller", CALLERS)
def test_links_lead_somewhere_and_texts_are_french(caller, cast, tuesday):
    client = Client()
    if caller != "anonymous":
        cast.sign_in(client, caller.replace("_", "-"))
    read = 0
    for page in walk(client, "/"):
        read += 1
        ids = page.tree.xpath("//@id")
        assert len(ids) == len(set(ids)), f"{page.url}: an id is there twice"
        for method, target in page.targets():
            parts = urlsplit(target)
            assert not parts.netloc, f"{page.url} leads outside: {target}"
            if parts.fragment and parts.path == page.url:
                assert parts.fragment in ids, f"{page.url}: #{parts.fragment} does not exist"
            if method == "post":
                resolve(parts.path)
        assert len(page.tree.xpath("//h1")) == 1, page.url
        assert page.tree.findtext(".//title", "").strip()
        for text in visible_texts(page.tree):
            faults = [fault for fault, pattern in FAULTS.items() if pattern.search(text)]
            assert not faults, f"{page.url}: {faults} in « {text} »"
    assert read >= 1


def visible_texts(tree: html.HtmlElement) -> list[str]:
    """What is read of a page, one text a node."""
    texts = tree.xpath("//body//text()[not(ancestor::script)]")
    return [re.sub(r"[ \n\t]+", " ", text).strip(" \n\t") for text in texts if text.strip()]
