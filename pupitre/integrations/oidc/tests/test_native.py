"""Where an application receives its codes (RFC 8252)."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client as Browser

from pupitre.establishments.scope import scope
from pupitre.integrations.oidc.native import is_native, is_registered
from pupitre.integrations.oidc.tests.factories import HOME, make_client
from pupitre.integrations.oidc.tests.test_clients import asked_by


@pytest.mark.parametrize(
    "address", ["fr.exemple.app:/retour", "fr.exemple.app://retour", "http://127.0.0.1/retour", "http://[::1]/"]
)
def test_an_application_receives_codes_on_the_device(address):
    assert is_native(address)
    assert is_registered(address, [address])


@pytest.mark.parametrize(
    "address",
    [
        *(
            "app:/retour",
            "javascript:alert(1)",
            "data:text/html,x",
            "http://127.0.0.1.evil.example/",
            "http://localhost/",
        ),
        *("http://127.0.0.1:x/", "http://127.0.0.1/?x=1", "fr.exemple.app:/retour#x", "fr.exemple.app:retour"),
        *("https://evil.example/", "http://127.0.0.1@evil.example/", "fr.exemple.app:/retour\n", "FR.exemple.app:/"),
    ],
)
def test_nothing_else_is_an_application(address):
    assert not is_native(address)


def test_the_port_of_a_loopback_address_is_that_of_the_day_and_nothing_else_moves():
    known = ["http://127.0.0.1/retour"]
    assert is_registered("http://127.0.0.1:51004/retour", known)
    for wrong in ("http://127.0.0.1:51004/autre", "http://[::1]:51004/retour", "https://127.0.0.1/retour"):
        assert not is_registered(wrong, known)
    assert not is_registered("fr.exemple.app:/retour/", ["fr.exemple.app:/retour"])


def test_a_school_registers_the_address_of_an_application(cast):
    client = make_client(cast)
    page = f"/{cast.college.uai}/services/{client.service_id}/oidc/"
    referent = cast.sign_in(Browser(), "referent")
    typed = {"retours": f"fr.exemple.app:/retour\nhttp://127.0.0.1/retour\n{HOME}retour"}
    assert referent.post(page, typed).status_code == 302
    client.refresh_from_db()
    assert client.redirect_uris == typed["retours"].split("\n")
    # Only codes: an exit is an address of the web.
    assert referent.post(page, typed | {"sorties": "fr.exemple.app:/sortie"}).status_code == 422
    with scope(cast.college.pk):
        assert client.logout_uris != ["fr.exemple.app:/sortie"]


def _answer(response) -> dict[str, list[str]]:
    return parse_qs(urlsplit(response["Location"]).query) if response.status_code == 302 else {}


@pytest.mark.parametrize("back", ["fr.exemple.app:/retour", "http://127.0.0.1:51004/retour"])
def test_no_code_goes_to_a_device_without_its_person(cast, ines, back):
    """Another program may send the browser there, in the name of an application that was agreed to."""
    client = make_client(cast)
    client.redirect_uris = ["fr.exemple.app:/retour", "http://127.0.0.1/retour", f"{HOME}retour"]
    client.save()
    asked = asked_by(client, redirect_uri=back)
    first = ines.get("/oidc/authorize", asked)
    assert "C’est la première fois" in first.content.decode()
    ines.post(f"/oidc/authorize?{urlencode(asked)}", {"accord": "oui"})
    again = ines.get("/oidc/authorize", asked)
    assert again.status_code == 200
    assert "il faut le redire" in again.content.decode()
    silent = ines.get("/oidc/authorize", {**asked, "prompt": "none"})
    assert silent["Location"].startswith(f"{back}?")
    assert _answer(silent)["error"] == ["consent_required"]
    # A site has its address for itself.
    assert "code" in _answer(ines.get("/oidc/authorize", asked_by(client, redirect_uri=f"{HOME}retour")))
