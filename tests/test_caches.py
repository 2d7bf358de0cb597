"""On a shared computer, what was read stays with whoever read it: no cache keeps a page."""

import pytest


@pytest.mark.parametrize(
    ("slug", "page"),
    [
        ("eleve", "/0990001N/emploi-du-temps/"),
        ("parent", "/affichage/"),
        ("cpe", "/0990001N/annuaire/?q=belkacem"),
        ("referent", "/0990001N/comptes/"),
        ("principal", "/0990001N/imports/"),
        ("enseignante", "/compte/"),
        ("eleve", "/0990003R/"),
    ],
)
def test_no_cache_keeps_a_page_of_somebody(cast, client, tuesday, slug, page):
    assert "no-store" in cast.sign_in(client, slug).get(page)["Cache-Control"]


@pytest.mark.parametrize(("slug", "home"), [("eleve", "/0990001N/"), ("parent", "/famille/")])
def test_a_home_is_kept_by_its_browser_only_and_until_they_leave(cast, client, tuesday, slug, home):
    assert "private" in cast.sign_in(client, slug).get(home)["Cache-Control"]
    assert client.post("/deconnexion/")["Clear-Site-Data"] == '"cache"'
