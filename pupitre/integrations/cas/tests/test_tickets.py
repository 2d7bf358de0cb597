"""Every way in which a ticket is refused, and what is answered when it is not."""

import json

import pytest
from django.test import Client
from lxml import etree

from pupitre.accounts.models import Session, User
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.cas.failures import REASONS
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.cas.services.granting import digest_of
from pupitre.integrations.cas.tests.gestures import CAS, SERVICE, attributes_of, code_of, ticket_of, validated
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.tests.factories import make_service, open_service


def test_a_ticket_is_honoured_once(cast, ines):
    connector = open_service(cast)
    ticket = ticket_of(ines)
    assert code_of(validated(ticket)) == ""
    assert code_of(validated(ticket)) == "INVALID_TICKET"
    with scope(cast.college.pk):
        connector.refresh_from_db()
        assert (connector.last_failure, connector.last_success_at) == ("invalid_ticket", clock.now())


def test_a_refused_attempt_burns_the_ticket_too(cast, ines):
    open_service(cast)
    ticket = ticket_of(ines)
    assert code_of(validated(ticket, f"{SERVICE}&c=1")) == "INVALID_SERVICE"
    assert code_of(validated(ticket)) == "INVALID_TICKET"


def test_a_ticket_lives_a_minute(cast, ines):
    open_service(cast)
    ticket = ticket_of(ines)
    with clock.at("2026-11-24T10:21:01"):
        assert code_of(validated(ticket)) == "INVALID_TICKET"


@pytest.mark.parametrize("forged", ["ST-1", "ST-" + "0" * 48, "PGT-" + "0" * 64, "x" * 5000, "ST-é\x00", "' or 1=1 --"])
def test_a_forged_ticket_is_unknown(cast, ines, forged):
    open_service(cast)
    ticket_of(ines)
    assert code_of(validated(forged)) == "INVALID_TICKET"


def test_a_parameter_that_is_missing(cast, ines):
    open_service(cast)
    ticket = ticket_of(ines)
    for asked in ({"ticket": ticket}, {"service": SERVICE}, {}):
        for at in ("serviceValidate", "proxyValidate", "p3/serviceValidate", "p3/proxyValidate"):
            answer = Client().get(f"/cas/{at}", asked)
            assert code_of(etree.fromstring(answer.content)[0]) == "INVALID_REQUEST"
    assert code_of(validated(ticket)) == ""


def test_renew_wants_a_ticket_of_a_new_login(cast, ines):
    open_service(cast)
    assert code_of(validated(ticket_of(ines), renew="true")) == "INVALID_TICKET"


@pytest.mark.parametrize("event", ["left", "suspended", "shut", "withdrawn", "signed_out"])
def test_what_ended_between_the_ticket_and_its_validation_is_refused(cast, ines, event):
    connector = open_service(cast)
    person, ticket = cast.people["eleve"], ticket_of(ines)
    if event == "left":
        person.affiliations.update(ends_on="2026-11-23")
    elif event == "suspended":
        User.objects.filter(pk=person.user_id).update(state="suspended")
    elif event == "shut":
        with scope(cast.college.pk):
            Connector.objects.update(is_on=False)
    elif event == "withdrawn":
        Service.objects.filter(pk=connector.service_id).update(ended_at=clock.now())
    else:
        Session.objects.all().delete()
    assert code_of(validated(ticket)) == "INVALID_TICKET"


def test_only_hashes_of_tickets_are_kept(cast, ines):
    open_service(cast)
    raw = ticket_of(ines)
    kept = Ticket.objects.get()
    assert bytes(kept.digest) == digest_of(raw)
    assert raw.encode() not in bytes(kept.sealed or b"")
    assert len(raw) <= 256
    assert set(raw) <= set("ST-0123456789abcdef")


def test_cas_1_answers_two_lines(cast, ines):
    open_service(cast)
    ticket = ticket_of(ines)
    answer = Client().get("/cas/validate", {"service": SERVICE, "ticket": ticket})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    first, user, last = answer.content.decode().split("\n")
    assert (first, last) == ("yes", "")
    assert len(user) == 32
    assert Client().get("/cas/validate", {"service": SERVICE, "ticket": ticket}).content == b"no\n\n"


def test_json_says_the_same(cast, ines):
    open_service(cast)
    answer = Client().get("/cas/p3/serviceValidate", {"service": SERVICE, "ticket": ticket_of(ines), "format": "json"})
    success = json.loads(answer.content)["serviceResponse"]["authenticationSuccess"]
    assert success["attributes"]["classes"] == ["4B"]
    assert len(success["user"]) == 32
    answer = Client().get("/cas/serviceValidate", {"service": SERVICE, "ticket": "ST-1", "format": "JSON"})
    failure = json.loads(answer.content)["serviceResponse"]["authenticationFailure"]
    assert failure == {"code": "INVALID_TICKET", "description": REASONS["INVALID_TICKET"]}


def test_names_and_letters_travel_whole(cast, ines):
    open_service(cast)
    person = cast.people["eleve"]
    person.first_name, person.display_name = "Inès <&>", "Ægir & “fils”"
    person.save()
    facts = attributes_of(validated(ticket_of(ines)))
    assert (facts["firstName"], facts["displayName"]) == (["Inès <&>"], ["Ægir & “fils”"])


# --- Acting for somebody ---------------------------------------------------------------------------------------------


@pytest.fixture
def proxied(cast, ines, service):
    """A service that may act for people, and another one."""
    open_service(cast, address=f"{service.url}/", proxy_callback=f"{service.url}/rappel")
    open_service(cast, name="Notes", address="https://notes.exemple.example/")
    return service


