"""What other tools say: kept, shown with its age, asked again by a job, never waited for."""

import datetime as dt
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from lxml import html

from pupitre.directory.models import Guardianship
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.copies import STALE, Line, Section
from pupitre.integrations.services.models import Connector, OutsideCopy, Service
from pupitre.integrations.services.outside import call
from pupitre.integrations.services.readers import Asked, Found, NoAnswer, Reader, offer_reader
from pupitre.integrations.services.services.breaker import PATIENCE
from pupitre.integrations.services.services.copying import JOB, LANES, read_with, refresh_copy
from pupitre.integrations.services.services.forgetting import forget_copies
from pupitre.integrations.services.tests.factories import admin_of, open_service
from tests.cast import Cast
from tests.jobs import forget_jobs, run_jobs
from tests.statements import statements_of

SECTIONS = [Section("Dernières notes", [Line("SVT", "lundi 23 novembre", f"{n},5") for n in range(10, 16)])]
_told_of: list[int] = []


def ask_the_stand(asked: Asked) -> Found:
    """A reader as rooms write them: one call, an answer or a reason."""
    answer = call(parse_address(asked.connector.service.launch_url), seconds=asked.seconds)
    if answer.status != 200:
        raise NoAnswer("status")
    return Found(dict.fromkeys(_told_of or [asked.identity.person], SECTIONS))


offer_reader(Reader("essai", "Outil d’essai", ask_the_stand))


@pytest.fixture(autouse=True)
def _trusted(settings) -> Iterator[None]:
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]
    yield
    _told_of.clear()


class Person:
    """Somebody of the cast in front of their home."""

    def __init__(self, cast: Cast, slug: str) -> None:
        self.client = cast.sign_in(Client(), slug)

    def opens(self, address: str = "/") -> html.HtmlElement:
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200
        tree: html.HtmlElement = html.document_fromstring(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))
        return tree

    def reads(self, address: str = "/") -> str:
        return " ".join(" ".join(self.opens(address).get_element_by_id("contenu").itertext()).split())


def open_reader(cast: Cast, url: str, **facts: Any) -> Connector:
    connector = open_service(cast, name="Carnet", address=f"{url}/", **facts)
    with scope(cast.college.pk):
        read_with(connector, actor=admin_of(cast), reader="essai")
    return connector


def ask(cast: Cast, slug: str, connector: Connector, *, htmx: bool = True) -> int:
    headers = {"HX-Request": "true"} if htmx else {}
    address = f"/{cast.college.uai}/services/{connector.pk}/rafraichir/"
    return cast.sign_in(Client(), slug).post(address, headers=headers).status_code


def copy_of(cast: Cast, slug: str) -> OutsideCopy:
    with scope(cast.college.pk):
        found: OutsideCopy = OutsideCopy.objects.get(person=cast.people[slug])
        return found


def test_the_home_shows_what_was_kept_and_asks_for_more_later(cast, service):
    connector = open_reader(cast, service.url)
    ines = Person(cast, "eleve")
    assert "Rien n’a encore été lu." in ines.reads()
    assert service == []
    assert ask(cast, "eleve", connector) == 200
    assert ask(cast, "eleve", connector) == 204
    assert run_jobs() == [JOB]
    page = ines.reads()
    assert "Données de 10 h 20" in page
    assert "10,5" in page
    # The home shows the beginning and says so.
    assert "15,5" not in page
    assert "2 autres" in page
    # Recent: it asks for nothing.
    assert not ines.opens().xpath("//form[contains(@action, 'rafraichir')]")
    with clock.at("2026-11-24T10:39"):
        assert len(ines.opens().xpath("//form[contains(@action, 'rafraichir')]")) == 1
        assert ask(cast, "eleve", connector, htmx=False) == 302
        assert run_jobs() == [JOB]
        assert "Données de 10 h 39" in ines.reads()
    with clock.at("2026-11-25T08:00"):
        assert "Données du mardi 24 novembre, 10 h 39" in ines.reads()


