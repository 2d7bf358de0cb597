"""The pages of tools: set by whoever looks after services, placed by teachers, opened by all, in French."""

import datetime as dt

import pytest
from django.test import Client

from pupitre.establishments.scope import scope
from pupitre.foundation.models import AuditEntry
from pupitre.foundation.ui.french import day
from pupitre.gradebook.tests.factories import course_of
from pupitre.integrations.lti.models import LineItem, Tool, ToolLink
from pupitre.integrations.lti.tests.factories import HOME, KEY, make_link, make_tool
from pupitre.integrations.services.tests.factories import make_service, open_service


@pytest.fixture
def teacher(cast) -> Client:
    return cast.sign_in(Client(), "enseignante")


@pytest.fixture
def referent(cast) -> Client:
    return cast.sign_in(Client(), "referent")


def typed(**changed: str) -> dict[str, str]:
    facts = {
        "connexion": f"{HOME}login",
        "retours": f"{HOME}launch\n{HOME}pick\n",
        "cible": f"{HOME}launch",
        "choix": "",
        "cles": f"{HOME}jwks",
        "cle": "",
        "notes": "on",
    }
    return facts | changed


def test_the_console_shows_what_to_copy_and_keeps_what_the_tool_says(cast, referent):
    service = make_service(cast, protocol="lti", release="lti", address=HOME)
    address = f"/{cast.college.uai}/services/{service.pk}/lti/"
    assert "Réglages LTI" in referent.get(f"/{cast.college.uai}/services/{service.pk}/").content.decode()
    page = referent.get(address).content.decode()
    for each in ("/lti/authorize", "/lti/token", "/oidc/jwks", cast.college.uai, Tool.objects.get().client_id):
        assert each in page
    assert referent.post(address, typed())["Location"] == f"{address}?dit=enregistre"
    tool = Tool.objects.get()
    assert tool.redirect_uris == [f"{HOME}launch", f"{HOME}pick"]
    assert (tool.may_mark, tool.may_list, tool.is_ready) == (True, False, True)


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"connexion": "https://ailleurs.example/login"}, "n’est pas celle de l’outil"),
    ({"retours": "javascript:alert(1)"}, "n’est pas celle de l’outil"),
    ({"cible": ""}, "Il manque l’adresse à ouvrir"),
    ({"cles": "", "cle": "pas une clé"}, "Ce n’est pas une clé publique RSA"),
])  # fmt: skip
def test_what_cannot_be_an_address_or_a_key_is_said(cast, referent, changed, sentence):
    service = make_service(cast, protocol="lti", release="lti", address=HOME)
    page = referent.post(f"/{cast.college.uai}/services/{service.pk}/lti/", typed(**changed))
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_private_key_that_was_pasted_is_kept_without_its_secret(cast, referent):
    service = make_service(cast, protocol="lti", release="lti", address=HOME)
    address = f"/{cast.college.uai}/services/{service.pk}/lti/"
    key = KEY.as_pem(private=True).decode()
    assert referent.post(address, typed(cles="", cle=key)).status_code == 302
    (kept,) = (Tool.objects.get().keys or {})["keys"]
    assert "d" not in kept
    assert "BEGIN PUBLIC KEY" in referent.get(address).content.decode()


def test_a_teacher_places_a_content_by_its_address_and_the_class_sees_it(cast, teacher, ines):
    tool = make_tool(cast)
    with scope(cast.college.pk):
        course = course_of(cast.groups["4B"])
    address = f"/{cast.college.uai}/outils/cours/{course.pk}/ajouter/"
    form = {"outil": str(tool.pk), "titre": "Fractions", "consigne": "Avant lundi", "adresse": "", "bareme": "20"}
    assert teacher.post(address, form | {"parametres": "id=7", "pour_le": "2026-12-01"}).status_code == 302
    with scope(cast.college.pk):
        assert LineItem.objects.get().maximum == 20
        assert ToolLink.objects.get().custom == {"id": "7"}
    page = ines.get(f"/{cast.college.uai}/outils/").content.decode()
    assert "Fractions" in page
    assert "Retirer" not in page
    assert 'target="_blank"' in page
    assert "Fractions" not in cast.sign_in(Client(), "frere").get(f"/{cast.college.uai}/outils/").content.decode()
    assert "Fractions" in cast.sign_in(Client(), "parent").get(f"/{cast.college.uai}/outils/").content.decode()


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"titre": ""}, "Donnez un titre"),
    ({"adresse": "https://ailleurs.example/"}, "n’est pas celle de l’outil"),
    ({"bareme": "vingt"}, "Écrivez un nombre"),
    ({"parametres": "id"}, "un paramètre par ligne"),
    ({"outil": "0"}, "choix"),
])  # fmt: skip
def test_a_content_that_cannot_be_says_why_and_keeps_what_was_typed(cast, teacher, changed, sentence):
    tool = make_tool(cast)
    with scope(cast.college.pk):
        course = course_of(cast.groups["4B"])
    form = {"outil": str(tool.pk), "titre": "Fractions", "consigne": "Avant lundi", "adresse": "", "bareme": ""}
    page = teacher.post(f"/{cast.college.uai}/outils/cours/{course.pk}/ajouter/", form | changed)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "Avant lundi" in page.content.decode()


