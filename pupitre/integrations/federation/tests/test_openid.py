"""Signing in by OpenID Connect, against a provider that others wrote; and what is refused when it lies."""

import base64
import hashlib
import json
import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from pupitre.accounts.models import User
from pupitre.accounts.sealing import unseal
from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.accounts.tests.test_second_factor import with_codes
from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Person
from pupitre.foundation import clock
from pupitre.integrations.federation.models import Attempt, Link, Provider
from pupitre.integrations.federation.tests.gestures import (
    answer_at,
    asked_in,
    is_in,
    sent_to,
    sign_in_by,
    why_refused,
)

NADIA = {"sub": "nadia", "FrEduCtPersonAffiliation": ["resp2d"], "FrEduCtRefId": ["{AAF}15|x|200"]}
INES = {"sub": "ines", "FrEduCtPersonAffiliation": ["eleve2d"], "FrEduCtRefId": ["{AAF}015|x|100"]}


def user_of(cast, slug: str) -> User:
    user = cast.people[slug].user
    user.refresh_from_db()
    return user


def test_a_parent_enters_by_educonnect_without_ever_having_had_a_password(cast, peer, educonnect, known, browser):
    User.objects.filter(pk=cast.people["parent"].user_id).update(state="created", password="!")
    peer.claims = NADIA
    target = sent_to(browser, "/connexion/par/educonnect/?next=/compte/")
    asked = asked_in(target)
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["nonce"] != asked["state"]
    response = browser.get(answer_at(target))
    assert response["Location"] == "/compte/"
    assert is_in(browser)
    assert user_of(cast, "parent").state == "active"
    link = Link.objects.get(person=cast.people["parent"])
    assert b"nadia" not in bytes(link.subject_hash)
    assert not Attempt.objects.exists()


def test_nobody_is_ever_created(cast, peer, educonnect, known, browser):
    before = Person.objects.count(), User.objects.count()
    peer.claims = NADIA | {"sub": "autre", "FrEduCtRefId": ["{AAF}15|x|999"]}
    response = sign_in_by(browser, "educonnect")
    assert why_refused(response) == "unknown"
    assert "aucune personne de Pupitre n’y correspond" in response.content.decode()
    assert (Person.objects.count(), User.objects.count()) == before
    assert not is_in(browser)


def test_an_identity_already_known_enters_whatever_else_is_told(cast, peer, educonnect, known, browser):
    peer.claims = NADIA
    sign_in_by(browser, "educonnect")
    ExternalId.objects.filter(source="aaf").delete()
    peer.claims = {"sub": "nadia"}
    other = Client()
    sign_in_by(other, "educonnect")
    assert is_in(other)


def test_a_student_enters_by_their_ine_hash_and_birth_date(cast, peer, educonnect, browser):
    ines = cast.people["eleve"]
    ines.birth_date = "2013-03-31"
    ines.save()
    ExternalId.objects.create(person=ines, source="ine", namespace="national", value="0123456789A")
    peer.claims = {
        "sub": "i", "FrEduCtPersonAffiliation": ["eleve2d"], "FrEduCtEleveINEHash": ["D1BD6A4C9E4BBFD4DA4A5F6E3B4A3F5B"],
        "FrEduCtDateNaissance": ["2013-03-31"], "FrEduCtEleveUAI": ["0990001N"],
    }  # fmt: skip
    assert why_refused(sign_in_by(browser, "educonnect")) == "unknown"
    peer.claims["FrEduCtEleveINEHash"] = [hashlib.md5(b"0123456789A", usedforsecurity=False).hexdigest()]
    sign_in_by(browser, "educonnect")
    assert is_in(browser)


def test_the_ine_of_a_child_does_not_open_the_child_when_nobody_says_who_comes(cast, peer, educonnect, browser):
    ines = cast.people["eleve"]
    ines.birth_date = "2013-03-31"
    ines.save()
    ExternalId.objects.create(person=ines, source="ine", namespace="national", value="0123456789A")
    peer.claims = {"sub": "i", "FrEduCtEleveINE": "0123456789A", "FrEduCtDateNaissance": "2013-03-31"}
    assert why_refused(sign_in_by(browser, "educonnect")) == "incomplete"
    assert not Link.objects.exists()


