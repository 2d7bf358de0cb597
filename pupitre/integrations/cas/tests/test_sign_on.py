"""Browsers sent to the sign-on page come back with a ticket, after whatever must be asked of them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html

from pupitre.accounts.models import Session
from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.cas.services.forgetting import forget_tickets
from pupitre.integrations.cas.tests.gestures import SERVICE, attributes_of, code_of, ticket_of, validated
from pupitre.integrations.services.tests.factories import make_service, open_service
from tests.jobs import forget_jobs, run_jobs
from tests.statements import statements_of


def next_of(location: str) -> str:
    return parse_qs(urlsplit(location).query)["next"][0]


def enter(client: Client, cast, back: str, slug: str = "eleve"):
    user = cast.people[slug].user
    return client.post("/connexion/", {"username": user.username, "password": PASSWORD, "next": back}, follow=True)


def target_of(answer) -> str:
    meta = html.document_fromstring(answer.content).find(".//meta[@http-equiv='refresh']")
    assert meta is not None
    return str(meta.get("content")).removeprefix("0; url=")


def test_a_person_signed_in_comes_back_with_a_ticket(cast, ines):
    open_service(cast)
    answer = ines.get("/cas/login", {"service": SERVICE})
    assert answer["Location"].startswith(f"{SERVICE}&ticket=ST-")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    block = validated(ticket_of(ines))
    assert code_of(block) == ""
    facts = attributes_of(block)
    assert facts["lastName"] == ["BELKACEM"]
    assert facts["isFromNewLogin"] == ["false"]
    assert facts["authenticationDate"] == ["2026-11-24T09:20:00Z"]


def test_a_sign_on_costs_twelve_statements_at_most(cast, ines):
    open_service(cast)
    validated(ticket_of(ines))

    tickets: list[str] = []
    entering = statements_of(lambda: tickets.append(ticket_of(ines)))
    validating = statements_of(lambda: validated(tickets[0]))
    assert len(entering) + len(validating) <= 12


def test_whoever_is_not_signed_in_is_asked_then_sent_on_by_a_page(cast, ines):
    open_service(cast)
    client = Client()
    asked = client.get("/cas/login", {"service": SERVICE})
    assert asked["Location"].startswith("/connexion/?next=")
    answer = enter(client, cast, next_of(asked["Location"]))
    # Browsers refuse that a form of ours ends elsewhere: not a redirection.
    assert answer.status_code == 200
    target = target_of(answer)
    assert target.startswith(f"{SERVICE}&ticket=ST-")
    ticket = parse_qs(urlsplit(target).query)["ticket"][0]
    assert attributes_of(validated(ticket, renew="true"))["isFromNewLogin"] == ["true"]


def test_renew_asks_for_the_password_again(cast, ines):
    open_service(cast)
    asked = ines.get("/cas/login", {"service": SERVICE, "renew": "true"})
    assert asked["Location"].startswith("/connexion/preuve/?next=")
    back = next_of(asked["Location"])
    # A mark alone proves nothing.
    assert ines.get(back)["Location"].startswith("/connexion/preuve/")
    wrong = ines.post("/connexion/preuve/", {"password": "autre chose", "next": back})
    assert wrong.status_code == 422
    assert "Ce n’est pas le mot de passe" in wrong.content.decode()
    answer = ines.post("/connexion/preuve/", {"password": PASSWORD, "next": back}, follow=True)
    ticket = parse_qs(urlsplit(target_of(answer)).query)["ticket"][0]
    assert code_of(validated(ticket, renew="true")) == ""
    # A forged mark is none.
    assert ines.get(f"{back}x")["Location"].startswith("/connexion/preuve/")


def test_gateway_never_shows_a_page_unless_renew_is_asked(cast, ines):
    connector = open_service(cast)
    assert Client().get("/cas/login", {"service": SERVICE, "gateway": "true"})["Location"] == SERVICE
    assert "ticket=ST-" in ines.get("/cas/login", {"service": SERVICE, "gateway": "true"})["Location"]
    both = Client().get("/cas/login", {"service": SERVICE, "gateway": "true", "renew": "true"})
    assert both["Location"].startswith("/connexion/")
    open_service(cast, service=connector.service, profiles=[Profile.HEAD])
    assert ines.get("/cas/login", {"service": SERVICE, "gateway": "true"})["Location"] == SERVICE


@pytest.mark.parametrize("gateway", ["", "true"])
@pytest.mark.parametrize(
    "service",
    [
        *(
            "https://inconnu.example/",
            "http://moodle.exemple.example/",
            "//moodle.exemple.example/",
            "/",
            "javascript:alert(1)",
        ),
        *("https://moodle.exemple.example@evil.example/", "https://moodle.exemple.example.evil.example/"),
        *(
            "https://evil.example/https://moodle.exemple.example/",
            "https://evil.example?https://moodle.exemple.example/",
        ),
        *("https://moodle.exemple.example:444/", "https://moodle.exemple.example\\.evil.example/"),
        *(
            "https://moodle.exemple.example/%2e%2e/x",
            "https://moodle.exemple.example/#x",
            "https://m%6fodle.exemple.example/",
        ),
        *("https://xmoodle.exemple.example/", "https://moodle-exemple.example/", "https://moodle.exemple.example\r\n/"),
    ],
)
def test_an_address_that_is_not_registered_is_never_redirected_to(cast, ines, service, gateway):
    open_service(cast)
    for client in (ines, Client()):
        answer = client.get("/cas/login", {"service": service, "gateway": gateway})
        assert answer.status_code == 403
        assert "Location" not in answer
        assert "n’est pas connu de Pupitre" in answer.content.decode()
        left = Client().get("/cas/logout", {"service": service})
        assert left.status_code == 200
        assert "Location" not in left


def test_a_service_shut_to_this_person_says_so_with_a_reference(cast, ines):
    open_service(cast, profiles=[Profile.TEACHER])
    answer = ines.get("/cas/login", {"service": SERVICE})
    assert answer.status_code == 403
    assert "n’a pas ouvert Moodle" in answer.content.decode()
    assert "référence" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_by_post_the_ticket_leaves_in_a_form_that_may_go_there_only(cast, ines):
    open_service(cast)
    answer = ines.get("/cas/login", {"service": SERVICE, "method": "POST"})
    form = html.document_fromstring(answer.content).find(".//form[@data-send]")
    assert form is not None
    assert (form.get("method"), form.get("action")) == ("post", SERVICE)
    ticket = str(form.fields["ticket"])  # type: ignore[attr-defined]
    policy = next(part for part in answer["Content-Security-Policy"].split(";") if "form-action" in part)
    assert policy.split() == ["form-action", "'self'", "https://moodle.exemple.example"]
    assert code_of(validated(ticket)) == ""


def test_somebody_of_two_schools_chooses_by_which_they_enter(cast):
    service = make_service(cast, for_academy=True)
    for place in ("college", "lycee"):
        open_service(cast, place, service=service, profiles=[Profile.TEACHER])
    helene = cast.sign_in(Client(), "enseignante")
    page = helene.get("/cas/login", {"service": SERVICE})
    links = [a.get("href") or "" for a in html.document_fromstring(page.content).iterfind(".//main//a")]
    assert page.status_code == 200
    assert len(links) == 2
    told = [
        attributes_of(validated(parse_qs(urlsplit(helene.get(link)["Location"]).query)["ticket"][0]))["uai"]
        for link in links
    ]
    assert sorted(told) == [[cast.college.uai], [cast.lycee.uai]]
    assert helene.get("/cas/login", {"service": SERVICE, "gateway": "true"})["Location"] == SERVICE
    # A school where the service is shut changes nothing.
    assert helene.get("/cas/login", {"service": SERVICE, "ecole": cast.neighbour.uai}).status_code == 200


def test_without_a_service_one_signs_in_then_goes_home(cast, ines):
    assert Client().get("/cas/login")["Location"] == "/connexion/?next=%2Fcas%2Flogin"
    assert ines.get("/cas/login")["Location"] == "/"


def test_leaving_ends_the_session_and_tells_the_services_by_a_job(cast, ines, service):
    open_service(cast, address=f"{service.url}/")
    used, unused = ticket_of(ines, f"{service.url}/cours"), ticket_of(ines, f"{service.url}/autre")
    validated(used, f"{service.url}/cours")
    service.status = 302
    answer = ines.get("/cas/logout", {"service": f"{service.url}/au-revoir"})
    assert answer["Location"] == f"{service.url}/au-revoir"
    assert service == []
    assert code_of(validated(unused, f"{service.url}/autre")) == "INVALID_TICKET"
    assert run_jobs() == ["cas.single_logout"]
    ((method, path, fields),) = service
    assert (method, path) == ("POST", "/cours")
    assert f">{used}</" in fields["logoutRequest"]
    assert "@NOT_USED@" in fields["logoutRequest"]
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("how", ["from_afar", "password", "suspended"])
def test_a_session_that_ends_otherwise_is_told_too(cast, ines, service, how):
    open_service(cast, address=f"{service.url}/")
    validated(ticket_of(ines, f"{service.url}/x"), f"{service.url}/x")
    forget_jobs()
    user = cast.people["eleve"].user
    if how == "from_afar":
        cast.sign_in(Client(), "eleve").post("/compte/appareils/")
    elif how == "password":
        other = cast.sign_in(Client(), "eleve")
        other.post("/compte/mot-de-passe/", {"current": PASSWORD, "password": "quatre mots bien choisis"})
    else:
        Session.objects.filter(user=user).delete()
    assert "cas.single_logout" in run_jobs()
    assert [(method, path) for method, path, _fields in service] == [("POST", "/x")]


def test_a_service_that_does_not_listen_holds_nobody_up(cast, ines):
    open_service(cast, address="http://127.0.0.1:1/")
    validated(ticket_of(ines, "http://127.0.0.1:1/"), "http://127.0.0.1:1/")
    ines.post("/deconnexion/")
    assert run_jobs() == ["cas.single_logout"]
    assert not Ticket.objects.exists()


def test_tickets_are_forgotten(cast, ines):
    open_service(cast)
    validated(ticket_of(ines))
    ticket_of(ines)
    with clock.at("2026-11-24T11:00"):
        assert forget_tickets() == ["1 tickets de services extérieurs effacés."]
    with clock.at("2026-12-03T11:00"):
        forget_tickets()
        assert forget_tickets() == []
    assert not Ticket.objects.exists()
