"""The page of the school, the page of developers, and the description that programs read."""

import re
from typing import Any

import msgspec
from django.test import Client as Browser

from pupitre.agenda.tests.factories import mine
from pupitre.directory.events import PeopleMerged
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.events import carry_out
from pupitre.integrations.api.declared import ENDPOINTS
from pupitre.integrations.api.models import Access, Opening, Reading
from pupitre.integrations.api.scopes import READING, SCOPES
from pupitre.integrations.api.services.forgetting import forget_readings
from pupitre.integrations.api.tests.factories import reader_for, tokens_of


def test_a_head_opens_what_an_application_may_ask(cast, app):
    head = cast.sign_in(Browser(), "principal")
    address = f"/{cast.college.uai}/services/{app.service_id}/api/"
    assert (
        "Ouvrir l’API à cette application"
        in head.get(f"/{cast.college.uai}/services/{app.service_id}/").content.decode()
    )
    page = head.post(address, {"portees": ["marks:read", "timetable:read"]}, follow=True).content.decode()
    assert len(re.findall(r'name="portees"[^>]* checked', page)) == 2
    with scope(cast.college.pk):
        assert Opening.objects.get().scopes == ["timetable:read", "marks:read"]
    console = head.get(f"/{cast.college.uai}/services/").content.decode()
    assert "Peut lire, pour qui l’accepte\u00a0: l’emploi du temps, les notes et les moyennes." in console
    wrong = head.post(address, {"portees": ["tout"]})
    assert wrong.status_code == 422
    tokens_of(cast.sign_in(Browser(), "eleve"), app, READING)
    assert "1 personne la laisse lire" in head.get(address).content.decode().replace("\u00a0", " ")


def test_the_description_is_whole_and_true(cast, app):
    """Every address, every reference known, and real answers that are what it says."""
    document = Browser().get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {each.shown_path for each in ENDPOINTS}
    for path in _references(document):
        found: Any = document
        for part in path.removeprefix("#/").split("/"):
            found = found[part]
    flow = document["components"]["securitySchemes"]["pupitre"]["flows"]["authorizationCode"]
    assert set(SCOPES) < set(flow["scopes"])
    names = [each["operationId"] for path in document["paths"].values() for each in path.values()]
    assert len(names) == len(set(names)) == len(ENDPOINTS)
    reader = reader_for(cast, "eleve", app)
    number = reader("me").json()["students"][0]["number"]
    for each in ENDPOINTS:
        answer = reader(each.path.replace("<str:number>", number))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        schema = document["components"]["schemas"][each.answer.__name__]
        assert set(schema["required"]) <= set(answer.json())
        msgspec.json.decode(answer.content, type=each.answer)


def test_what_somebody_notes_for_themself_stays_theirs(cast, app):
    with scope(cast.college.pk):
        mine(cast)
    assert reader_for(cast, "eleve", app)("agenda").json()["data"] == []


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if "$ref" in part else set()
        return own.union(*map(_references, part.values()))
    return set[str]().union(*map(_references, part)) if isinstance(part, list) else set()


def test_the_page_of_developers_tells_every_address_and_scope(db):
    page = Browser().get("/api/").content.decode()
    assert all(each.shown_path in page for each in ENDPOINTS)
    assert all(key in page for key in SCOPES)


def test_two_records_that_become_one_keep_the_access_and_the_journal(cast, app):
    reader_for(cast, "eleve", app).of("timetable")
    with scope(cast.college.pk):
        kept, absorbed = cast.people["frere"].pk, cast.people["eleve"].pk
        carry_out(PeopleMerged(keep_id=kept, absorbed_id=absorbed, establishments=(cast.college.pk,)))
    with scope(cast.college.pk):
        assert Access.objects.get().person_id == kept
        assert set(Reading.objects.values_list("reader", "about")) == {(kept, kept)}


def test_a_year_later_everything_is_forgotten(cast, app):
    reader_for(cast, "eleve", app).of("timetable")
    assert forget_readings() == []
    with clock.at("2027-11-26T04:00"):
        assert forget_readings() == ["2 lectures d’applications effacées du journal."]
        with scope(cast.college.pk):
            assert not Access.objects.exists()