@pytest.fixture
def twice(cast, peer, educonnect, known) -> Person:
    """Nadia is known by another academy too, and by the provider under both keys; her other record."""
    other = Person.objects.create(last_name="BELKACEM", first_name="Nadia")
    ExternalId.objects.create(person=other, source="aaf", namespace="12", value="77")
    Affiliation.objects.create(person=other, establishment=cast.lycee, profile="guardian", starts_on=clock.today())
    peer.claims = NADIA | {
        "FrEduCtRefId": ["{AAF}15|x|200", "{AAF}12|x|77"], "family_name": "Belkacem", "given_name": "NADIA",
    }  # fmt: skip
    return other


def test_a_guardian_known_by_two_academies_is_one_person(cast, twice, browser):
    sign_in_by(browser, "educonnect")
    assert is_in(browser)
    assert not Person.objects.filter(pk=twice.pk).exists()
    known = ExternalId.objects.filter(person=cast.people["parent"], source="aaf")
    assert set(known.values_list("value", flat=True)) == {"200", "77"}


@pytest.mark.parametrize("trick", ["name", "no name", "teacher", "birth", "academy", "suspended", "one academy"])
def test_two_records_that_are_perhaps_two_people_stay_two(cast, peer, educonnect, twice, browser, trick):
    nadia = cast.people["parent"]
    if trick == "name":
        peer.claims["family_name"] = "Autre"
    elif trick == "no name":
        peer.claims["given_name"] = ""
    elif trick == "teacher":
        Affiliation.objects.filter(person=twice).update(profile="teacher")
    elif trick == "birth":
        Person.objects.filter(pk=twice.pk).update(birth_date="1980-01-01")
        Person.objects.filter(pk=nadia.pk).update(birth_date="1981-01-01")
    elif trick == "academy":
        Provider.objects.update(academy=cast.college.academy)
    elif trick == "suspended":
        User.objects.filter(pk=nadia.user_id).update(state="suspended")
    else:
        ExternalId.objects.filter(person=twice).update(namespace="15")
        peer.claims["FrEduCtRefId"] = ["{AAF}15|x|200", "{AAF}15|x|77"]
    assert why_refused(sign_in_by(browser, "educonnect")) == "several"
    assert Person.objects.filter(pk__in=[twice.pk, nadia.pk]).count() == 2


@pytest.mark.parametrize(
    ("key", "names", "is_let_in"),
    [
        ("15200", {"family_name": "Belkacem", "given_name": "Nadia"}, True),
        ("P200", {"family_name": "Belkacem", "given_name": "Nadia"}, True),
        ("15200", {"family_name": "Autre", "given_name": "Nadia"}, False),
        ("15200", {}, False),
    ],
)
def test_a_key_written_another_way_wants_the_names_too(cast, peer, educonnect, known, browser, key, names, is_let_in):
    peer.claims = NADIA | {"FrEduCtRefId": [f"{{AAF}}15|x|{key}"]} | names
    sign_in_by(browser, "educonnect")
    assert is_in(browser) is is_let_in


def test_two_students_with_one_ine_are_not_told_apart(cast, peer, educonnect, browser):
    for slug in ("eleve", "frere"):
        person = cast.people[slug]
        person.birth_date = "2013-03-31"
        person.save()
        ExternalId.objects.create(person=person, source="ine", namespace="national", value="0123456789A")
    peer.claims = {
        "sub": "i", "FrEduCtPersonAffiliation": ["eleve2d"], "FrEduCtEleveINE": "0123456789A",
        "FrEduCtDateNaissance": "2013-03-31",
    }  # fmt: skip
    assert why_refused(sign_in_by(browser, "educonnect")) == "several"


def test_a_guardian_enters_by_the_older_vector_whatever_the_accents(cast, peer, educonnect, browser):
    ExternalId.objects.create(
        person=cast.people["eleve"], source="siecle_student", namespace="0990001N", value="701294"
    )
    peer.claims = {"sub": "n", "FrEduVecteur": ["2|Belkacem|NADIA|701294|0990001N", "2|Belkacem|Nadia|1|0990001N"]}
    sign_in_by(browser, "educonnect")
    assert is_in(browser)


