"""Asking a whole population for another password, and choosing it at the next entry without losing anything."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.accounts.models import Session, User
from pupitre.directory.services.renewal import Population, ask_for_new_passwords
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry
from tests.cast import Cast

OLD, NEW = "trois mots bien choisis", "quatre mots encore mieux choisis"


@pytest.fixture
def head(cast: Cast, tuesday: object) -> Actor:
    """The head, and everyone with a password and a session."""
    for slug in cast.people:
        user = account(cast, slug)
        user.set_password(OLD)
        user.save()
        cast.session_of(slug)
    principal = cast.people["principal"]
    return Actor(account(cast, "principal").pk, principal.pk, cast.college.pk, cast.college.uai, frozenset({"head"}))


def account(cast: Cast, slug: str) -> User:
    return User.objects.get(person=cast.people[slug])


def asked(cast: Cast) -> set[str]:
    """Those who must choose another password."""
    return {slug for slug in cast.people if account(cast, slug).password_expired_at}


def signed_in(cast: Cast) -> set[str]:
    return {slug for slug in cast.people if Session.objects.filter(user=account(cast, slug)).exists()}


@pytest.mark.parametrize(
    ("population", "concerned"),
    [
        (Population.STUDENTS, {"eleve", "frere"}),
        (Population.GUARDIANS, {"parent"}),
        (Population.STAFF, {"enseignante", "collegue", "cpe", "secretaire", "referent"}),
    ],
)
def test_a_population_of_the_school_and_nobody_else(cast, head, population, concerned):
    with scope(cast.college.pk):
        assert ask_for_new_passwords(population, actor=head) == len(concerned)
        assert AuditEntry.objects.get(verb="accounts.ask_for_new_passwords").detail["accounts"] == len(concerned)
    assert asked(cast) == concerned
    assert signed_in(cast) == set(cast.people) - concerned


def test_one_class_alone(cast, head):
    with scope(cast.college.pk):
        ask_for_new_passwords(Population.STUDENTS, group=cast.groups["4B"], actor=head)
    assert asked(cast) == {"eleve"}


def enter(client: Client, cast: Cast, password: str, **more: str):
    return client.post("/connexion/", {"username": account(cast, "eleve").username, "password": password, **more})


def test_the_old_password_only_leads_to_choosing_another(cast, head, client):
    with scope(cast.college.pk):
        ask_for_new_passwords(Population.STUDENTS, actor=head)
    week = reverse("timetable:week", args=[cast.college.uai])
    page = enter(client, cast, OLD, next=week)
    assert "l’établissement demande à chacun de changer de mot de passe" in page.text
    assert client.get(week).status_code == 302
    action = page.text.split('method="post" action="')[1].split('"')[0]
    again = client.post(action, {"password": OLD, "next": week, "kept": ""})
    assert again.status_code == 422
    assert "C’est l’ancien mot de passe" in again.text
    done = client.post(action, {"password": NEW, "next": week, "kept": ""})
    assert done["Location"] == week
    assert client.get(week).status_code == 200
    assert asked(cast) == {"frere"}


def test_what_was_being_sent_is_given_back_after_the_new_password(cast, head, client):
    address = reverse("messages_of_school:write", args=[cast.college.uai])
    lost = client.post(address, {"body": "Un long texte"})
    kept = lost.text.split('name="kept" value="')[1].split('"')[0]
    with scope(cast.college.pk):
        ask_for_new_passwords(Population.STUDENTS, actor=head)
    page = enter(client, cast, OLD, kept=kept)
    action = page.text.split('method="post" action="')[1].split('"')[0]
    given_back = client.post(action, {"password": NEW, "next": "", "kept": kept})
    assert "Un long texte" in given_back.text


def test_the_head_asks_from_the_page(cast, head):
    client = cast.sign_in(Client(), "principal")
    address = reverse("accounts_of_school:passwords", args=[cast.college.uai])
    assert "Cochez la case" in client.post(address, {"population": "students"}).text
    answer = client.post(address, {"population": "students", "understood": "on"}, follow=True)
    assert "2\N{NO-BREAK SPACE}comptes" in answer.text
    assert asked(cast) == {"eleve", "frere"}
