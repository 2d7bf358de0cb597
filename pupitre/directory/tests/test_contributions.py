import pytest
from lxml import html

from pupitre.directory.profiles import CAPABILITIES
from pupitre.foundation.registry import Capability, offered


def menu_of(cast, client, slug: str) -> list[str]:
    page = cast.sign_in(client, slug).get(f"/{cast.college.uai}/")
    navs = html.document_fromstring(page.content).iter("nav")
    return [html.tostring(link, method="text", encoding="unicode").strip() for nav in navs for link in nav.iter("a")]


@pytest.mark.parametrize("slug", ["cpe", "principal", "secretaire", "referent", "academie"])
def test_the_office_finds_the_accounts_in_its_menu(cast, tuesday, client, slug):
    assert "Comptes et activation" in menu_of(cast, client, slug)


@pytest.mark.parametrize("slug", ["eleve", "parent", "enseignante"])
def test_the_others_do_not(cast, tuesday, client, slug):
    menu = menu_of(cast, client, slug)
    assert menu
    assert "Comptes et activation" not in menu


def test_every_right_that_a_profile_gives_has_a_name():
    named = {capability.key for capability in offered(Capability)}
    assert frozenset().union(*CAPABILITIES.values()) <= named
