import datetime as dt

import pytest
from django.test import Client

from pupitre.accounts.models import ActivationCode, Session, User
from pupitre.accounts.services.codes import issue_codes
from pupitre.accounts.tests.conftest import Proof
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry, Stamp
from pupitre.foundation.stamps import school_audience

BIRTH = dt.date(2013, 3, 31)
RIGHT = {"birth_day": "31", "birth_month": "3", "birth_year": "2013"}
GOOD = "trois mots bien choisis"


@pytest.fixture
def account(cast, tuesday) -> User:
    user = cast.people["parent"].user
    User.objects.filter(pk=user.pk).update(state=User.State.CREATED)
    user.refresh_from_db()
    return user


@pytest.fixture
def code(account) -> str:
    return issue_codes([account], proofs={account.pk: Proof((BIRTH,), is_child=True)})[account.pk]


def text(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def prove(client: Client, code: str, typed: dict[str, str] = RIGHT):
    client.post("/activation/", {"code": code})
    return client.post("/activation/verification/", typed)


def test_a_code_a_date_and_a_password_open_the_account(client, account, code, django_capture_on_commit_callbacks):
    answer = client.post("/activation/", {"code": code.lower().replace("-", " ")})
    assert answer["Location"] == "/activation/verification/"
    assert "donnez sa date de naissance" in text(client.get("/activation/verification/"))
    assert prove(client, code)["Location"] == "/activation/mot-de-passe/"
    assert account.username in text(client.get("/activation/mot-de-passe/"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/activation/mot-de-passe/", {"password": GOOD, "email": "nadia@exemple.invalid"})
    assert answer["Location"] == "/"
    account.refresh_from_db()
    assert account.state == User.State.ACTIVE
    assert account.email == "nadia@exemple.invalid"
    assert account.check_password(GOOD)
    assert "Inès" in text(client.get("/"))
    assert AuditEntry.objects.filter(verb="accounts.activate").count() == 1


def test_the_square_of_the_sheet_leads_straight_to_the_second_step(client, code):
    assert client.get(f"/activation/{code}/")["Location"] == "/activation/verification/"


def test_the_home_of_the_office_counts_the_account_just_opened(
    cast, client, account, code, django_capture_on_commit_callbacks
):
    audience = school_audience(cast.college.pk)
    before = sum(Stamp.objects.filter(audience=audience).values_list("version", flat=True))
    prove(client, code)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/activation/mot-de-passe/", {"password": GOOD})
    assert Stamp.objects.get(audience=audience).version > before


@pytest.mark.parametrize("typed", ["", "court", "AAAA-AAAA", "0000-0000", "<script>"])
def test_an_unknown_code_is_told_with_an_example(client, code, typed):
    answer = client.post("/activation/", {"code": typed})
    assert answer.status_code == 422
    assert "Il manque le code" in text(answer) if not typed else "7KPM-4XQ2" in text(answer)
    assert "<script>" not in text(answer).replace("<script defer", "")


def test_a_code_serves_once(client, account, code):
    prove(client, code)
    client.post("/activation/mot-de-passe/", {"password": GOOD})
    again = Client().post("/activation/", {"code": code})
    assert "Ce code a déjà servi" in text(again)


def test_two_tabs_open_the_account_once(client, account, code):
    prove(client, code)
    cookie = client.cookies["pupitre_activation"].value
    client.post("/activation/mot-de-passe/", {"password": GOOD})
    late = Client()
    late.cookies["pupitre_activation"] = cookie
    answer = late.post("/activation/mot-de-passe/", {"password": "un autre mot encore"})
    assert "Ce code a déjà servi" in text(answer)
    account.refresh_from_db()
    assert account.check_password(GOOD)


def test_a_code_of_more_than_three_months_is_refused(client, code):
    with clock.at("2027-02-25T08:00"):
        assert "plus de trois mois" in text(client.post("/activation/", {"code": code}))


def test_five_wrong_dates_block_the_code(client, code):
    for left in ("4 essais", "3 essais", "2 essais", "un essai"):
        answer = prove(client, code, RIGHT | {"birth_day": "30"})
        assert f"Il reste {left}." in text(answer)
        assert 'value="30"' in text(answer)
    assert "ce code est bloqué" in text(prove(client, code, RIGHT | {"birth_day": "30"}))
    assert "ce code est bloqué" in text(client.post("/activation/", {"code": code}))


@pytest.mark.parametrize(
    "typed", [{}, {"birth_day": "31", "birth_month": "2", "birth_year": "2013"}, {"birth_day": "x"}]
)
def test_a_date_that_does_not_exist_is_not_counted(client, code, typed):
    answer = prove(client, code, typed)
    assert "Par exemple : 31 03 2013" in text(answer)
    assert ActivationCode.objects.get().failures == 0


def test_the_password_step_cannot_be_reached_without_the_proof(client, account, code):
    client.post("/activation/", {"code": code})
    assert client.get("/activation/mot-de-passe/")["Location"] == "/activation/verification/"
    answer = client.post("/activation/mot-de-passe/", {"password": GOOD})
    assert answer["Location"] == "/activation/verification/"
    account.refresh_from_db()
    assert account.state == User.State.CREATED


def test_a_step_left_for_an_hour_asks_for_the_code_again(client, code, monkeypatch):
    prove(client, code)
    client.cookies["pupitre_activation"] = "forged"
    assert "Le temps de cette étape est passé" in text(client.get("/activation/mot-de-passe/"))


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Il manque le mot de passe"),
        ("court", "au moins 8 caractères"),
        ("12345678901", "trop facile à deviner"),
        ("aaaaaaaaaaaa", "trop facile à deviner"),
        ("password123", "parmi les plus utilisés"),
        ("nadiabelkacem", "ressemble trop au nom"),
        ("a" * 150 + "b" * 150, "trop long"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(client, code, password, said):
    prove(client, code)
    answer = client.post("/activation/mot-de-passe/", {"password": password, "email": "nadia@exemple.invalid"})
    assert answer.status_code == 422
    assert said in text(answer)
    # What was typed beside it is still there.
    assert 'value="nadia@exemple.invalid"' in text(answer)


def test_staff_need_twelve_characters(cast, client, tuesday):
    user = cast.people["enseignante"].user
    user.refresh_from_db()
    code = issue_codes([user], proofs={user.pk: Proof()})[user.pk]
    client.post("/activation/", {"code": code})
    assert "Cette fiche est celle de Hélène Roussel" in text(client.get("/activation/verification/"))
    client.post("/activation/verification/")
    assert "au moins 12 caractères" in text(client.post("/activation/mot-de-passe/", {"password": "dix lettres"}))


def test_a_student_is_told_tu(cast, client, tuesday):
    user = cast.people["eleve"].user
    code = issue_codes([user], proofs={user.pk: Proof((BIRTH,))})[user.pk]
    client.post("/activation/", {"code": code})
    assert "Donne ta date de naissance" in text(client.get("/activation/verification/"))


def test_a_new_sheet_changes_a_forgotten_password_and_signs_devices_out(cast, client, account, code):
    User.objects.filter(pk=account.pk).update(state=User.State.ACTIVE)
    other = Client()
    cast.sign_in(other, "parent")
    assert other.get("/compte/").status_code == 200
    prove(client, code)
    client.post("/activation/mot-de-passe/", {"password": GOOD})
    assert other.get("/compte/").status_code == 302
    assert Session.objects.filter(user=account).count() == 1


def test_a_suspended_account_is_not_opened_by_its_sheet(client, account, code):
    User.objects.filter(pk=account.pk).update(state=User.State.SUSPENDED)
    assert "suspendu" in text(client.post("/activation/", {"code": code}))
