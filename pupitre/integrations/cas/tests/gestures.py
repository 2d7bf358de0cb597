"""What services and browsers do, as they do it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from lxml import etree

CAS = "{http://www.yale.edu/tp/cas}"
SERVICE = "https://moodle.exemple.example/login/index.php?authCAS=CAS&b=1"


def ticket_of(client: Client, service: str = SERVICE, **asked: str) -> str:
    """The ticket with which the person is sent back."""
    answer = client.get("/cas/login", {"service": service, **asked})
    assert answer.status_code == 302, answer.status_code
    return parse_qs(urlsplit(answer["Location"]).query)["ticket"][0]


def validated(ticket: str, service: str = SERVICE, *, at: str = "serviceValidate", **asked: str) -> Any:
    """The block that the server answers, as a tree: `authenticationSuccess` or `authenticationFailure`."""
    answer = Client().get(f"/cas/{at}", {"service": service, "ticket": ticket, **asked})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml;charset=utf-8")
    (block,) = etree.fromstring(answer.content)
    return block


def code_of(block: Any) -> str:
    """The code of a failure, « » for a success."""
    assert block.tag in (f"{CAS}authenticationSuccess", f"{CAS}authenticationFailure"), block.tag
    return str(block.get("code", ""))


def attributes_of(block: Any) -> dict[str, list[str]]:
    """What a success tells besides the user."""
    found: dict[str, list[str]] = {}
    for node in block.find(f"{CAS}attributes"):
        found.setdefault(node.tag.removeprefix(CAS), []).append(node.text)
    return found
