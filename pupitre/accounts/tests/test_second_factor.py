"""The second factor: codes of a telephone, recovery codes, trusted devices; every way in asks for it."""

import re
from io import StringIO

import pyotp
import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from pupitre.accounts.models import CodeGenerator, RecoveryCode, Session, TrustedDevice, User
from pupitre.accounts.sealing import unseal
from pupitre.accounts.services.factors import (
    WrongCode,
    begin_codes,
    confirm_codes,
    draw_recovery_codes,
    factors_of,
    verify,
)
from pupitre.accounts.sessions import FACTOR_KEY, SessionStore
from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry

LATER = "2026-11-24T10:25"


def code_of(user: User, *, ago: int = 0) -> str:
    """What the telephone of this account shows, some steps ago."""
    secret = unseal(CodeGenerator.objects.get(user=user).sealed).decode()
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) - 30 * ago)


def with_codes(user: User) -> list[str]:
    """Tie a telephone to an account, five minutes ago; its recovery codes."""
    with clock.at("2026-11-24T10:15"):
        begin_codes(user)
        confirm_codes(user, code_of(user), stay="")
    return draw_recovery_codes(user)


@pytest.fixture
def guarded(teacher: User) -> User:
    with_codes(teacher)
    return teacher


def type_password(client: Client, user: User, next_page: str = "") -> str:
    """Where a right password leads."""
    sent = {"username": user.username, "password": PASSWORD, "next": next_page}
    response = client.post("/connexion/", sent)
    assert response.status_code == 302
    return response["Location"]


def is_in(client: Client) -> bool:
    return client.get("/compte/").status_code == 200


def test_the_password_alone_opens_nothing(guarded):
    client = Client()
    assert type_password(client, guarded, "/compte/") == "/connexion/verification/?next=%2Fcompte%2F"
    assert not is_in(client)
    assert not Session.objects.filter(user=guarded).exists()
    page = client.get("/connexion/verification/?next=/compte/").content.decode()
    assert "Encore une vérification" in page
    response = client.post("/connexion/verification/", {"code": code_of(guarded), "next": "/compte/"})
    assert response["Location"] == "/compte/"
    assert is_in(client)
    assert SessionStore(client.cookies["pupitre_session"].value)[FACTOR_KEY] == "codes"


def test_without_the_password_the_second_step_does_not_exist(guarded):
    response = Client().post("/connexion/verification/", {"code": code_of(guarded)})
    assert response["Location"] == "/connexion/"


def test_the_wait_ends_when_the_password_changes(guarded):
    client = Client()
    type_password(client, guarded)
    guarded.set_password("quatre mots bien choisis")
    guarded.save()
    response = client.post("/connexion/verification/", {"code": code_of(guarded)})
    assert response["Location"] == "/connexion/"
    assert not is_in(client)


def test_a_code_serves_once(guarded):
    code = code_of(guarded)
    assert verify(guarded, code) == "codes"
    with pytest.raises(WrongCode):
        verify(guarded, code)
    # Nor does the one before, once a later one was taken.
    with pytest.raises(WrongCode):
        verify(guarded, code_of(guarded, ago=1))


def test_slow_fingers_and_fast_clocks_are_forgiven_half_a_minute(guarded):
    assert verify(guarded, code_of(guarded, ago=1)) == "codes"
    assert verify(guarded, code_of(guarded, ago=-1)) == "codes"
    with clock.at(LATER), pytest.raises(WrongCode):
        verify(guarded, code_of(guarded, ago=3))