@pytest.mark.parametrize(
    ("vectors", "why"),
    [
        (["2|BELKACEM|Nadine|701294|0990001N"], "unknown"),
        (["2|BELKACEM|Nadia||0990001N"], "incomplete"),
        (["2|BELKACEM|Nadia|701294|0990001N", "4|||701294|0990001N"], "untrusted"),
        (["9|a|b|1|0990001N"], "incomplete"),
    ],
)
def test_a_vector_that_does_not_hold_is_refused(cast, peer, educonnect, browser, vectors, why):
    ExternalId.objects.create(
        person=cast.people["eleve"], source="siecle_student", namespace="0990001N", value="701294"
    )
    peer.claims = {"sub": "n", "FrEduVecteur": vectors}
    assert why_refused(sign_in_by(browser, "educonnect")) == why


def test_a_guardian_shut_out_of_every_child_is_told_so(cast, peer, educonnect, known, browser):
    Guardianship.objects.filter(guardian=cast.people["parent"]).update(is_restricted=True)
    peer.claims = NADIA
    response = sign_in_by(browser, "educonnect")
    assert why_refused(response) == "restricted"
    assert "Seule la direction" in response.content.decode()


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_closed_account_stays_closed(cast, peer, educonnect, known, browser, state):
    User.objects.filter(pk=cast.people["parent"].user_id).update(state=state)
    peer.claims = NADIA
    assert why_refused(sign_in_by(browser, "educonnect")) == "closed"


def test_what_the_agreement_does_not_release_is_said(cast, peer, educonnect, browser):
    peer.claims = {"sub": "x"}
    assert why_refused(sign_in_by(browser, "educonnect")) == "incomplete"


def test_a_teacher_enters_by_the_guichet_with_their_professional_address(cast, peer, guichet, browser):
    Person.objects.filter(pk=cast.people["enseignante"].pk).update(email="Helene.Roussel@ac-strasbourg.fr")
    peer.claims = {"sub": "h", "email": "helene.roussel@AC-Strasbourg.fr"}
    sign_in_by(browser, "guichet")
    assert is_in(browser)


def test_one_address_for_two_agents_opens_neither(cast, peer, guichet, browser):
    people = [cast.people["enseignante"].pk, cast.people["collegue"].pk]
    Person.objects.filter(pk__in=people).update(email="college@ac-strasbourg.fr")
    peer.claims = {"sub": "h", "email": "college@ac-strasbourg.fr"}
    assert why_refused(sign_in_by(browser, "guichet")) == "several"


def test_the_address_of_a_parent_opens_nothing_at_the_guichet(cast, peer, guichet, browser):
    Person.objects.filter(pk=cast.people["parent"].pk).update(email="nadia@exemple.fr")
    peer.claims = {"sub": "n", "email": "nadia@exemple.fr"}
    assert why_refused(sign_in_by(browser, "guichet")) == "unknown"


def test_a_teacher_does_not_enter_by_the_door_of_families(cast, peer, educonnect, browser):
    ExternalId.objects.create(person=cast.people["collegue"], source="aaf", namespace="15", value="300")
    peer.claims = {"sub": "b", "FrEduCtRefId": ["{AAF}15|x|300"]}
    assert why_refused(sign_in_by(browser, "educonnect")) == "wrong_door"


def test_a_provider_of_one_school_opens_that_school_only(cast, peer, guichet, browser):
    guichet.establishment = cast.neighbour
    guichet.save()
    Person.objects.filter(pk=cast.people["enseignante"].pk).update(email="h@ac.fr")
    peer.claims = {"sub": "h", "email": "h@ac.fr"}
    assert why_refused(sign_in_by(browser, "guichet")) == "wrong_door"


def test_the_second_factor_is_asked_after_the_guichet_too(cast, peer, guichet, teacher, browser):
    with_codes(teacher)
    Person.objects.filter(pk=cast.people["enseignante"].pk).update(email="h@ac.fr")
    peer.claims = {"sub": "h", "email": "h@ac.fr"}
    assert sign_in_by(browser, "guichet")["Location"].startswith("/connexion/verification/")
    assert not is_in(browser)


