"""What is forged, replayed, too old, somebody else's or elsewhere: refused, with a word in the journal and a kind page."""

import base64
import datetime as dt
import hmac
import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from pupitre.directory.models import Student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.gradebook.models import IncomingMark
from pupitre.integrations.lti.models import AccessToken, Launch, LineItem, SeenProof, ToolLink
from pupitre.integrations.lti.services.accessing import forget_passages
from pupitre.integrations.lti.services.placing import contents_of
from pupitre.integrations.lti.tests.factories import HOME, KEY, directive, make_link, make_tool
from pupitre.integrations.lti.words import LINE_ITEM, MARKING, MEMBERS, SCORE, SCORE_TYPE
from pupitre.integrations.services.models import Connector, Pseudonym
from pupitre.integrations.services.services.registering import draw_pseudonym, withdraw_service
from pupitre.integrations.services.tests.factories import admin_of

CLAIM, DL = "https://purl.imsglobal.org/spec/lti/claim", "https://purl.imsglobal.org/spec/lti-dl/claim"
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "outil-1"}, private=True)


def now() -> int:
    return int(clock.now().timestamp())


def hinted(browser: Client, cast, link) -> dict[str, str]:
    """What the tool learns when somebody comes to it, and asks of us with it."""
    answer = browser.get(f"/{cast.college.uai}/outils/{link.pk}/")
    query = {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}
    return {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": link.tool.client_id,
        "redirect_uri": f"{HOME}launch",
        "state": "s1",
        "nonce": "n1",
        "login_hint": query["login_hint"],
        "lti_message_hint": query["lti_message_hint"],
    }


def failure_of(cast) -> str:
    """What the console of the collège says went wrong last."""
    with scope(cast.college.pk):
        return Connector.objects.get().last_failure


def sent_by(page) -> dict[str, str]:
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    }


def test_the_way_is_hinted_without_a_word_on_the_person(cast, ines, link):
    answer = ines.get(f"/{cast.college.uai}/outils/{link.pk}/")
    assert answer["Location"].startswith(f"{HOME}login?iss=")
    assert answer["Referrer-Policy"] == "no-referrer"
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert query["lti_deployment_id"] == [cast.college.uai]
    assert "BELKACEM" not in answer["Location"].upper()
    page = ines.get("/lti/authorize", hinted(ines, cast, link))
    assert directive(page, "form-action") == ["'self'", HOME.rstrip("/")]
    assert set(sent_by(page)) == {"id_token", "state"}


@pytest.mark.parametrize(
    "changed", [{"client_id": "inconnu"}, {"redirect_uri": f"{HOME}launch/"}, {"redirect_uri": ""}]
)
def test_an_unknown_tool_or_return_is_answered_here_and_nowhere_else(cast, ines, link, changed):
    page = ines.get("/lti/authorize", hinted(ines, cast, link) | changed)
    assert page.status_code == 403
    assert "rien ne lui a été dit" in page.content.decode()
    assert "id_token" not in page.content.decode()


@pytest.mark.parametrize(("changed", "code"), [
    ({"response_type": "code"}, "unsupported_response_type"),
    ({"scope": "profile"}, "invalid_scope"),
    ({"response_mode": "query"}, "invalid_request"),
    ({"prompt": "login"}, "invalid_request"),
    ({"nonce": ""}, "invalid_request"),
    ({"nonce": "n" * 501}, "invalid_request"),
])  # fmt: skip
def test_what_the_tool_asks_wrongly_is_told_to_it_and_spends_nothing(cast, ines, link, changed, code):
    asked = hinted(ines, cast, link)
    assert sent_by(ines.get("/lti/authorize", asked | changed)) == {"error": code, "state": "s1"}
    assert failure_of(cast) == "request"
    assert "id_token" in sent_by(ines.get("/lti/authorize", asked))


