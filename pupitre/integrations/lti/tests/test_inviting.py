"""A tool registers by itself: what it says is checked, waits for whoever asked it, and is live when they accept it."""

import datetime as dt
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.lti.models import Registration, Tool
from pupitre.integrations.lti.services.accessing import forget_passages
from pupitre.integrations.lti.services.manifests import LARGEST
from pupitre.integrations.lti.tests.factories import HOME, directive, given_token, having_said, invited, said_of_itself
from pupitre.integrations.lti.words import MARKING, MEMBERS, PLATFORM_CLAIM, SCORE, TOOL_CLAIM
from pupitre.integrations.services.services.registering import withdraw_service
from pupitre.integrations.services.tests.factories import admin_of, make_service


@pytest.fixture
def referent(cast) -> Client:
    return cast.sign_in(Client(), "referent")


def page_of(cast, registration, last="") -> str:
    return f"/{cast.college.uai}/services/{registration.tool.service_id}/lti/inscription/{last}"


def sent(raw: str, body: Any = None, /, *, media: str = "application/json", **changed: Any):
    told = said_of_itself(**changed) if body is None else body
    text = told if isinstance(told, str | bytes) else json.dumps(told)
    return Client().post("/lti/inscription", text, content_type=media, headers={"Authorization": f"Bearer {raw}"})


def test_a_tool_registers_and_is_live_when_it_is_accepted(cast, referent):
    service = make_service(cast, protocol="lti", release="lti", address=HOME)
    page = f"/{cast.college.uai}/services/{service.pk}/lti/inscription/"
    assert referent.post(page, {"adresse": f"{HOME}register?key=1"})["Location"] == page
    shown = referent.get(page)
    # The tool's window tells this one that it has finished: they must know each other.
    assert shown["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert directive(shown, "form-action") == ["'self'", HOME.rstrip("/")]
    led = referent.post(f"{page}ouvrir/")
    assert (led["Referrer-Policy"], led["Cross-Origin-Opener-Policy"]) == ("no-referrer", "unsafe-none")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(led["Location"]).query).items()}
    assert led["Location"].startswith(f"{HOME}register?key=1&openid_configuration=")
    assert asked["openid_configuration"] == f"{settings.SITE_URL}/lti/.well-known/openid-configuration"
    told = sent(asked["registration_token"])
    tool = Tool.objects.get()
    assert told.status_code == 200
    assert told["Cache-Control"] == "no-store"
    assert told.json()["client_id"] == tool.client_id
    assert told.json()[TOOL_CLAIM]["deployment_id"] == cast.college.uai
    assert told.json()[TOOL_CLAIM]["claims"] == ["sub", "iss", "given_name"]
    assert not tool.is_ready
    seen = referent.get(page).content.decode()
    for each in ("Exercices de l’éditeur", f"{HOME}jwks", f"{HOME}pick", "le prénom", "niveau=college"):
        assert each in seen
    assert referent.post(f"{page}accepter/", {"notes": "on"})["Location"].endswith("/lti/?dit=enregistre")
    tool.refresh_from_db()
    assert (tool.login_url, tool.redirect_uris) == (f"{HOME}login?id=1", [f"{HOME}launch", f"{HOME}pick"])
    assert (tool.picking_url, tool.jwks_url, tool.custom) == (f"{HOME}pick", f"{HOME}jwks", {"niveau": "college"})
    assert (tool.may_mark, tool.may_list) == (True, False)
    assert not Registration.objects.exists()


def test_what_we_say_is_what_tools_look_for():
    facts = Client().get("/lti/.well-known/openid-configuration").json()
    assert facts["issuer"] == settings.SITE_URL
    assert facts["registration_endpoint"] == f"{settings.SITE_URL}/lti/inscription"
    assert facts["authorization_endpoint"] == f"{settings.SITE_URL}/lti/authorize"
    assert [each["type"] for each in facts[PLATFORM_CLAIM]["messages_supported"]] == [
        "LtiResourceLinkRequest",
        "LtiDeepLinkingRequest",
    ]


def test_a_token_serves_once_an_hour_and_a_new_one_ends_it(cast):
    registration = invited(cast)
    old = given_token(registration)
    raw = given_token(registration)
    assert sent(old).status_code == 401
    assert sent(raw).status_code == 200
    again = sent(raw)
    assert (again.status_code, again.json()) == (401, {"error": "invalid_token"})
    assert again["WWW-Authenticate"].startswith("Bearer")
    late = given_token(registration)
    Registration.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    assert sent(late).status_code == 401
    forget_passages()
    assert not Registration.objects.exists()


def test_a_token_forged_or_of_a_service_withdrawn_opens_nothing(cast):
    registration = invited(cast)
    raw = given_token(registration)
    for forged in ("", "x", raw[:-1], f"{raw}x", "é" * 20, "\0"):
        assert sent(forged).status_code == 401
    assert Client().post("/lti/inscription", "{}", content_type="application/json").status_code == 401
    withdraw_service(registration.tool.service, actor=admin_of(cast))
    assert sent(raw).status_code == 401