# --- What is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lie", "why"),
    [
        ({"iss": "https://mechant.example"}, "untrusted"),
        ({"aud": "autre"}, "untrusted"),
        ({"aud": ["pupitre", "autre"]}, "untrusted"),
        ({"azp": "autre"}, "untrusted"),
        ({"nonce": "rejoue"}, "untrusted"),
        ({"nonce": None}, "untrusted"),
        ({"exp": 1}, "expired"),
        ({"exp": None}, "untrusted"),
        ({"iat": 4000000000}, "expired"),
        ({"sub": None}, "untrusted"),
    ],
)
def test_an_id_token_that_is_not_for_us_now_is_refused(cast, peer, educonnect, known, browser, lie, why):
    peer.claims = NADIA
    peer.lie = lambda claims: {name: value for name, value in (claims | lie).items() if value is not None}
    assert why_refused(sign_in_by(browser, "educonnect")) == why
    assert not is_in(browser)


def unsigned(claims):
    head, body = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "none"}, claims)
    )
    return f"{head}.{body}."


def signed_by_nobody(claims):
    key = RSAKey.generate_key(2048, {"kid": "un"}, private=True)
    return jwt.encode({"alg": "RS256", "kid": "un"}, claims, key)


def signed_with_the_secret(claims):
    key = OctKey.import_key("un secret de test, mais assez long pour signer quelque chose")
    return jwt.encode({"alg": "HS256", "kid": "un"}, claims, key)


@pytest.mark.parametrize("forge", [unsigned, signed_by_nobody, signed_with_the_secret, lambda claims: "a.b.c"])
def test_a_forged_id_token_is_refused(cast, peer, educonnect, known, browser, forge):
    peer.claims, peer.forge = NADIA, forge
    assert why_refused(sign_in_by(browser, "educonnect")) == "untrusted"


def test_user_info_about_somebody_else_is_refused(cast, peer, educonnect, known, browser):
    peer.claims, peer.info = NADIA, INES
    assert why_refused(sign_in_by(browser, "educonnect")) == "untrusted"


def test_keys_that_turn_are_read_again(cast, peer, educonnect, known, browser):
    peer.claims = NADIA
    sign_in_by(browser, "educonnect")
    assert peer.asked.count("jwks") == 1
    peer.turn_key()
    other = Client()
    sign_in_by(other, "educonnect")
    assert is_in(other)
    assert peer.asked.count("jwks") == 2


def test_an_answer_serves_once(cast, peer, educonnect, known, browser):
    peer.claims = NADIA
    answer = answer_at(sent_to(browser, "/connexion/par/educonnect/"))
    browser.get(answer)
    browser.post("/deconnexion/")
    assert why_refused(browser.get(answer)) == "expired"


def test_an_answer_in_another_browser_is_refused(cast, peer, educonnect, known, browser):
    """Somebody gives their own answer to another, so that the other enters their account."""
    peer.claims = NADIA
    answer = answer_at(sent_to(browser, "/connexion/par/educonnect/"))
    victim = Client()
    assert why_refused(victim.get(answer)) == "expired"
    sent_to(victim, "/connexion/par/educonnect/")
    assert why_refused(victim.get(answer)) == "expired"
    assert not is_in(victim)


def test_an_answer_after_ten_minutes_is_refused(cast, peer, educonnect, known, browser):
    peer.claims = NADIA
    answer = answer_at(sent_to(browser, "/connexion/par/educonnect/"))
    with clock.at("2026-11-24T10:31"):
        assert why_refused(browser.get(answer)) == "expired"


@pytest.mark.parametrize(
    "answer", ["", "?state=inconnu&code=1", "?code=1", "?state=%00&code=%00", "?error=access_denied"]
)
def test_an_answer_that_nobody_asked_for_is_refused(cast, peer, educonnect, browser, answer):
    assert why_refused(browser.get(f"/connexion/par/educonnect/retour/{answer}")) == "expired"