def test_what_goes_wrong_is_on_the_console_in_words(cast, ines, link):
    asked = hinted(ines, cast, link)
    assert ines.get("/lti/authorize", asked | {"redirect_uri": "https://ailleurs.example/"}).status_code == 403
    assert failure_of(cast) == "elsewhere"
    page = cast.sign_in(Client(), "referent").get(f"/{cast.college.uai}/services/").content.decode()
    assert "une adresse qui n’est pas dans ses réglages" in page


def test_that_somebody_signed_out_is_no_failure_of_the_tool(cast, ines, link):
    asked = hinted(ines, cast, link)
    Client().get("/lti/authorize", asked)
    assert failure_of(cast) == ""


def test_a_hint_serves_once(cast, ines, link):
    asked = hinted(ines, cast, link)
    assert ines.get("/lti/authorize", asked).status_code == 200
    page = ines.get("/lti/authorize", asked)
    assert page.status_code == 403
    assert "a déjà servi" in page.content.decode()


def test_a_hint_that_waited_too_long_serves_no_more(cast, ines, link):
    asked = hinted(ines, cast, link)
    Launch.objects.update(expires_at=clock.now())
    assert ines.get("/lti/authorize", asked).status_code == 403


@pytest.mark.parametrize(
    "changed", [{"login_hint": "x"}, {"lti_message_hint": "x"}, {"login_hint": "", "lti_message_hint": ""}]
)
def test_a_hint_that_is_not_ours_leads_nowhere(cast, ines, link, changed):
    assert ines.get("/lti/authorize", hinted(ines, cast, link) | changed).status_code == 403


def test_the_hint_of_another_leads_nobody_in_their_name(cast, ines, link):
    asked = hinted(ines, cast, link)
    page = cast.sign_in(Client(), "parent").get("/lti/authorize", asked)
    assert page.status_code == 403
    assert "un autre compte" in page.content.decode()
    # Nor the same person on another device.
    assert cast.sign_in(Client(), "eleve").get("/lti/authorize", asked).status_code == 403
    assert "id_token" in sent_by(ines.get("/lti/authorize", asked))


def test_whoever_is_signed_out_is_told_so_to_the_tool(cast, ines, link):
    assert sent_by(Client().get("/lti/authorize", hinted(ines, cast, link)))["error"] == "login_required"


def test_the_hint_of_a_tool_serves_no_other(cast, ines, link):
    other = make_tool(cast, name="Autre", address="https://autre.exemple.example/")
    asked = hinted(ines, cast, link) | {
        "client_id": other.client_id, "redirect_uri": "https://autre.exemple.example/launch",
    }  # fmt: skip
    assert ines.get("/lti/authorize", asked).status_code == 403


def test_a_form_of_the_tool_is_asked_again_as_a_page(cast, ines, link):
    answer = Client().post("/lti/authorize", hinted(ines, cast, link))
    assert answer.status_code == 302
    assert "id_token" in sent_by(ines.get(answer["Location"]))


def test_what_is_shut_meanwhile_opens_no_more(cast, ines, link):
    asked = hinted(ines, cast, link)
    with scope(cast.college.pk):
        ToolLink.objects.update(removed_at=clock.now())
    assert ines.get("/lti/authorize", asked).status_code == 403
    assert ines.get(f"/{cast.college.uai}/outils/{link.pk}/").status_code == 404
    with scope(cast.college.pk):
        ToolLink.objects.update(removed_at=None)
        Connector.objects.update(is_on=False)
    assert ines.get(f"/{cast.college.uai}/outils/{link.pk}/").status_code == 404
    withdraw_service(link.tool.service, actor=admin_of(cast))
    assert ines.get("/lti/authorize", asked).status_code == 403


def proof(tool, key=KEY, /, **changed: Any) -> str:
    claims = {
        "iss": tool.client_id,
        "sub": tool.client_id,
        "aud": f"{settings.SITE_URL}/lti/token",
        "iat": now(),
        "exp": now() + 60,
        "jti": "1",
    }
    claims = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": "outil-1"}, claims, key, algorithms=["RS256"])


