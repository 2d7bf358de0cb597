import re

import pytest
from django.urls import reverse

from pupitre.accounts.models import Session, User
from pupitre.establishments.scope import scope
from pupitre.foundation.models import AuditEntry


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


def address(cast, name: str, *args: object) -> str:
    return reverse(f"accounts_of_school:{name}", args=[cast.college.uai, *args])


def read(response) -> str:
    """The words of the page, on one line."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_overview_counts_each_class_and_finds_people(college, client):
    User.objects.filter(person=college.people["parent"]).update(state="created")
    college.sign_in(client, "cpe")
    page = read(client.get(address(college, "activation"), {"q": "nadia"}))
    assert "0 élève et 1 responsable n’ont jamais ouvert leur compte." in page
    assert "4B 1 / 1 0 / 1 100 %" in page
    assert "Nadia Belkacem" in page
    assert "À activer" in page


def test_the_academy_sees_and_does_not_print(college, client):
    college.sign_in(client, "academie")
    page = read(client.get(address(college, "division", college.groups["4B"].pk)))
    assert "Inès Belkacem" in page
    assert "Imprimer" not in page
    person = read(client.get(address(college, "person", college.people["parent"].pk)))
    assert "Suspendre" not in person
    assert "mais pas agir sur lui" in person


def test_a_person_without_account_is_told_as_such(college, client):
    parent = college.people["parent"]
    parent.user = None
    parent.save(update_fields=["user"])
    college.sign_in(client, "secretaire")
    page = read(client.get(address(college, "division", college.groups["4B"].pk)))
    assert "1 personne sans compte : pas de fiche." in page
    assert "Pas de compte" in page
    person = read(client.get(address(college, "person", parent.pk)))
    assert "Cette personne n’a pas de compte" in person
    assert "Imprimer" not in person


def test_suspending_then_reopening_from_the_page(college, client):
    parent = college.people["parent"]
    Session.objects.create(
        session_key="telephone",
        user=parent.user,
        expire_date="2027-02-01T00:00+00:00",
        created_at="2026-11-01T00:00+00:00",
    )
    college.sign_in(client, "cpe")
    page = address(college, "person", parent.pk)
    refused = client.post(address(college, "suspend", parent.pk), {"raison": "humeur"})
    assert refused.status_code == 422
    assert "Choisissez une raison dans la liste." in read(refused)
    assert client.post(address(college, "suspend", parent.pk), {"raison": "lost_device"}).url == page
    assert "par M. Bensaïd : Téléphone ou ordinateur perdu ou volé." in read(client.get(page))
    assert not Session.objects.filter(user=parent.user).exists()
    assert client.post(address(college, "reopen", parent.pk)).url == page
    assert "Suspendre le compte" in read(client.get(page))
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "accounts.suspend",
        "accounts.reopen",
    ]


def test_one_s_own_account_and_a_stronger_one_cannot_be_suspended(college, client):
    college.sign_in(client, "cpe")
    for slug in ("cpe", "principal"):
        person = college.people[slug]
        assert client.post(address(college, "suspend", person.pk), {"raison": "misuse"}).status_code == 404
        assert "Suspendre" not in read(client.get(address(college, "person", person.pk)))
        person.user.refresh_from_db()
        assert person.user.state == "active"


def test_the_reasons_of_a_parent_who_sees_nothing_are_on_a_page(college, client):
    User.objects.filter(person=college.people["parent"]).update(state="created")
    college.sign_in(client, "secretaire")
    page = read(client.get(address(college, "child_access", college.people["parent"].pk), {"q": "sarah"}))
    assert "Le compte n’a jamais été ouvert." in page
    assert "seul le point ci-dessus l’en empêche" in page
    # Sarah is at the lycée: this school does not know her.
    assert "Aucun autre élève de ce nom" in page
