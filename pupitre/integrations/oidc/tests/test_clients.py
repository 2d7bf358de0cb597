"""A client that others wrote (authlib), and what ours must refuse it."""

import base64
import hashlib
import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.test import Client as Browser
from joserfc import jwt
from joserfc.jwk import KeySet

from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.oidc.models import Client, Grant, SigningKey
from pupitre.integrations.oidc.services.ending import EVENT
from pupitre.integrations.oidc.services.forgetting import forget_grants
from pupitre.integrations.oidc.services.keys import rotate
from pupitre.integrations.oidc.tests.factories import HOME, make_client, secret_of
from pupitre.integrations.services.models import Connector, Disclosure, Pseudonym
from pupitre.integrations.services.services.changing import change_service
from pupitre.integrations.services.services.outcomes import disclose
from pupitre.integrations.services.tests.factories import admin_of, open_service
from tests.jobs import run_jobs

VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def asked_by(client: Client, **changed: str) -> dict[str, str]:
    facts = {
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uris[0],
        "response_type": "code",
        "scope": "openid profile",
        "state": "s t&1",
        "nonce": "n",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return {name: value for name, value in {**facts, **changed}.items() if value}


def answer_of(response) -> dict[str, str]:
    """What the redirection says, whether it is one or the page that leads on."""
    if response.status_code == 302:
        target = response["Location"]
    else:
        target = response.content.decode().partition('content="0; url=')[2].partition('"')[0].replace("&amp;", "&")
    assert target.startswith(f"{HOME}retour?"), response.content
    return {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}


def agreed(browser: Browser, client: Client, **changed: str) -> dict[str, str]:
    """Enter, agreeing to what is asked the first time."""
    page = browser.get("/oidc/authorize", asked_by(client, **changed))
    if page.status_code == 200 and b"accord" in page.content:
        page = browser.post(f"/oidc/authorize?{page.wsgi_request.GET.urlencode()}", {"accord": "oui"})
    return answer_of(page)


def exchanged(client: Client, code: str, secret: str = "", /, **changed: str):
    facts = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uris[0],
        "code_verifier": VERIFIER,
        "client_id": client.client_id,
        **({"client_secret": secret} if secret else {}),
    }
    return Browser().post("/oidc/token", {**facts, **changed})


def claims_of(token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(Browser().get("/oidc/jwks").json())
    return jwt.decode(token, keys, algorithms=["RS256"]).claims


@pytest.fixture
def client(cast) -> Client:
    return make_client(cast)


def test_authlib_signs_a_student_in(cast, ines, client):
    """The whole way, by a library that knows nothing of us, over our own discovery document."""
    secret = secret_of(cast, client)
    known = Browser().get("/.well-known/openid-configuration").json()
    assert known["issuer"] == settings.SITE_URL
    site = urlsplit(settings.SITE_URL).netloc
    session = OAuth2Session(
        client.client_id,
        secret,
        scope="openid profile",
        redirect_uri=client.redirect_uris[0],
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",
    )
    url, _state = session.create_authorization_url(known["authorization_endpoint"], code_verifier=VERIFIER, nonce="n1")
    assert urlsplit(url).netloc == site
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    page = ines.get("/oidc/authorize", query)
    assert "Ce que Cours recevra" in page.content.decode()
    assert "BELKACEM" in page.content.decode()
    back = answer_of(ines.post(f"/oidc/authorize?{urlsplit(url).query}", {"accord": "oui"}))
    assert back["state"] == query["state"]
    sealed = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
    facts = {"grant_type": "authorization_code", "code": back["code"], "redirect_uri": client.redirect_uris[0]}
    answer = Browser().post(
        "/oidc/token", facts | {"code_verifier": VERIFIER}, headers={"Authorization": f"Basic {sealed}"}
    )
    tokens = answer.json()
    assert answer["Cache-Control"] == "private, no-store"
    checked = CodeIDToken(
        claims_of(tokens["id_token"]),
        {"alg": "RS256"},
        options={
            "iss": {"values": [known["issuer"]]},
            "aud": {"values": [client.client_id]},
            "nonce": {"value": "n1"},
        },
        params={"nonce": "n1", "client_id": client.client_id, "access_token": tokens["access_token"], "max_age": 9999},
    )
    checked.validate(now=int(clock.now().timestamp()))
    facts = Browser().get("/oidc/userinfo", headers={"Authorization": f"Bearer {tokens['access_token']}"}).json()
    assert facts == {
        "sub": checked["sub"],
        "name": "Inès Belkacem",
        "given_name": "Inès",
        "family_name": "BELKACEM",
        "preferred_username": cast.people["eleve"].user.username,
        "profile_type": ["student"],
        "school": cast.college.uai,
        "classes": ["4B"],
    }
    assert checked["sub"] == Pseudonym.objects.get(person=cast.people["eleve"], service=client.service).value
    with scope(cast.college.pk):
        assert Disclosure.objects.get().agreed_at == clock.now()


def test_what_was_agreed_is_not_asked_again_until_the_service_wants_it(ines, client):
    assert "code" in agreed(ines, client)
    assert "code" in answer_of(ines.get("/oidc/authorize", asked_by(client)))
    assert "code" in answer_of(ines.get("/oidc/authorize", asked_by(client, prompt="none")))
    assert b"accord" in ines.get("/oidc/authorize", asked_by(client, prompt="consent")).content


def test_whoever_does_not_agree_tells_nothing(ines, cast, client):
    page = ines.post(f"/oidc/authorize?{_query(client)}", {"accord": "non"})
    assert answer_of(page) == {"error": "access_denied", "state": "s t&1"}
    with scope(cast.college.pk):
        assert not Disclosure.objects.exists()


def _query(client: Client) -> str:
    return urlencode(asked_by(client))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": ""}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "none"}, "consent_required"),
        ({"prompt": "none", "max_age": "0"}, "login_required"),
    ],
)
def test_a_mistake_of_the_service_goes_back_to_it(ines, client, changed, code):
    with clock.at("2026-11-24T10:21"):
        assert answer_of(ines.get("/oidc/authorize", asked_by(client, **changed))) == {"error": code, "state": "s t&1"}