@pytest.mark.parametrize("typed", ["123456", "abcdef", "١٢٣٤٥٦", "", "7KPM-4XQ2", "½23456"])
def test_what_is_not_the_code_is_said_on_the_screen(guarded, typed):
    client = Client()
    type_password(client, guarded)
    response = client.post("/connexion/verification/", {"code": typed, "next": "/compte/"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Il manque le code" in page or "n’ouvre pas ce compte" in page
    assert 'name="next" value="/compte/"' in page
    assert not is_in(client)


def test_five_wrong_codes_rest_the_second_factor_for_a_quarter_of_an_hour(guarded):
    client = Client()
    type_password(client, guarded)
    for _ in range(5):
        response = client.post("/connexion/verification/", {"code": "000000"})
    assert "en pause jusqu’à 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}35" in response.content.decode()
    # Even the right one, from anywhere.
    with pytest.raises(WrongCode):
        verify(guarded, code_of(guarded))
    with clock.at("2026-11-24T10:36"):
        assert verify(guarded, code_of(guarded)) == "codes"


def test_nobody_rests_the_second_factor_of_another_from_the_sign_in_page(guarded):
    for _ in range(6):
        Client().post("/connexion/", {"username": f"2F:{guarded.pk}", "password": "x"})
    assert verify(guarded, code_of(guarded)) == "codes"


def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(teacher):
    [first, *others] = with_codes(teacher)
    assert len(others) == 9
    assert first.encode() not in b"".join(bytes(each.code_hash) for each in RecoveryCode.objects.all())
    client = Client()
    type_password(client, teacher)
    client.post("/connexion/verification/", {"code": first.lower().replace("-", " ")})
    assert is_in(client)
    assert factors_of(teacher).recovery == 9
    again = Client()
    type_password(again, teacher)
    assert again.post("/connexion/verification/", {"code": first}).status_code == 422
    assert AuditEntry.objects.filter(verb="accounts.use_recovery_code", target_id=teacher.pk).count() == 1


def test_the_secret_is_sealed_in_the_database(guarded):
    kept = CodeGenerator.objects.get(user=guarded)
    assert unseal(kept.sealed) not in bytes(kept.sealed)


def test_a_device_is_remembered_thirty_days_and_can_be_forgotten(guarded):
    client = Client(headers={"user-agent": "Firefox/130.0 (Windows NT 10.0)"})
    type_password(client, guarded)
    client.post("/connexion/verification/", {"code": code_of(guarded), "remember": "on"})
    client.post("/deconnexion/")
    assert type_password(client, guarded, "/compte/") == "/compte/"
    page = client.get("/compte/").content.decode()
    assert "sans deuxième vérification jusqu’au" in page
    trusted = TrustedDevice.objects.get(user=guarded)
    client.post(f"/compte/verification/appareils/{trusted.pk}/")
    client.post("/deconnexion/")
    assert type_password(client, guarded).startswith("/connexion/verification/")


def test_the_trust_ends_after_thirty_days(guarded):
    client = Client()
    type_password(client, guarded)
    client.post("/connexion/verification/", {"code": code_of(guarded), "remember": "on"})
    client.post("/deconnexion/")
    with clock.at("2026-12-25T10:20"):
        assert type_password(client, guarded).startswith("/connexion/verification/")


def test_the_token_of_a_device_serves_its_account_only(guarded, parent):
    with_codes(parent)
    client = Client()
    type_password(client, guarded)
    client.post("/connexion/verification/", {"code": code_of(guarded), "remember": "on"})
    client.post("/deconnexion/")
    stolen = client.cookies[f"pupitre_confiance_{guarded.pk}"].value
    client.cookies[f"pupitre_confiance_{parent.pk}"] = stolen
    assert type_password(client, parent).startswith("/connexion/verification/")


def test_a_new_password_ends_every_trust(guarded):
    client = Client()
    type_password(client, guarded)
    client.post("/connexion/verification/", {"code": code_of(guarded), "remember": "on"})
    new = "quatre mots bien choisis"
    client.post("/compte/mot-de-passe/", {"current": PASSWORD, "password": new})
    client.post("/deconnexion/")
    response = client.post("/connexion/", {"username": guarded.username, "password": new})
    assert response["Location"].startswith("/connexion/verification/")


@pytest.mark.parametrize(
    "address",
    ["/cas/login?service=https://cdi.exemple.fr/", "/oidc/authorize?client_id=1", "/0990001N/eleves/", "/compte/"],
)
def test_no_other_door_is_open_while_the_second_step_waits(guarded, address):
    client = Client()
    type_password(client, guarded, address)
    response = client.get(address)
    assert "pupitre_session" not in client.cookies or not client.cookies["pupitre_session"].value
    assert response.status_code in (302, 403)


def test_what_was_being_sent_comes_back_after_the_second_step(guarded):
    client = Client()
    lost = client.post("/compte/adresse/", {"email": "helene@exemple.fr", "current": "x"})
    sealed = re.search(r'name="kept" value="([^"]+)"', lost.content.decode())
    assert sealed
    held = client.post("/connexion/", {"username": guarded.username, "password": PASSWORD, "kept": sealed[1]})
    assert "Encore une vérification" in held.content.decode()
    response = client.post("/connexion/verification/", {"code": code_of(guarded), "kept": sealed[1]})
    assert "helene@exemple.fr" in response.content.decode()
    assert is_in(client)


def test_setting_codes_shows_ten_recovery_codes_once_and_signs_the_others_out(teacher):
    other, client = Client(), Client()
    type_password(other, teacher)
    type_password(client, teacher)
    page = client.get("/compte/verification/codes/?next=/compte/verification/").content.decode()
    secret = "".join(re.findall(r"<code class=\"strong\">([A-Z2-7 ]+)</code>", page)[0].split())
    code = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
    done = client.post("/compte/verification/codes/", {"code": code}).content.decode()
    assert len(re.findall(r"<code class=\"strong\">[0-9A-Z]{4}-[0-9A-Z]{4}</code>", done)) == 10
    assert is_in(client)
    assert not is_in(other)
    assert "La double vérification du compte" in mail.outbox[-1].body
    # The page read again shows neither the secret nor the codes.
    assert client.get("/compte/verification/codes/").status_code == 302


def test_a_wrong_first_code_sets_nothing(teacher):
    client = Client()
    type_password(client, teacher)
    client.get("/compte/verification/codes/")
    response = client.post("/compte/verification/codes/", {"code": "000000"})
    assert response.status_code == 422
    assert not factors_of(teacher)
    client.post("/deconnexion/")
    assert not type_password(client, teacher).startswith("/connexion/verification/")


def test_removing_the_last_factor_asks_for_the_password_and_forgets_the_rest(guarded):
    client = Client()
    type_password(client, guarded)
    client.post("/connexion/verification/", {"code": code_of(guarded), "remember": "on"})
    with clock.at("2026-11-24T10:40"):
        refused = client.post("/compte/verification/codes/retirer/")
        assert refused["Location"].startswith("/connexion/preuve/")
        client.post("/connexion/preuve/", {"password": PASSWORD})
        client.post("/compte/verification/codes/retirer/")
    assert not factors_of(guarded)
    assert not RecoveryCode.objects.filter(user=guarded).exists()
    assert not TrustedDevice.objects.filter(user=guarded).exists()


def test_a_reset_link_does_not_go_around(guarded):
    client = Client()
    client.post("/mot-de-passe/", {"who": guarded.username})
    [link] = re.findall(r"/mot-de-passe/[^/\s]+/", str(mail.outbox[-1].body))
    response = client.post(link, {"password": "quatre mots bien choisis"})
    assert response["Location"].startswith("/connexion/verification/")
    assert not is_in(client)


def test_no_open_redirect_after_the_second_step(guarded):
    client = Client()
    type_password(client, guarded, "https://mechant.example/")
    response = client.post("/connexion/verification/", {"code": code_of(guarded), "next": "//mechant.example/"})
    assert response["Location"] == "/"


def test_the_server_resets_whom_no_school_may(guarded):
    call_command("reset_second_factor", guarded.username.upper(), stdout=StringIO())
    assert not factors_of(guarded)
    with pytest.raises(CommandError, match=r"personne\.inconnue"):
        call_command("reset_second_factor", "personne.inconnue")