@pytest.mark.parametrize(("changed", "field"), [
    ({"redirect_uris": ["http://exercices.exemple.example/launch"]}, "redirect_uris"),
    ({"redirect_uris": [f"{HOME}launch", "https://ailleurs.example/launch"]}, "redirect_uris"),
    ({"redirect_uris": []}, "redirect_uris"),
    ({"redirect_uris": [f"{HOME}{number}" for number in range(21)]}, "redirect_uris"),
    ({"redirect_uris": None}, "redirect_uris"),
    ({"initiate_login_uri": "javascript:alert(1)"}, "initiate_login_uri"),
    ({"initiate_login_uri": f"{HOME}../login"}, "initiate_login_uri"),
    ({"jwks_uri": "https://exercices.exemple.example.ailleurs.example/jwks"}, "jwks_uri"),
    ({"jwks_uri": "https://moi@exercices.exemple.example/jwks"}, "jwks_uri"),
    ({"jwks_uri": None}, "jwks_uri"),
    ({"jwks_uri": 3}, "jwks_uri"),
    ({"tool": {"target_link_uri": "https://ailleurs.example/"}}, "target_link_uri"),
    ({"tool": {"messages": [{"type": "LtiDeepLinkingRequest", "target_link_uri": "https://127.0.0.1/"}]}}, "target_link_uri"),
    ({"tool": {"domain": "ailleurs.example"}}, "domain"),
    ({"tool": {"domain": 1}}, "domain"),
    ({TOOL_CLAIM: None}, "tool_configuration"),
    ({"response_types": ["code"]}, "response_types"),
    ({"grant_types": ["client_credentials"]}, "grant_types"),
    ({"token_endpoint_auth_method": "client_secret_post"}, "token_endpoint_auth_method"),
    ({"application_type": "native"}, "application_type"),
    ({"client_name": ""}, "client_name"),
])  # fmt: skip
def test_what_is_not_the_tool_s_own_is_refused_and_said_to_who_waits(cast, referent, changed, field):
    registration = invited(cast)
    raw = given_token(registration)
    answer = sent(raw, **changed)
    assert (answer.status_code, answer.json()["error_description"]) == (400, field)
    assert "a été refusé" in referent.get(page_of(cast, registration)).content.decode()
    assert not Tool.objects.get().is_ready
    # Its mistake mended, it may say it again.
    assert sent(raw).status_code == 200


@pytest.mark.parametrize(("body", "media", "status"), [
    ("{", "application/json", 400),
    ("[]", "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    ("[" * 20_000, "application/json", 400),
    ("{}", "text/plain", 415),
    ("x" * (LARGEST + 1), "application/json", 413),
])  # fmt: skip
def test_what_is_no_description_is_refused(cast, body, media, status):
    raw = given_token(invited(cast))
    assert sent(raw, redirect_uris=["https://ailleurs.example/"]).json()["error"] == "invalid_redirect_uri"
    assert sent(raw, body, media=media).status_code == status
    assert not Registration.objects.exclude(told=None).exists()


def test_a_scope_that_does_not_exist_is_not_given(cast, referent):
    registration = invited(cast)
    told = sent(given_token(registration), scope=f"https://ailleurs.example/scope/tout openid {SCORE}")
    assert told.json()["scope"] == SCORE
    # Neither can what it did not ask be given with it.
    referent.post(page_of(cast, registration, "accepter/"), {"notes": "on", "membres": "on"})
    tool = Tool.objects.get()
    assert (tool.may_mark, tool.may_list) == (True, False)
    assert {*MARKING, MEMBERS} > {SCORE}


def test_what_the_database_does_not_keep_is_taken_out_of_what_is_said(cast):
    registration = invited(cast)
    assert (
        sent(given_token(registration), client_name="Exer\0cices", tool={"custom_parameters": {"a": "b\0"}}).status_code
        == 200
    )
    kept = Registration.objects.get().told or {}
    assert (kept["name"], kept["custom"]) == ("Exercices", {"a": "b"})


def test_nobody_accepts_what_another_asked(cast, referent):
    registration = having_said(cast)
    head = cast.sign_in(Client(), "principal")
    assert "Exercices de l’éditeur" not in head.get(page_of(cast, registration)).content.decode()
    assert head.post(page_of(cast, registration, "accepter/")).status_code == 404
    assert head.post(page_of(cast, registration, "ouvrir/")).status_code == 404
    assert referent.post(page_of(cast, registration, "accepter/")).status_code == 302


def test_nothing_said_cannot_be_accepted_and_what_is_declined_changes_nothing(cast, referent):
    registration = invited(cast)
    assert referent.post(page_of(cast, registration, "accepter/")).status_code == 404
    registration.delete()
    said = having_said(cast)
    assert referent.post(page_of(cast, said, "refuser/"))["Location"].endswith("?dit=pareil")
    assert not Tool.objects.get(pk=said.tool_id).is_ready
    with scope(cast.college.pk):
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"lti.invite_tool", "lti.decline_tool"} <= verbs


@pytest.mark.parametrize(
    "typed", ["", "http://exercices.exemple.example/register", "https://ailleurs.example/", "register"]
)
def test_an_address_of_registration_that_is_not_the_tool_s_is_said(cast, referent, typed):
    service = make_service(cast, protocol="lti", release="lti", address=HOME)
    page = referent.post(f"/{cast.college.uai}/services/{service.pk}/lti/inscription/", {"adresse": typed})
    assert page.status_code == 422
    assert "adresse" in page.content.decode()
    assert f'value="{typed}"' in page.content.decode() or not typed
    assert not Registration.objects.exists()