@pytest.mark.parametrize(
    "changed",
    [
        *({"client_id": "inconnu"}, {"client_id": ""}, {"redirect_uri": ""}, {"redirect_uri": "https://evil.example/"}),
        *(
            {"redirect_uri": f"{HOME}retour/"},
            {"redirect_uri": f"{HOME}retour?x=1"},
            {"redirect_uri": f"{HOME}retour#x"},
        ),
        {"redirect_uri": f"{HOME}RETOUR"},
        *({"client_id": "\x00"}, {"state": "\x00"}, {"nonce": "\x00"}),
    ],
)
def test_an_unknown_client_or_redirection_is_answered_nowhere(ines, client, changed):
    for browser in (ines, Browser()):
        answer = browser.get("/oidc/authorize", asked_by(client, **changed))
        assert answer.status_code == 403
        assert "Location" not in answer


def test_whoever_is_not_signed_in_is_asked_and_comes_back(cast, ines, client):
    browser = Browser()
    asked = browser.get("/oidc/authorize", asked_by(client, prompt="none"))
    assert answer_of(asked)["error"] == "login_required"
    asked = browser.get("/oidc/authorize", asked_by(client, prompt="login"))
    back = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    user = cast.people["eleve"].user
    page = browser.post("/connexion/", {"username": user.username, "password": PASSWORD, "next": back}, follow=True)
    assert b"accord" in page.content
    # Signed in for this very request: not asked for the password twice.
    assert "code" in answer_of(browser.post(back, {"accord": "oui"}))


def test_login_asks_for_the_password_again(ines, client):
    asked = ines.get("/oidc/authorize", asked_by(client, prompt="login"))
    assert asked["Location"].startswith("/connexion/preuve/")
    back = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    page = ines.post("/connexion/preuve/", {"password": PASSWORD, "next": back}, follow=True)
    assert b"accord" in page.content


def test_a_service_that_the_school_shut_is_denied(cast, ines, client):
    open_service(cast, service=client.service, profiles=[Profile.HEAD])
    assert answer_of(ines.get("/oidc/authorize", asked_by(client)))["error"] == "access_denied"


def test_whoever_it_is_shut_to_since_is_told_of_no_more(cast, ines, client):
    tokens = exchanged(client, agreed(ines, client)["code"]).json()
    open_service(cast, service=client.service, profiles=[Profile.TEACHER])
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert Browser().get("/oidc/userinfo", headers=bearer).status_code == 401
    asked = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], "client_id": client.client_id}
    assert Browser().post("/oidc/token", asked).json() == {"error": "invalid_grant"}


def test_nobody_is_sent_to_the_former_address_of_a_service_that_moved(cast, ines, client):
    service, former = client.service, client.redirect_uris[0]
    told = {"purpose": "", "launch_url": "", "release": service.release, "proxy_callback": ""}
    with scope(cast.college.pk):
        change_service(
            service, actor=admin_of(cast), name=service.name, address="https://neuf.exemple.example/", **told
        )
    answer = ines.get("/oidc/authorize", asked_by(client, redirect_uri=former))
    assert (answer.status_code, "Location" in answer) == (403, False)
    client.refresh_from_db()
    assert (client.redirect_uris, client.logout_uris, client.backchannel_url) == ([], [], "")