def test_an_abandoned_sign_in_is_said_kindly(cast, peer, educonnect, browser):
    state = asked_in(sent_to(browser, "/connexion/par/educonnect/"))["state"]
    response = browser.get(f"/connexion/par/educonnect/retour/?error=access_denied&state={state}")
    assert why_refused(response) == "cancelled"
    assert "abandonnée ou refusée" in response.content.decode()


def test_an_answer_that_says_to_be_of_another_provider_is_refused(cast, peer, educonnect, browser):
    state = asked_in(sent_to(browser, "/connexion/par/educonnect/"))["state"]
    address = f"/connexion/par/educonnect/retour/?code=1&state={state}&iss=https://mechant.example"
    assert why_refused(browser.get(address)) == "untrusted"


@pytest.mark.parametrize(
    "asked", ["https://mechant.example/", "//mechant.example", "javascript:alert(1)", "/\\mechant.example"]
)
def test_no_open_redirect(cast, peer, educonnect, known, browser, asked):
    peer.claims = NADIA
    assert sign_in_by(browser, "educonnect", asked)["Location"] == "/"


def test_a_provider_that_does_not_answer_is_said(cast, peer, educonnect, browser):
    educonnect.issuer = "http://127.0.0.1:9"
    educonnect.save()
    assert why_refused(browser.get("/connexion/par/educonnect/")) == "unreachable"


def test_a_configuration_of_another_issuer_is_refused(cast, peer, educonnect, browser):
    peer.tampered = {"issuer": "https://mechant.example"}
    assert why_refused(browser.get("/connexion/par/educonnect/")) == "untrusted"


def test_a_configuration_that_points_inside_our_network_is_not_followed(cast, peer, educonnect, known, browser):
    peer.claims, peer.tampered = NADIA, {"token_endpoint": "https://10.0.0.1/token"}
    assert why_refused(sign_in_by(browser, "educonnect")) == "unreachable"


def test_a_shut_provider_does_not_exist(cast, peer, educonnect, browser):
    educonnect.is_open = False
    educonnect.save()
    assert browser.get("/connexion/par/educonnect/").status_code == 404


# --- Linking, proving, leaving --------------------------------------------------------------------------------------


def led_to(response) -> str:
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', response.content.decode())
    assert found
    return unescape(found[1])


def test_somebody_links_an_identity_after_a_fresh_proof(cast, peer, educonnect, parent):
    browser = Client()
    browser.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    peer.claims = {"sub": "nouvelle", "FrEduCtPersonAffiliation": ["resp2d"]}
    with clock.at("2026-11-24T10:40"):
        asked = browser.post("/compte/connexions/par/educonnect/")
        assert asked["Location"].startswith("/connexion/preuve/")
        browser.post("/connexion/preuve/", {"password": PASSWORD})
        peer.now = int(clock.now().timestamp())
        leaving = browser.post("/compte/connexions/par/educonnect/")
        response = browser.get(answer_at(led_to(leaving)))
    # What is not released for want of an agreement does not prevent the person from saying who they are.
    assert response["Location"] == "/compte/connexions/?dit=relie"
    assert Link.objects.get().by_hand
    other = Client()
    peer.now = int(clock.now().timestamp())
    sign_in_by(other, "educonnect")
    assert is_in(other)
    page = browser.get("/compte/connexions/").content.decode()
    assert "reliée le" in page
    browser.post(f"/compte/connexions/{Link.objects.get().pk}/")
    assert not Link.objects.exists()


def test_an_identity_of_somebody_else_is_not_linked(cast, peer, educonnect, known, teacher):
    browser = Client()
    browser.post("/connexion/", {"username": teacher.username, "password": PASSWORD})
    peer.claims = NADIA
    leaving = browser.post("/compte/connexions/par/educonnect/")
    assert why_refused(browser.get(answer_at(led_to(leaving)))) == "taken"
    assert not Link.objects.exists()


def test_the_last_way_into_an_account_is_kept(cast, peer, educonnect, known, browser):
    User.objects.filter(pk=cast.people["parent"].user_id).update(state="created", password="!")
    peer.claims = NADIA
    sign_in_by(browser, "educonnect")
    response = browser.post(f"/compte/connexions/{Link.objects.get().pk}/")
    assert response["Location"] == "/compte/connexions/?dit=derniere"
    assert Link.objects.exists()