def granting_ticket(ines, service) -> str:
    mine = f"{service.url}/"
    block = validated(ticket_of(ines, mine), mine, pgtUrl=f"{service.url}/rappel")
    assert code_of(block) == ""
    iou = block.findtext(f"{CAS}proxyGrantingTicket")
    (_method, _path, fields) = service[-1]
    assert fields["pgtIou"] == iou
    return str(fields["pgtId"])


def proxy(pgt: str, target: str = "https://notes.exemple.example/x") -> tuple[str, str]:
    """The ticket or the code that the server answers."""
    answer = Client().get("/cas/proxy", {"pgt": pgt, "targetService": target})
    (block,) = etree.fromstring(answer.content)
    return str(block.findtext(f"{CAS}proxyTicket") or ""), str(block.get("code", ""))


def test_a_service_acts_for_a_person_at_another_one(cast, ines, proxied):
    pgt = granting_ticket(ines, proxied)
    assert len(pgt) >= 64
    ticket, _code = proxy(pgt)
    target = "https://notes.exemple.example/x"
    assert code_of(validated(ticket, target)) == "INVALID_TICKET_SPEC"
    ticket, _code = proxy(pgt)
    block = validated(ticket, target, at="proxyValidate")
    assert [each.text for each in block.find(f"{CAS}proxies")] == [f"{proxied.url}/rappel"]
    assert attributes_of(block)["lastName"] == ["BELKACEM"]
    answer = Client().get("/cas/p3/proxyValidate", {"service": target, "ticket": proxy(pgt)[0], "format": "json"})
    success = json.loads(answer.content)["serviceResponse"]["authenticationSuccess"]
    assert success["proxies"] == [f"{proxied.url}/rappel"]


def test_proxies_are_named_the_last_one_first(cast, ines, proxied):
    ticket, _code = proxy(granting_ticket(ines, proxied), f"{proxied.url}/second")
    block = validated(ticket, f"{proxied.url}/second", at="proxyValidate", pgtUrl=f"{proxied.url}/rappel?n=2")
    second = proxied[-1][2]["pgtId"]
    assert block.findtext(f"{CAS}proxyGrantingTicket") == proxied[-1][2]["pgtIou"]
    block = validated(proxy(second)[0], "https://notes.exemple.example/x", at="proxyValidate")
    assert [each.text for each in block.find(f"{CAS}proxies")] == [
        f"{proxied.url}/rappel?n=2",
        f"{proxied.url}/rappel",
    ]


def test_a_service_that_may_not_act_for_people_is_told_so(cast, ines):
    open_service(cast)
    block = validated(ticket_of(ines), pgtUrl="https://moodle.exemple.example/rappel")
    assert code_of(block) == "UNAUTHORIZED_SERVICE_PROXY"


@pytest.mark.parametrize(
    "callback",
    [
        "https://evil.example/rappel",
        "http://127.0.0.1:1/rappel",
        "{url}/ailleurs",
        "{url}/rappel/../x",
        "file:///etc/passwd",
    ],
)
def test_only_the_registered_callback_is_called(cast, ines, proxied, callback):
    mine = f"{proxied.url}/"
    block = validated(ticket_of(ines, mine), mine, pgtUrl=callback.format(url=proxied.url))
    assert code_of(block) == "INVALID_PROXY_CALLBACK"
    assert proxied == []


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_callback_that_does_not_answer_200_refuses_everything(cast, ines, proxied, status):
    proxied.status = status
    mine = f"{proxied.url}/"
    block = validated(ticket_of(ines, mine), mine, pgtUrl=f"{proxied.url}/rappel")
    assert code_of(block) == "INVALID_PROXY_CALLBACK"
    # Not followed, and nothing left behind.
    assert [path for _method, path, _fields in proxied] == ["/rappel"]
    assert not Ticket.objects.filter(kind="PGT").exists()


def test_a_granting_ticket_dies_with_the_session_and_gives_nothing_elsewhere(cast, ines, proxied):
    make_service(cast, "neighbour", name="Voisin", address="https://voisin.exemple.example/")
    pgt = granting_ticket(ines, proxied)
    assert proxy("", "https://notes.exemple.example/")[1] == "INVALID_REQUEST"
    assert proxy(pgt, "")[1] == "INVALID_REQUEST"
    assert proxy("PGT-" + "0" * 64)[1] == "INVALID_TICKET"
    assert proxy(ticket_of(ines, f"{proxied.url}/"))[1] == "INVALID_TICKET"
    for target in (
        "https://inconnu.example/",
        "https://voisin.exemple.example/",
        "https://notes.exemple.example@evil.example/",
    ):
        assert proxy(pgt, target)[1] == "UNAUTHORIZED_SERVICE"
    assert code_of(validated(pgt, f"{proxied.url}/")) == "INVALID_TICKET"
    with clock.at("2026-11-24T18:21"):
        assert proxy(pgt)[1] == "INVALID_TICKET"
    ines.post("/deconnexion/")
    assert proxy(pgt)[1] == "INVALID_TICKET"


def test_a_granting_ticket_gives_no_more_than_the_person_has_by_then(cast, ines, proxied):
    pgt = granting_ticket(ines, proxied)
    notes = Service.objects.get(name="Notes")
    open_service(cast, service=notes, profiles=[Profile.TEACHER])
    assert proxy(pgt)[1] == "UNAUTHORIZED_SERVICE"
    open_service(cast, service=notes)
    assert proxy(pgt)[1] == ""
    open_service(cast, service=Service.objects.get(name="Moodle"), profiles=[Profile.TEACHER])
    assert proxy(pgt)[1] == "INVALID_TICKET"