def test_tokens_die_with_what_was_agreed_when_more_is_told(cast, ines):
    client = make_client(cast, release="none")
    tokens = exchanged(client, agreed(ines, client)["code"]).json()
    service = client.service
    told = {"purpose": "", "launch_url": "", "release": "oidc_mail", "proxy_callback": ""}
    with scope(cast.college.pk):
        change_service(service, actor=admin_of(cast), name=service.name, address=HOME, **told)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert Browser().get("/oidc/userinfo", headers=bearer).status_code == 401
    assert not Grant.objects.exists()
    assert answer_of(ines.get("/oidc/authorize", asked_by(client, prompt="none")))["error"] == "consent_required"


def test_somebody_of_two_schools_chooses(cast):
    client = make_client(cast, for_academy=True)
    for place in ("college", "lycee"):
        open_service(cast, place, service=client.service, profiles=[Profile.TEACHER])
    helene = cast.sign_in(Browser(), "enseignante")
    assert "Par quel établissement" in helene.get("/oidc/authorize", asked_by(client)).content.decode()
    assert answer_of(helene.get("/oidc/authorize", asked_by(client, prompt="none")))["error"] == (
        "account_selection_required"
    )
    assert "code" in agreed(helene, client, ecole=cast.lycee.uai)


def test_a_code_that_comes_back_revokes_all_that_it_gave(ines, client):
    code = agreed(ines, client)["code"]
    tokens = exchanged(client, code).json()
    assert exchanged(client, code).json() == {"error": "invalid_grant"}
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert Browser().get("/oidc/userinfo", headers=bearer).status_code == 401
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"code_verifier": "w" * 64}, {"code_verifier": ""}, {"redirect_uri": f"{HOME}autre"}, {"code": "rien"}],
)
def test_a_code_is_worth_nothing_without_its_proof(ines, client, changed):
    code = agreed(ines, client)["code"]
    answer = exchanged(client, code, **changed)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_a_code_of_another_client_or_too_old_is_refused(cast, ines, client):
    code = agreed(ines, client)["code"]
    other = make_client(cast, name="Autre", address="https://autre.exemple.example/")
    facts = {"client_id": other.client_id, "redirect_uri": client.redirect_uris[0]}
    assert exchanged(client, code, **facts).json() == {"error": "invalid_grant"}
    with clock.at("2026-11-24T10:21:01"):
        assert exchanged(client, code).json() == {"error": "invalid_grant"}


def test_a_client_proves_who_it_is(cast, ines, client):
    code, secret = agreed(ines, client)["code"], secret_of(cast, client)
    assert exchanged(client, code, secret, client_id="\x00").json() == {"error": "invalid_client"}
    for wrong in ("", "autre", secret[:-1]):
        answer = exchanged(client, code, wrong)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
        assert answer["WWW-Authenticate"].startswith("Basic")
    assert exchanged(client, code, secret).status_code == 200
    assert exchanged(client, "x", secret, grant_type="password").json() == {"error": "unsupported_grant_type"}
    assert exchanged(client, "x", secret, grant_type="").json() == {"error": "invalid_request"}


def test_a_refresh_token_turns_and_the_former_one_kills_the_family(ines, client):
    first = exchanged(client, agreed(ines, client)["code"]).json()
    asked = {"grant_type": "refresh_token", "client_id": client.client_id}
    second = Browser().post("/oidc/token", asked | {"refresh_token": first["refresh_token"]}).json()
    assert second["access_token"] != first["access_token"]
    again = Browser().post("/oidc/token", asked | {"refresh_token": first["refresh_token"]})
    assert again.json() == {"error": "invalid_grant"}
    dead = Browser().post("/oidc/token", asked | {"refresh_token": second["refresh_token"]})
    assert dead.json() == {"error": "invalid_grant"}


def test_a_revoked_token_opens_nothing(ines, client):
    tokens = exchanged(client, agreed(ines, client)["code"]).json()
    asked = {"client_id": client.client_id, "token": tokens["refresh_token"]}
    assert Browser().post("/oidc/revoke", asked).status_code == 200
    assert Browser().post("/oidc/revoke", asked).status_code == 200
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert Browser().get("/oidc/userinfo", headers=bearer).status_code == 401


def test_each_service_knows_a_person_by_another_name(cast, ines, client):
    other = make_client(cast, name="Autre", address="https://autre.exemple.example/")
    subjects = set()
    for each in (client, other):
        with scope(cast.college.pk):
            rows = Connector.objects.filter(service=each.service)
            subjects.add(disclose(rows.select_related("service").get(), person_id=cast.people["eleve"].pk).user)
    assert len(subjects) == 2


