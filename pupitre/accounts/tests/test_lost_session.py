"""The session ends while a form is being sent: signed in again in place, what was typed arrives."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.accounts.models import Session, User
from pupitre.accounts.tests.conftest import PASSWORD


def text(answer: Any) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def hidden(answer: Any) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text(answer))
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture
def secretary(cast, tuesday) -> User:
    user: User = cast.people["secretaire"].user
    user.refresh_from_db()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def parent_account(cast) -> User:
    user: User = cast.people["parent"].user
    return user


@pytest.fixture
def address(cast) -> str:
    return reverse("accounts_of_school:suspend", args=[cast.college.uai, cast.people["parent"].pk])


@pytest.fixture
def lost(cast, client, secretary, address) -> Any:
    """What the secretary is answered when the form leaves after the end of the session."""
    cast.sign_in(client, "secretaire")
    Session.objects.filter(user=secretary).update(expire_date="2026-11-24T00:00+00:00")
    return client.post(address, {"raison": "misuse", "note": "deux\nlignes « à garder »"})


def again(client: Client, user: User, lost: Any, password: str = PASSWORD) -> Any:
    return client.post("/connexion/", {"username": user.username, "password": password, "kept": hidden(lost)["kept"]})


def test_what_was_being_sent_arrives_after_signing_in_again(client, secretary, parent_account, address, lost):
    assert lost.status_code == 401
    assert "rien n’est perdu" in text(lost)
    parent_account.refresh_from_db()
    assert parent_account.state == User.State.ACTIVE
    resume = again(client, secretary, lost)
    assert "data-resume" in text(resume)
    assert f'action="{address}"' in text(resume)
    fields = hidden(resume)
    assert fields["note"] == "deux\nlignes « à garder »".replace("\N{NO-BREAK SPACE}", " ")
    assert client.post(address, fields).status_code == 302
    parent_account.refresh_from_db()
    assert parent_account.state == User.State.SUSPENDED


def test_a_wrong_password_loses_nothing(client, secretary, lost):
    wrong = again(client, secretary, lost, "faux")
    assert wrong.status_code == 422
    assert "rien n’est perdu" in text(wrong)
    assert hidden(again(client, secretary, wrong))["raison"] == "misuse"


def test_somebody_else_who_signs_in_sends_nothing(client, cast, lost):
    other = cast.people["referent"].user
    other.set_password(PASSWORD)
    other.save()
    answer = again(client, other, lost)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_after_a_revoked_session_one_confirms_before_sending(client, secretary, cast, address):
    cast.sign_in(client, "secretaire")
    Session.objects.filter(user=secretary).delete()
    resume = again(client, secretary, client.post(address, {"raison": "misuse"}))
    assert "data-resume" not in text(resume)
    assert hidden(resume)["raison"] == "misuse"


def test_what_another_site_sends_is_not_kept(cast, secretary, address):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address, {"raison": "misuse"})
    assert answer.status_code == 403
    assert "kept" not in hidden(answer)


def test_a_forged_form_is_not_sent(client, secretary, lost):
    answer = client.post(
        "/connexion/", {"username": secretary.username, "password": PASSWORD, "kept": hidden(lost)["kept"][:-3] + "xyz"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_fragment_of_page_becomes_the_whole_page(client, secretary, cast, address):
    answer = client.post(address, {"raison": "misuse"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "body")


def test_the_account_page_keeps_what_was_typed_too(client, secretary):
    answer = client.post("/compte/adresse/", {"email": "odile@exemple.invalid", "current": PASSWORD})
    assert answer.status_code == 401
    fields = hidden(again(client, secretary, answer))
    assert fields["email"] == "odile@exemple.invalid"
    # A password is typed again, no page carries it back.
    assert PASSWORD not in fields.values()