def test_whoever_has_no_password_proves_who_they_are_by_their_provider(cast, peer, educonnect, known, browser):
    User.objects.filter(pk=cast.people["parent"].user_id).update(state="created", password="!")
    peer.claims = NADIA
    sign_in_by(browser, "educonnect")
    with clock.at("2026-11-24T10:40"):
        page = browser.get("/connexion/preuve/?next=/compte/verification/codes/").content.decode()
        assert "Confirmer avec ÉduConnect" in page
        assert 'name="password"' not in page
        leaving = browser.post("/connexion/par/educonnect/confirmer/", {"next": "/compte/verification/codes/"})
        target = led_to(leaving)
        assert asked_in(target)["prompt"] == "login"
        # The provider did not ask again: what it remembers proves nothing.
        answer = answer_at(target)
        assert why_refused(browser.get(answer)) in ("expired", "untrusted")
        peer.now = int(clock.now().timestamp())
        leaving = browser.post("/connexion/par/educonnect/confirmer/", {"next": "/compte/verification/codes/"})
        response = browser.get(answer_at(led_to(leaving)))
        assert response["Location"] == "/compte/verification/codes/"
        assert browser.get("/compte/verification/codes/").status_code == 200


def test_signing_out_goes_on_to_the_provider(cast, peer, educonnect, known, browser):
    peer.claims = NADIA
    sign_in_by(browser, "educonnect")
    response = browser.post("/deconnexion/")
    target = led_to(response)
    assert target.startswith(f"{peer.url}/logout?")
    asked = asked_in(target)
    assert asked["post_logout_redirect_uri"] == "http://testserver/connexion/?dit=au-revoir"
    assert asked["id_token_hint"].count(".") == 2
    assert not is_in(browser)


def test_the_sign_in_page_shows_the_providers(cast, peer, educonnect, browser):
    page = browser.get("/connexion/?next=/compte/").content.decode()
    assert "Élève ou parent" in page
    assert 'href="/connexion/par/educonnect/?next=%2Fcompte%2F"' in page
    assert "ou avec un compte Pupitre" in page


# --- On the server ------------------------------------------------------------------------------------------------------


def test_a_provider_is_registered_on_the_server_and_its_secret_sealed(cast, tuesday, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("tres secret\n"))
    out = StringIO()
    facts = {"kind": "agents", "academy": "15", "issuer": "https://guichet.exemple.fr", "client_id": "p"}
    call_command("provider", "guichet-15", name="le guichet", stdout=out, **facts)
    provider = Provider.objects.get(slug="guichet-15")
    assert unseal(provider.secret) == b"tres secret"
    assert "/connexion/par/guichet-15/retour/" in out.getvalue()
    call_command("provider", "guichet-15", shut=True, stdout=out)
    provider.refresh_from_db()
    assert not provider.is_open
    assert provider.issuer == "https://guichet.exemple.fr"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "tous"}, "à qui il s’adresse"),
        ({"issuer": "http://10.0.0.1"}, "adresse https"),
        ({"school": "0999999Z"}, "Aucun établissement"),
        ({"school": "0990001N", "academy": "15"}, "pas des deux"),
        ({"client_id": ""}, "client_id"),
    ],
)
def test_a_wrong_provider_is_said(cast, tuesday, monkeypatch, wrong, words):
    monkeypatch.setattr("sys.stdin", StringIO("s\n"))
    facts = {"kind": "agents", "issuer": "https://guichet.exemple.fr", "client_id": "p", "name": "x"} | wrong
    with pytest.raises(CommandError, match=words):
        call_command("provider", "guichet", **facts)


def test_refusals_are_listed_on_the_server(cast, peer, educonnect, browser):
    peer.claims = {"sub": "x"}
    sign_in_by(browser, "educonnect")
    out = StringIO()
    call_command("provider", "educonnect", refusals=True, stdout=out)
    assert "incomplete" in out.getvalue()