def test_the_scope_limits_what_is_told(ines, client):
    tokens = exchanged(client, agreed(ines, client, scope="openid")["code"]).json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert set(Browser().get("/oidc/userinfo", headers=bearer).json()) == {"sub"}


def test_the_end_of_a_session_kills_its_tokens_and_is_told(cast, ines, service):
    client = make_client(cast, address=f"{service.url}/")
    page = ines.post(f"/oidc/authorize?{_query(client)}", {"accord": "oui"})
    code = page.content.decode().partition("code=")[2].partition("&")[0]
    tokens = exchanged(client, code).json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert Browser().get("/oidc/userinfo", headers=bearer).status_code == 200
    answer = ines.get(
        "/oidc/logout",
        {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": f"{service.url}/au-revoir", "state": "x y"},
    )
    assert answer["Location"] == f"{service.url}/au-revoir?state=x%20y"
    assert Browser().get("/oidc/userinfo", headers=bearer).status_code == 401
    assert run_jobs() == ["oidc.backchannel_logout"]
    ((method, path, fields),) = service
    told, signed_in = claims_of(fields["logout_token"]), claims_of(tokens["id_token"])
    assert (method, path) == ("POST", "/fin")
    assert (told["sub"], told["sid"], told["aud"]) == (signed_in["sub"], signed_in["sid"], client.client_id)
    assert told["events"] == {EVENT: {}}
    assert "nonce" not in told
    head = json.loads(base64.urlsafe_b64decode(fields["logout_token"].partition(".")[0] + "=="))
    assert head["typ"] == "logout+jwt"


def test_the_end_of_a_session_is_told_weeks_after_the_last_token(cast, ines, service):
    client = make_client(cast, address=f"{service.url}/")
    page = ines.post(f"/oidc/authorize?{_query(client)}", {"accord": "oui"})
    exchanged(client, page.content.decode().partition("code=")[2].partition("&")[0])
    with clock.at("2026-11-26T04:00"):
        forget_grants()
    assert list(Grant.objects.values_list("kind", flat=True)) == ["code"]
    ines.post("/deconnexion/")
    assert run_jobs() == ["oidc.backchannel_logout"]
    assert [path for _method, path, _fields in service] == ["/fin"]
    assert not Grant.objects.exists()


def test_leaving_a_service_that_ended_goes_nowhere(ines, client):
    client.service.ended_at = clock.now()
    client.service.save()
    asked = {"client_id": client.client_id, "post_logout_redirect_uri": f"{HOME}au-revoir"}
    assert "Location" not in ines.get("/oidc/logout", asked)


def test_leaving_goes_back_to_a_known_address_only(ines, client):
    known = client.client_id
    for name, uri in ((known, "https://evil.example/"), (f"{known}\x00", f"{HOME}au-revoir"), (known, "\x00")):
        answer = ines.get("/oidc/logout", {"client_id": name, "post_logout_redirect_uri": uri})
        assert answer.status_code == 200
        assert "Location" not in answer


def test_keys_turn_and_the_former_one_stays_published(ines, client):
    tokens = exchanged(client, agreed(ines, client)["code"]).json()
    first = SigningKey.objects.get()
    with clock.at("2027-03-01T04:00"):
        rotate()
        kids = {key["kid"] for key in Browser().get("/oidc/jwks").json()["keys"]}
        assert first.kid in kids
        assert len(kids) == 2
        assert not any("d" in key for key in Browser().get("/oidc/jwks").json()["keys"])
        assert claims_of(tokens["id_token"])["nonce"] == "n"
    with clock.at("2027-04-15T04:00"):
        forget_grants()
        assert first.kid not in set(SigningKey.objects.values_list("kid", flat=True))


def test_only_the_addresses_of_the_service_are_taken(cast, client):
    referent = cast.sign_in(Browser(), "referent")
    page = f"/{cast.college.uai}/services/{client.service_id}/oidc/"
    for wrong in ("https://evil.example/retour", "http://cours.exemple.example/retour", "retour"):
        answer = referent.post(page, {"retours": wrong})
        assert answer.status_code == 422
        assert "n’est pas celle du service" in answer.content.decode()
        assert wrong in answer.content.decode()
    answer = referent.post(
        page, {"retours": f"{HOME}a\n{HOME}b", "sorties": "", "deconnexion": f"{HOME}fin"}, follow=True
    )
    assert answer.status_code == 200
    client.refresh_from_db()
    assert client.redirect_uris == [f"{HOME}a", f"{HOME}b"]
    shown = referent.post(f"{page}secret/").content.decode()
    client.refresh_from_db()
    assert client.secret_digest is not None
    assert "montré cette seule fois" in shown
    assert "montré cette seule fois" not in referent.get(page).content.decode()
