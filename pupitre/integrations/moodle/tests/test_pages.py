"""The pages of the Moodle of a school, and whatever may answer at its address."""

import logging
import socket

import pytest
from django.test import Client

from pupitre.establishments.scope import NoScope, current_establishment_id, scope
from pupitre.integrations.moodle import client
from pupitre.integrations.moodle.answers import SiteInfo
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.failures import FAILURES
from pupitre.integrations.moodle.models import Report, Site
from pupitre.integrations.moodle.services.linking import Introduced
from pupitre.integrations.moodle.tests.factories import link
from pupitre.integrations.moodle.tests.stand import TOKEN
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.outside import call
from tests.jobs import run_jobs

pytestmark = pytest.mark.usefixtures("tuesday")
PLACE = "/0990001N/services/moodle/"


@pytest.fixture
def referent(cast) -> Client:
    return cast.sign_in(Client(), "referent")


def typed(url, **more):
    return {"adresse": url, "jeton": TOKEN, "profils": ["student", "teacher"], **more}


def test_linking_tries_the_token_seals_it_and_opens_the_service(cast, referent, moodle):
    answer = referent.post(PLACE, typed(moodle.url + "login/index.php", cours="on"))
    assert answer["Location"] == f"{PLACE}?dit=relie"
    with scope(cast.college.pk):
        site = Site.objects.get()
        connector = Connector.objects.select_related("service").get()
    assert TOKEN.encode() not in bytes(site.token)
    assert (site.name, site.release, site.missing) == ("Moodle du collège", "4.5.6 (Build: 20250811)", [])
    assert (connector.is_on, connector.profiles) == (True, ["student", "teacher"])
    service = connector.service
    assert (service.protocol, service.release, service.identifier) == ("cas", "moodle", "pseudonym")
    assert service.launch_url == f"{moodle.url}login/index.php?authCAS=CAS"
    page = referent.get(answer["Location"]).content.decode()
    assert TOKEN not in page
    assert "4.5.6" in page


def test_no_school_is_open_while_moodle_is_asked(cast, referent, moodle, monkeypatch):
    opened: list[int | None] = []

    def heard(*told, **more):
        try:
            opened.append(current_establishment_id())
        except NoScope:
            opened.append(None)
        return call(*told, **more)

    monkeypatch.setattr(client, "call", heard)
    assert referent.post(PLACE, typed(moodle.url))["Location"] == f"{PLACE}?dit=relie"
    assert referent.post(f"{PLACE}essayer/")["Location"] == f"{PLACE}?dit=repond"
    assert referent.post(f"{PLACE}jeton/", {"jeton": TOKEN})["Location"] == f"{PLACE}?dit=jeton"
    assert opened == [None] * 3


def test_a_service_already_known_is_kept(cast, referent, moodle):
    link(cast, moodle.url)
    referent.post(f"{PLACE}delier/")
    referent.post(PLACE, typed(moodle.url))
    assert Service.objects.count() == 1


def test_what_the_token_may_not_do_is_named_in_words(cast, referent, moodle):
    moodle.lacks = {"core_user_create_users"}
    referent.post(PLACE, typed(moodle.url))
    page = referent.get(PLACE).content.decode()
    assert "Créer des comptes" in page
    assert "core_user_create_users" in page


@pytest.mark.parametrize(
    ("release", "is_old"), [("3.11.4 (Build)", True), ("4.1", False), ("5.0.2+", False), ("", False)]
)
def test_an_old_moodle_is_told_from_the_others(release, is_old):
    assert Introduced("", release, []).is_old is is_old


HTML = b"<!DOCTYPE html><html><title>Bienvenue</title></html>"
WRONG = {
    "not_moodle": (200, {}, HTML),
    "status": (500, {}, b""),
    "moved": (302, {"Location": "https://ailleurs.example/"}, b""),
    "too_large": (200, {}, b"[" + b" " * (3 << 20) + b"]"),
    "unreadable": (200, {}, b'{"sitename": 3'),
}