def asked_token(assertion: str, **changed: str):
    facts = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
        "scope": " ".join((*MARKING, MEMBERS)),
    }
    return Client().post("/lti/token", facts | changed)


def bearer(tool, **changed: str) -> dict[str, str]:
    answer = asked_token(proof(tool, jti=str(AccessToken.objects.count() + 10)), **changed)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_a_proof_gives_a_token_once(tool):
    answer = asked_token(proof(tool))
    assert answer.json()["scope"].split() == list(MARKING)
    assert answer["Cache-Control"] == "no-store"
    again = asked_token(proof(tool))
    assert (again.status_code, again.json()) == (401, {"error": "invalid_client"})


@pytest.mark.parametrize("changed", [
    {"iss": "autre"}, {"sub": "autre"}, {"aud": "https://ailleurs.example/"}, {"aud": None}, {"jti": None}, {"jti": ""},
    {"exp": None}, {"iat": None}, {"exp": 0}, {"exp": 9_999_999_999}, {"iat": 9_999_999_999}, {"exp": "demain"},
])  # fmt: skip
def test_a_proof_that_is_not_right_gives_nothing(cast, tool, changed):
    assert asked_token(proof(tool, **changed)).status_code == 401
    assert not AccessToken.objects.exists()
    assert failure_of(cast) == ("" if changed.get("iss") else "proof")


