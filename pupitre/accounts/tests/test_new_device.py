"""A device new to an account is known as such for a day."""

from django.contrib.sessions.backends.base import SessionBase
from django.test import Client, RequestFactory

from pupitre.accounts.devices import is_new_device
from pupitre.accounts.models import User
from pupitre.accounts.sessions import SessionStore
from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.foundation import clock


def session_after_signing_in(client: Client, user: User) -> SessionBase:
    client.post("/connexion/", {"username": user.username, "password": PASSWORD})
    return SessionStore(client.cookies["pupitre_session"].value)


def is_new(session: SessionBase) -> bool:
    request = RequestFactory().get("/")
    request.session = session
    return is_new_device(request)


def test_the_first_day_on_a_device_is_known_the_second_is_not(teacher):
    client = Client()
    first = session_after_signing_in(client, teacher)
    assert is_new(first)
    with clock.at("2026-11-25T10:21"):
        assert not is_new(first)
    assert not is_new(session_after_signing_in(client, teacher))
