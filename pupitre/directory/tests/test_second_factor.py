"""A school asks for a second factor from a day, and takes away that of somebody who lost theirs."""

import pytest
from django.core import mail
from django.test import Client

from pupitre.accounts.models import Session, User
from pupitre.accounts.services.factors import factors_of
from pupitre.accounts.tests.conftest import PASSWORD, parent, teacher
from pupitre.accounts.tests.test_second_factor import code_of, is_in, type_password, with_codes
from pupitre.directory.models import SecondFactorRule
from pupitre.directory.second_factor import required_from
from pupitre.directory.services.verification import sign_out_the_late
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry

__all__ = ("parent", "teacher")
PAGE = "/0990001N/comptes/double-verification/"


def ask(cast, slug: str, who: str, day: str) -> int:
    client = cast.sign_in(Client(), slug)
    return client.post(PAGE, {"qui": who, "debut": day}).status_code


def user_of(cast, slug: str) -> User:
    user = cast.people[slug].user
    assert user is not None
    return user


def test_until_the_day_the_person_is_warned_and_may_put_it_off(cast, teacher):
    assert ask(cast, "principal", "staff", "2027-01-04") == 302
    client = Client()
    assert type_password(client, teacher, "/compte/") == "/connexion/verification/bientot/?next=%2Fcompte%2F"
    page = client.get("/connexion/verification/bientot/?next=/compte/").content.decode()
    assert "lundi 4\N{NO-BREAK SPACE}janvier" in page
    assert is_in(client)


def test_from_the_day_it_is_set_before_entering(cast, teacher):
    ask(cast, "principal", "staff", "2027-01-04")
    with clock.at("2027-01-04T08:00"):
        client = Client()
        assert type_password(client, teacher, "/compte/").startswith("/compte/verification/codes/")
        assert not is_in(client)
        page = client.get("/compte/verification/codes/?next=/compte/")
        assert page.status_code == 200
        done = client.post("/compte/verification/codes/", {"code": code_of(teacher), "next": "/compte/"})
        assert "Les codes de secours" in done.content.decode()
        assert 'href="/compte/"' in done.content.decode()
        assert is_in(client)


def test_setting_one_in_the_middle_of_a_sign_in_is_no_way_around_a_first_one(cast, teacher):
    with_codes(teacher)
    ask(cast, "principal", "staff", "2026-11-24")
    client = Client()
    type_password(client, teacher)
    assert client.get("/compte/verification/codes/")["Location"] == "/connexion/"
    assert client.get("/compte/verification/cle/")["Location"] == "/connexion/"


def test_on_the_day_whoever_has_none_is_signed_out_but_for_whoever_asks(cast, teacher):
    late = cast.sign_in(Client(), "enseignante")
    with_codes(user_of(cast, "collegue"))
    ready = cast.sign_in(Client(), "collegue")
    family = cast.sign_in(Client(), "parent")
    ask(cast, "principal", "staff", "2026-11-24")
    assert not is_in(late)
    assert is_in(ready)
    assert is_in(family)
    assert Session.objects.filter(user=user_of(cast, "principal")).exists()


def test_the_night_before_the_day_signs_nobody_out(cast, teacher):
    ask(cast, "principal", "staff", "2026-11-26")
    cast.sign_in(Client(), "enseignante")
    with clock.at("2026-11-25T03:00"):
        assert sign_out_the_late() == []
    with clock.at("2026-11-26T03:00"):
        [line] = sign_out_the_late()
    assert "fermée" in line
    assert not Session.objects.filter(user=teacher).exists()


def test_it_is_asked_of_administrators_only_when_the_school_says_so(cast, teacher):
    ask(cast, "referent", "administrators", "2026-12-01")
    assert required_from(teacher.pk) is None
    assert required_from(user_of(cast, "referent").pk) is not None
    assert required_from(user_of(cast, "parent").pk) is None


def test_the_academy_asks_it_of_all_its_schools_and_a_school_cannot_ask_less(cast, teacher):
    cast.neighbour.academy = "12"
    cast.neighbour.save()
    ask(cast, "academie", "staff", "2026-12-01")
    assert SecondFactorRule.objects.get().academy == "15"
    ask(cast, "principal", "nobody", "")
    assert str(required_from(teacher.pk)) == "2026-12-01"
    assert required_from(user_of(cast, "enseignante-voisine").pk) is None
    page = cast.sign_in(Client(), "principal").get(PAGE).content.decode()
    assert "L’académie la demande déjà" in page


@pytest.mark.parametrize("typed", ["", "2026-11-23", "demain"])
def test_a_day_that_is_missing_or_past_is_said(cast, tuesday, typed):
    client = cast.sign_in(Client(), "principal")
    response = client.post(PAGE, {"qui": "staff", "debut": typed})
    assert response.status_code == 422
    assert not SecondFactorRule.objects.exists()


def test_the_page_counts_who_is_ready(cast, teacher):
    with_codes(teacher)
    ask(cast, "principal", "staff", "2027-01-04")
    page = cast.sign_in(Client(), "principal").get(PAGE).content.decode()
    assert "Déjà réglée par 1\N{NO-BREAK SPACE}personne sur" in page


def test_the_referent_resets_a_lost_telephone_with_a_reason(cast, teacher, django_capture_on_commit_callbacks):
    with_codes(teacher)
    signed_in = cast.sign_in(Client(), "enseignante")
    address = f"/0990001N/comptes/personnes/{cast.people['enseignante'].pk}/"
    client = cast.sign_in(Client(), "referent")
    assert "Remettre à zéro" in client.get(address).content.decode()
    assert client.post(f"{address}double-verification/", {"motif": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}double-verification/", {"motif": "lost"})
    assert not factors_of(teacher)
    assert not is_in(signed_in)
    with scope(cast.college.pk):
        written = AuditEntry.objects.get(verb="accounts.reset_second_factor")
    assert (written.person_id, written.target_id) == (cast.people["referent"].pk, teacher.pk)
    assert written.detail["reason"] == "lost"
    assert "remise à zéro" in mail.outbox[-1].body
    assert type_password(Client(), teacher) == "/"


def test_nobody_resets_their_own_nor_that_of_the_academy(cast, tuesday):
    for slug in ("referent", "academie"):
        user = user_of(cast, slug)
        user.set_password(PASSWORD)
        user.save()
        with_codes(user)
        address = f"/0990001N/comptes/personnes/{cast.people[slug].pk}/double-verification/"
        assert cast.sign_in(Client(), "referent").post(address, {"motif": "lost"}).status_code == 404
        assert factors_of(user)