def test_a_proof_by_another_key_or_by_another_way_gives_nothing(tool):
    assert asked_token(proof(tool, OTHER_KEY)).status_code == 401
    claims = jwt.decode(proof(tool), KEY, algorithms=["RS256"]).claims
    # Signed with the public key as if it were a shared secret.
    head, body = (_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256"}, claims))
    seal = _encoded(hmac.digest(KEY.as_pem(private=False), f"{head}.{body}".encode(), "sha256"))
    unsigned = _encoded(json.dumps({"alg": "none"}).encode())
    for forged in (
        f"{head}.{body}.{seal}",
        f"{unsigned}.{body}.",
        proof(tool).rpartition(".")[0] + ".",
        "a.b.c",
        "",
        "é" * 10,
    ):
        assert asked_token(forged).status_code == 401
    assert not SeenProof.objects.exists()


@pytest.mark.parametrize(("changed", "code"), [
    ({"grant_type": "password"}, "unsupported_grant_type"),
    ({"client_assertion_type": ""}, "invalid_request"),
    ({"scope": "openid"}, "invalid_scope"),
    # The school does not let it read the class.
    ({"scope": MEMBERS}, "invalid_scope"),
])  # fmt: skip
def test_a_token_for_nothing_is_not_given(tool, changed, code):
    answer = asked_token(proof(tool), **changed)
    assert (answer.status_code, answer.json()) == (400, {"error": code})


@pytest.fixture
def item(cast, link) -> LineItem:
    with scope(cast.college.pk):
        return LineItem.objects.select_related("tool", "course", "link").get(link=link)


def at(cast, item, last="") -> str:
    return f"/lti/{cast.college.uai}/cours/{item.course_id}/notes/{item.uid}{last}"


def scored(cast, tool, **changed: Any) -> str:
    facts = {
        "userId": draw_pseudonym(person_id=cast.people["eleve"].pk, service=tool.service),
        "scoreGiven": 8,
        "scoreMaximum": 10,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-11-24T09:00:00.000Z",
    }
    return json.dumps({name: value for name, value in (facts | changed).items() if value is not None})


@pytest.mark.parametrize(("changed", "status"), [
    ({}, 200),
    # As Moodle writes it.
    ({"timestamp": "2026-11-24T09:00:00+0000", "scoreGiven": "8.00000"}, 200),
    ({"timestamp": "0001-01-01T00:00:00+14:00"}, 400),
    ({"scoreGiven": "nan"}, 400),
    ({"userId": "inconnu"}, 404),
    ({"scoreGiven": -1}, 400),
    ({"scoreGiven": "huit"}, 400),
    ({"scoreMaximum": 0}, 400),
    ({"scoreMaximum": None}, 400),
    ({"timestamp": "2026-11-24T09:00:00"}, 400),
    ({"timestamp": "hier"}, 400),
    ({"comment": "Bien\0"}, 400),
    ({"userId": "a\0"}, 400),
    ({"gradingProgress": None}, 400),
    ({"gradingProgress": "Pending"}, 200),
])  # fmt: skip
def test_a_score_is_read_with_care(cast, tool, item, changed, status):
    sent = Client().post(
        at(cast, item, "/scores"), scored(cast, tool, **changed), content_type=SCORE_TYPE, headers=bearer(tool)
    )
    assert sent.status_code == status, sent.content
    with scope(cast.college.pk):
        marks = list(IncomingMark.objects.values_list("points", flat=True))
    assert marks == ([None if "gradingProgress" in changed else 8] if status == 200 else [])


def test_a_score_older_than_the_last_one_is_a_conflict(cast, tool, item):
    address, held = at(cast, item, "/scores"), bearer(tool)
    first = Client().post(address, scored(cast, tool), content_type=SCORE_TYPE, headers=held)
    again = Client().post(address, scored(cast, tool, scoreGiven=2), content_type=SCORE_TYPE, headers=held)
    assert (first.status_code, again.status_code) == (200, 409)


def test_the_column_of_another_tool_is_forbidden_and_its_course_unknown(cast, tool, item):
    other = make_tool(cast, name="Autre", address="https://autre.exemple.example/")
    held = bearer(other)
    # It has no link in this course: nothing exists for it there.
    assert Client().get(at(cast, item), headers=held).status_code == 404
    make_link(cast, other)
    assert Client().get(at(cast, item), headers=held).status_code == 403
    assert Client().delete(at(cast, item), headers=held).status_code == 403
    sent = Client().post(at(cast, item, "/scores"), scored(cast, other), content_type=SCORE_TYPE, headers=held)
    assert sent.status_code == 403


def test_a_token_opens_what_was_asked_and_no_more(cast, tool, item):
    reading = bearer(tool, scope=LINE_ITEM)
    sent = Client().post(at(cast, item, "/scores"), scored(cast, tool), content_type=SCORE_TYPE, headers=reading)
    assert (sent.status_code, sent.json()) == (403, {"error": "insufficient_scope"})
    assert failure_of(cast) == "scope"
    marking = bearer(tool, scope=SCORE)
    assert Client().get(at(cast, item), headers=marking).status_code == 403
    members = f"/lti/{cast.college.uai}/cours/{item.course_id}/membres"
    assert Client().get(members, headers=bearer(tool)).status_code == 403


def test_a_token_dies_and_a_tool_without_its_school_opens_nothing(cast, tool, item):
    held = bearer(tool)
    neighbour = f"/lti/{cast.neighbour.uai}/cours/{item.course_id}/notes"
    assert Client().get(neighbour, headers=held).status_code == 404
    with scope(cast.college.pk):
        Connector.objects.update(is_on=False)
    assert Client().get(at(cast, item), headers=held).status_code == 404
    AccessToken.objects.update(expires_at=clock.now())
    assert Client().get(at(cast, item), headers=held).status_code == 401
    assert forget_passages() == []


@pytest.mark.parametrize(("body", "media", "status"), [
    ('{"label": "B", "scoreMaximum": 10}', "text/plain", 415),
    ("{", "application/vnd.ims.lis.v2.lineitem+json", 400),
    ('{"label": "B\\u0000", "scoreMaximum": 10}', "application/vnd.ims.lis.v2.lineitem+json", 400),
    ('{"label": "B", "scoreMaximum": -1}', "application/vnd.ims.lis.v2.lineitem+json", 400),
    ('{"label": "B", "scoreMaximum": 10, "resourceLinkId": "x"}', "application/vnd.ims.lis.v2.lineitem+json", 404),
    ('{"label": "B", "scoreMaximum": 10}', "application/vnd.ims.lis.v2.lineitem+json", 201),
    ('{"label": "B", "scoreMaximum": 10, "resourceId": 3, "tag": null}', "application/json", 201),
])  # fmt: skip
def test_a_column_is_made_with_care(cast, tool, item, body, media, status):
    address = f"/lti/{cast.college.uai}/cours/{item.course_id}/notes"
    assert Client().post(address, body, content_type=media, headers=bearer(tool)).status_code == status
    assert Client().get(f"{address}?tag=%00", headers=bearer(tool)).status_code == 400


def test_columns_are_read_page_by_page_changed_and_taken_back(cast, tool, item):
    address, held = f"/lti/{cast.college.uai}/cours/{item.course_id}/notes", bearer(tool)
    media = "application/vnd.ims.lis.v2.lineitem+json"
    body = json.dumps({"label": "Bilan", "scoreMaximum": 10, "tag": "bilan"})
    assert Client().post(address, body, content_type=media, headers=held).status_code == 201
    first = Client().get(address, {"limit": "1"}, headers=held)
    assert len(first.json()) == 1
    assert 'rel="next"' in first["Link"]
    (found,) = Client().get(address, {"tag": "bilan"}, headers=held).json()
    assert (
        Client().get(address, {"resource_link_id": str(item.link.uid)}, headers=held).json()[0]["label"] == "Fractions"
    )
    mine = urlsplit(found["id"]).path
    body = json.dumps({"label": "Bilan 2", "scoreMaximum": 20})
    assert Client().put(mine, body, content_type=media, headers=held).json()["label"] == "Bilan 2"
    assert Client().delete(mine, headers=held).status_code == 204
    assert Client().get(mine, headers=held).status_code == 404


@pytest.fixture
def teacher(cast) -> Client:
    return cast.sign_in(Client(), "enseignante")


def picking(cast, teacher, link) -> tuple[str, str]:
    """Where to bring back what was picked, and the word that says whose choice it is."""
    way = teacher.get(f"/{cast.college.uai}/outils/cours/{link.course_id}/choisir/{link.tool_id}/")["Location"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
    asked = hinted(teacher, cast, link) | {name: query[name] for name in ("login_hint", "lti_message_hint")}
    token = sent_by(teacher.get("/lti/authorize", asked))["id_token"]
    body = json.loads(_decoded(token.split(".")[1]))
    told = body[f"{DL}/deep_linking_settings"]
    assert body[f"{CLAIM}/message_type"] == "LtiDeepLinkingRequest"
    return urlsplit(told["deep_link_return_url"]).path, told["data"]


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def brought(cast, tool, data: str, key=KEY, /, **changed: Any) -> str:
    claims = {
        "iss": tool.client_id,
        "aud": settings.SITE_URL,
        "iat": now(),
        "exp": now() + 60,
        "nonce": "1",
        f"{CLAIM}/message_type": "LtiDeepLinkingResponse",
        f"{CLAIM}/version": "1.3.0",
        f"{CLAIM}/deployment_id": cast.college.uai,
        f"{DL}/data": data,
        f"{DL}/content_items": [{"type": "ltiResourceLink", "title": "Décimaux", "url": f"{HOME}launch"}],
    }
    return jwt.encode({"alg": "RS256", "kid": "outil-1"}, claims | changed, key, algorithms=["RS256"])


def test_what_is_picked_is_placed_once(cast, teacher, link):
    address, data = picking(cast, teacher, link)
    placed = Client().post(address, {"JWT": brought(cast, link.tool, data)})
    assert placed["Location"] == f"/{cast.college.uai}/outils/?dit=place"
    assert "Décimaux" in teacher.get(placed["Location"]).content.decode()
    again = Client().post(address, {"JWT": brought(cast, link.tool, data, nonce="2")})
    assert again.status_code == 403


@pytest.mark.parametrize("changed", [
    {"aud": "https://ailleurs.example"}, {"iss": "autre"}, {"exp": 0}, {"nonce": ""}, {f"{CLAIM}/version": "1.1"},
    {f"{CLAIM}/message_type": "LtiResourceLinkRequest"}, {f"{CLAIM}/deployment_id": "0990003R"}, {f"{DL}/data": "x"},
    {f"{DL}/content_items": [{"type": "ltiResourceLink", "url": "https://ailleurs.example/"}]},
    {f"{DL}/content_items": [{"type": "ltiResourceLink", "url": "javascript:alert(1)"}]},
])  # fmt: skip
def test_what_is_not_brought_as_it_should_places_nothing(cast, teacher, link, changed):
    address, data = picking(cast, teacher, link)
    page = Client().post(address, {"JWT": brought(cast, link.tool, data, **changed)})
    assert page.status_code == 403
    assert "référence" in page.content.decode()
    with scope(cast.college.pk):
        assert ToolLink.objects.count() == 1


def test_what_is_forged_or_brought_after_signing_out_places_nothing(cast, teacher, link):
    address, data = picking(cast, teacher, link)
    assert Client().post(address, {"JWT": brought(cast, link.tool, data, OTHER_KEY)}).status_code == 403
    assert Client().post(address, {}).status_code == 403
    teacher.post("/deconnexion/")
    assert Client().post(address, {"JWT": brought(cast, link.tool, data)}).status_code == 403


def test_contents_are_read_for_what_they_are(tool):
    odd = [
        None,
        "x",
        {"type": "link", "url": HOME},
        {"type": "ltiResourceLink", "custom": [1], "lineItem": {"scoreMaximum": True}},
    ]
    (found,) = contents_of(odd, tool)
    assert (found.title, found.target_url, found.custom, found.maximum) == ("Exercices", f"{HOME}launch", {}, None)
    assert contents_of({"type": "ltiResourceLink"}, tool) == []


@pytest.mark.parametrize(("said", "day"), [
    ({"endDateTime": "2026-12-01T22:59:00Z"}, dt.date(2026, 12, 1)),
    ({"endDateTime": "2026-12-01T23:30:00+0000"}, dt.date(2026, 12, 2)),
    ({"endDateTime": "demain"}, None), ({"endDateTime": 3}, None), ({}, None), ("x", None),
    ({"endDateTime": "0001-01-01T00:00:00+14:00"}, None),
])  # fmt: skip
def test_the_day_to_hand_in_comes_with_the_content(tool, said, day):
    (found,) = contents_of([{"type": "ltiResourceLink", "submission": said}], tool)
    assert found.due_on == day


def test_what_the_database_does_not_keep_is_taken_out_of_contents(tool):
    torn = {"type": "ltiResourceLink", "title": "Frac\0tions \ud800", "text": "\0", "custom": {"a\0": "b\0"}}
    (found,) = contents_of([torn], tool)
    assert (found.title, found.description, found.custom) == ("Fractions", "", {"a": "b"})


def test_numbers_are_the_tool_s_own(cast, ines, link):
    other = make_tool(cast, name="Autre", address="https://autre.exemple.example/")
    mine = draw_pseudonym(person_id=cast.people["eleve"].pk, service=link.tool.service)
    theirs = draw_pseudonym(person_id=cast.people["eleve"].pk, service=other.service)
    assert mine != theirs
    assert Pseudonym.objects.count() == 2
    with scope(cast.college.pk):
        assert Student.objects.filter(person=cast.people["eleve"]).exists()


def test_old_passages_are_forgotten(cast, ines, link):
    hinted(ines, cast, link)
    Launch.objects.update(expires_at=clock.now() - dt.timedelta(days=1))
    forget_passages()
    assert not Launch.objects.exists()