def test_the_page_kept_by_the_browser_grows_old_with_the_copy(cast, service):
    connector = open_reader(cast, service.url)
    ask(cast, "eleve", connector)
    run_jobs()
    client = cast.sign_in(Client(), "eleve")
    # The first page that holds a form brings the cookie of forms, on which a page depends.
    client.get("/")
    tag = client.get("/")["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304
    due_at = copy_of(cast, "eleve").next_try_at
    assert due_at is not None
    assert abs(due_at - clock.now() - STALE) <= STALE / 5
    minute = due_at.replace(second=0, microsecond=0)
    with clock.at(minute - dt.timedelta(seconds=1)):
        assert client.get("/", headers={"If-None-Match": tag}).status_code == 304
    with clock.at(minute):
        assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_a_guardian_sees_the_children_who_are_open_to_them_whatever_is_kept(cast, service):
    connector = open_reader(cast, service.url)
    _told_of.append(cast.people["eleve"].pk)
    ask(cast, "parent", connector)
    run_jobs()
    nadia = Person(cast, "parent")
    assert "10,5" in nadia.reads("/famille/")
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    with clock.at("2026-11-25T08:00"):
        assert "10,5" not in nadia.reads("/famille/")


def test_a_school_that_reads_nothing_pays_nothing(cast, service):
    client = cast.sign_in(Client(), "eleve")
    client.get("/")
    statements = statements_of(lambda: client.get("/"))
    assert not any("outsidecopy" in each for each in statements)
    open_reader(cast, service.url)
    client.get("/")
    after = statements_of(lambda: client.get("/"))
    assert len(after) == len(statements)
    assert any("outsidecopy" in each for each in after)


def test_those_for_whom_it_is_shut_see_and_ask_nothing(cast, service):
    connector = open_reader(cast, service.url, groups=[cast.groups["4B"]])
    assert "Carnet" in Person(cast, "eleve").reads()
    assert "Carnet" not in Person(cast, "frere").reads()
    assert ask(cast, "frere", connector) == 404
    assert ask(cast, "parent", connector) == 200
    assert "Carnet" in Person(cast, "parent").reads("/famille/")


def test_a_tool_that_fails_keeps_what_it_said_and_is_tried_less_and_less(cast, service):
    connector = open_reader(cast, service.url)
    ask(cast, "eleve", connector)
    run_jobs()
    service.status = 500
    with clock.at("2026-11-24T10:40"):
        ask(cast, "eleve", connector)
        run_jobs()
        copy = copy_of(cast, "eleve")
        assert (copy.failures, copy.failure) == (1, "status")
        page = Person(cast, "eleve").reads()
        assert "Données de 10 h 20" in page
        assert "Cet outil répond mal en ce moment" in page
    with clock.at("2026-11-24T10:41:15"):
        assert ask(cast, "eleve", connector) == 204
    service.status = 200
    with clock.at("2026-11-24T10:43"):
        assert ask(cast, "eleve", connector) == 200
        run_jobs()
        assert copy_of(cast, "eleve").failures == 0
        assert "répond mal" not in Person(cast, "eleve").reads()


def test_a_tool_that_hangs_is_left_alone_then_tried_by_one_only(cast, monkeypatch):
    monkeypatch.setattr("pupitre.integrations.services.readers.SECONDS", 0.1)
    offer_reader(Reader("essai", "Outil d’essai", lambda asked: ask_the_stand(replace(asked, seconds=0.1))))
    slugs = ["eleve", "frere", "enseignante", "parent", "collegue"]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        connector = open_reader(cast, f"http://127.0.0.1:{silent.getsockname()[1]}")
        for slug in slugs:
            assert ask(cast, slug, connector) == 200
        run_jobs()
        known = Service.objects.get(pk=connector.service_id)
        assert known.failures == PATIENCE
        # The others were not even asked for.
        assert copy_of(cast, "parent").failures == 0
        assert copy_of(cast, "parent").failure == ""
    who = {"establishment_id": cast.college.pk, "connector_id": connector.pk}
    with clock.at("2026-11-24T10:22"):
        # It is refused now: one try, which fails, and a longer rest.
        assert not refresh_copy(person_id=cast.people["parent"].pk, **who)
        assert not refresh_copy(person_id=cast.people["collegue"].pk, **who)
        assert copy_of(cast, "parent").failure == "refused"
        assert copy_of(cast, "collegue").failure == ""
        known.refresh_from_db()
        assert known.failures == PATIENCE + 1


def at_once() -> list[str]:
    """The jobs that workers would take now, as many as they may; they are left as taken."""
    taken: list[str] = []
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select task_name, lock from procrastinate_fetch_job_v2(null, null)")
            name, lock = cursor.fetchone() or ("", "")
            if not name:
                return taken
            taken.append(lock)


def test_a_few_readings_of_a_tool_go_on_at_once_and_one_when_it_is_ill(cast, service):
    connector = open_reader(cast, service.url)
    slugs = ["eleve", "frere", "enseignante", "parent", "collegue"]
    people = {cast.people[slug].pk % LANES for slug in slugs}
    for slug in slugs:
        assert ask(cast, slug, connector) == 200
    assert len(at_once()) == len(people) > 1
    forget_jobs()
    Service.objects.filter(pk=connector.service_id).update(failures=1)
    with clock.at("2026-11-24T10:22"):
        for slug in slugs:
            assert ask(cast, slug, connector) == 200
        assert len(at_once()) == 1


def test_somebody_who_comes_while_a_tool_is_left_alone_is_told_and_asks_nothing(cast, service):
    connector = open_reader(cast, service.url)
    ask(cast, "eleve", connector)
    run_jobs()
    until = clock.now() + dt.timedelta(minutes=30)
    Service.objects.filter(pk=connector.service_id).update(failures=PATIENCE, resting_until_at=until)
    with clock.at("2026-11-24T10:40"):
        ines = Person(cast, "eleve")
        page = ines.reads()
        assert "Cet outil ne répond pas en ce moment. Ce qui suit est ce qu’il a dit la dernière fois." in page
        assert "Pupitre lui redemandera à partir de 10 h 50." in page
        assert not ines.opens().xpath("//form[contains(@action, 'rafraichir')]")
    with clock.at("2026-11-24T10:51"):
        assert "ne répond pas" not in ines.reads()


def test_nothing_is_asked_for_somebody_who_left(cast, service):
    connector = open_reader(cast, service.url)
    ask(cast, "eleve", connector)
    cast.people["eleve"].user.sessions.all().delete()
    run_jobs()
    assert service == []


def test_what_is_shut_is_forgotten(cast, service):
    connector = open_reader(cast, service.url)
    for slug in ("eleve", "parent"):
        ask(cast, slug, connector)
    run_jobs()
    with clock.at("2026-12-25T10:00"):
        assert forget_copies() == ["2 copies d’autres outils effacées."]
    ask(cast, "eleve", connector)
    with scope(cast.college.pk):
        read_with(connector, actor=admin_of(cast), reader="")
        assert not OutsideCopy.objects.exists()
    assert ask(cast, "eleve", connector) == 404