def test_a_link_taken_away_is_seen_no_more(cast, teacher, ines, link):
    teacher.post(f"/{cast.college.uai}/outils/{link.pk}/retirer/")
    assert "Fractions" not in ines.get(f"/{cast.college.uai}/outils/").content.decode()
    with scope(cast.college.pk):
        assert ToolLink.objects.get().removed_at


def test_a_tool_closed_to_a_class_shows_it_nothing(cast, ines):
    tool = make_tool(cast)
    make_link(cast, tool)
    open_service(cast, service=tool.service, groups=[cast.groups["6C"]])
    page = ines.get(f"/{cast.college.uai}/outils/").content.decode()
    assert "Fractions" not in page


def test_a_tool_without_its_addresses_says_so_to_whoever_opens_it(cast, ines, link):
    Tool.objects.update(login_url="")
    page = ines.get(f"/{cast.college.uai}/outils/{link.pk}/")
    assert page.status_code == 403
    assert "ses adresses manquent" in page.content.decode()


def test_my_services_lead_to_the_contents_and_say_what_the_tool_learns(cast, ines, link):
    page = ines.get("/mes-services/").content.decode()
    assert f"/lti/outil/{link.tool.service_id}/" in page
    assert "Prénom" in page
    assert "Identifiant de connexion" not in page
    assert ines.get(f"/lti/outil/{link.tool.service_id}/")["Location"] == f"/{cast.college.uai}/outils/"


def test_a_page_costs_the_same_for_one_link_as_for_ten(cast, ines, link, django_assert_max_num_queries):
    ines.get(f"/{cast.college.uai}/outils/")
    for number in range(9):
        make_link(cast, link.tool, title=f"Fractions {number}")
    with django_assert_max_num_queries(7):
        ines.get(f"/{cast.college.uai}/outils/")


@pytest.fixture
def edited(cast, link) -> dict[str, str]:
    """What the form of a content holds, as the page shows it."""
    return {
        "titre": "Fractions", "consigne": "", "pour_le": "", "adresse": f"{HOME}launch", "parametres": "niveau=4e",
    }  # fmt: skip


def test_a_content_is_changed_where_it_stands_and_its_column_stays(cast, teacher, ines, link, edited):
    address = f"/{cast.college.uai}/outils/{link.pk}/modifier/"
    with scope(cast.college.pk):
        before = LineItem.objects.get()
    page = teacher.get(address).content.decode()
    assert "niveau=4e" in page
    assert "Noté sur 10" in page
    changed = edited | {
        "titre": "Les fractions", "consigne": "Deux essais", "pour_le": "2026-12-01", "adresse": f"{HOME}launch?n=2",
        "parametres": "niveau=4e\n id = a=b \n",
    }  # fmt: skip
    assert teacher.post(address, changed)["Location"].endswith("?dit=change")
    with scope(cast.college.pk):
        now, item = ToolLink.objects.get(), LineItem.objects.get()
        assert (now.pk, now.uid, now.title, now.description) == (link.pk, link.uid, "Les fractions", "Deux essais")
        assert (now.target_url, now.custom) == (f"{HOME}launch?n=2", {"niveau": "4e", "id": "a=b"})
        assert (item.pk, item.uid, item.maximum, item.label) == (before.pk, before.uid, 10, "Les fractions")
        (entry,) = AuditEntry.objects.filter(verb="lti.edit_link")
    assert entry.detail == {"changed": ["custom", "description", "due_on", "target_url", "title"]}
    seen = ines.get(f"/{cast.college.uai}/outils/").content.decode()
    assert "Les fractions" in seen
    assert f"Pour le {day(dt.date(2026, 12, 1))}" in seen
    assert "Modifier" not in seen


def test_a_content_left_as_it_was_says_so(cast, teacher, link, edited):
    with scope(cast.college.pk):
        ToolLink.objects.update(custom={"niveau": "4e", "texte": "deux\nlignes"})
    same = edited | {"parametres": "niveau=4e\ntexte=deux lignes"}
    address = f"/{cast.college.uai}/outils/{link.pk}/modifier/"
    assert teacher.post(address, same)["Location"].endswith("?dit=pareil")
    with scope(cast.college.pk):
        assert ToolLink.objects.get().custom["texte"] == "deux\nlignes"
        assert not AuditEntry.objects.filter(verb="lti.edit_link").exists()


def test_a_column_that_the_tool_named_keeps_its_name(cast, teacher, link, edited):
    with scope(cast.college.pk):
        LineItem.objects.update(label="Bilan")
    teacher.post(f"/{cast.college.uai}/outils/{link.pk}/modifier/", edited | {"titre": "Autre"})
    with scope(cast.college.pk):
        assert LineItem.objects.get().label == "Bilan"


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"titre": ""}, "Donnez un titre"),
    ({"adresse": "https://ailleurs.example/"}, "n’est pas celle de l’outil"),
    ({"adresse": "javascript:alert(1)"}, "n’est pas celle de l’outil"),
    ({"parametres": "sans valeur"}, "un paramètre par ligne"),
    ({"parametres": "=rien"}, "un paramètre par ligne"),
    ({"pour_le": "demain"}, "Écrivez un jour"),
])  # fmt: skip
def test_a_change_that_cannot_be_says_why_and_changes_nothing(cast, teacher, link, edited, changed, sentence):
    page = teacher.post(f"/{cast.college.uai}/outils/{link.pk}/modifier/", edited | {"consigne": "Gardé"} | changed)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "Gardé" in page.content.decode()
    with scope(cast.college.pk):
        assert ToolLink.objects.get().description == ""
