import pytest
from django.test import Client

from demo.cast import CAST, CastMember
from demo.schools import SCHOOL_NAMES
from demo.trials import TRIALS

pytestmark = [pytest.mark.usefixtures("demo_server"), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_page_presents_everybody_with_a_button(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    for one in CAST:
        assert one.name in page
        assert f'action="/demo/{one.slug}"' in page
    assert "demo-pupitre-2026" in page
    assert all(name in page for name in SCHOOL_NAMES.values())
    assert page.count("Identifiant :") == len(CAST)


@pytest.mark.parametrize("one", CAST, ids=lambda one: one.slug)
def test_a_button_leads_home(client: Client, one: CastMember) -> None:
    answer = client.post(f"/demo/{one.slug}", follow=True)
    assert answer.redirect_chain[0] == ("/", 302)
    assert answer.status_code == 200
    assert one.name in answer.content.decode()


def test_one_may_become_somebody_else(client: Client) -> None:
    client.post("/demo/eleve")
    assert "Karim Bensaïd" in client.post("/demo/cpe", follow=True).content.decode()


def test_nobody_enters_by_reading(client: Client) -> None:
    assert client.get("/demo/eleve").status_code == 405
    assert client.post("/demo/personne").status_code == 404


def test_the_files_to_try_are_handed_out_and_no_other(client: Client) -> None:
    for trial in TRIALS:
        answer = client.get(f"/demo/fichiers/{trial.name}")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert client.get("/demo/fichiers/secret.key").status_code == 404