@pytest.mark.parametrize("code", WRONG)
def test_whatever_else_answers_is_said_kindly_and_nothing_is_kept(cast, referent, moodle, code, caplog):
    moodle.instead = WRONG[code]
    with caplog.at_level(logging.DEBUG):
        answer = referent.post(PLACE, typed(moodle.url))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert str(FAILURES[code]) in page
    assert moodle.url in page
    assert TOKEN not in page
    assert TOKEN not in caplog.text
    with scope(cast.college.pk):
        assert not Site.objects.exists()
    assert not Service.objects.exists()


def test_a_page_not_found_is_not_a_moodle_either(moodle):
    moodle.instead = (404, {}, HTML)
    with pytest.raises(MoodleFailure, match="not_moodle"):
        Moodle(moodle.url, TOKEN).ask("core_webservice_get_site_info", SiteInfo)


def test_a_moodle_that_never_answers_holds_nobody(settings):
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        moodle = Moodle(f"http://127.0.0.1:{silent.getsockname()[1]}/", TOKEN)
        with pytest.raises(MoodleFailure, match="timeout"):
            moodle.ask("core_webservice_get_site_info", SiteInfo, seconds=0.2)


@pytest.mark.parametrize(
    "fields",
    [
        *(
            {"adresse": url}
            for url in ("", "http://moodle.exemple.fr/", "https://127.0.0.1/", "moodle", "https://a.fr/?x=1")
        ),
        *({"jeton": token} for token in ("", "avec espace", "x" * 200, "é")),
        {"profils": []},
    ],
)
def test_bad_input_comes_back_with_a_sentence(cast, referent, fields):
    answer = referent.post(PLACE, {**typed("https://moodle.exemple.example/"), **fields})
    assert answer.status_code == 422
    assert 'id="erreurs"' in answer.content.decode()


def test_a_wrong_token_is_told_from_a_wrong_address(cast, referent, moodle):
    answer = referent.post(PLACE, typed(moodle.url, jeton="0000"))
    assert str(FAILURES["token"]) in answer.content.decode()
    link(cast, moodle.url)
    assert referent.post(f"{PLACE}jeton/", {"jeton": "0000"}).status_code == 422
    assert referent.post(f"{PLACE}jeton/", {"jeton": TOKEN})["Location"].endswith("?dit=jeton")


def test_the_trial_says_the_last_success_or_failure(cast, referent, moodle):
    link(cast, moodle.url)
    assert referent.post(f"{PLACE}essayer/")["Location"].endswith("?dit=repond")
    moodle.instead = (200, {}, HTML)
    assert referent.post(f"{PLACE}essayer/")["Location"].endswith("?dit=echec")
    assert str(FAILURES["not_moodle"]) in referent.get(PLACE).content.decode()


def test_a_token_that_this_server_cannot_read_any_more_is_said(cast, referent, moodle, settings):
    link(cast, moodle.url, token=b"rien")
    referent.post(f"{PLACE}essayer/")
    assert str(FAILURES["sealed"]) in referent.get(PLACE).content.decode()


def test_settings_are_kept_and_wrong_ones_come_back(cast, referent, moodle):
    link(cast, moodle.url)
    assert referent.post(f"{PLACE}reglages/", {"tenu": "on", "seuil": "200"}).status_code == 422
    referent.post(f"{PLACE}reglages/", {"tenu": "on", "seuil": "25"})
    with scope(cast.college.pk):
        site = Site.objects.get()
    assert (site.is_on, site.applies_alone, site.most_suspended) == (True, False, 25)


def test_a_comparison_is_read_then_applied_and_too_much_is_confirmed(cast, referent, moodle):
    link(cast, moodle.url)
    page = referent.post(f"{PLACE}comparer/")["Location"]
    assert "Comparaison en cours" in referent.get(page).content.decode()
    run_jobs()
    assert "Inès Belkacem" in referent.get(page).content.decode()
    with scope(cast.college.pk):
        Report.objects.update(known=4, suspended=2)
    assert referent.post(f"{page}appliquer/").status_code == 422
    assert referent.post(f"{page}appliquer/", {"confirme": "on"}).status_code == 302
    # While it is being done, nothing else begins.
    assert referent.post(f"{PLACE}comparer/")["Location"].endswith("?dit=occupe")
    run_jobs()
    assert "Appliqué" in referent.get(page).content.decode()


def test_the_console_leads_there(cast, referent):
    assert f'href="{PLACE}"' in referent.get("/0990001N/services/").content.decode()
