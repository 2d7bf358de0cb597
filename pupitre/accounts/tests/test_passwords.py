import re

import pytest
from django.test import Client

from pupitre.accounts.models import PasswordReset, Session, User
from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.foundation import clock

OTHER = "encore trois autres mots"


def text(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def link_in(mail) -> str:
    found = re.search(r"http://testserver(/mot-de-passe/\S+)", mail.body)
    assert found
    return found[1]


def ask(client: Client, who: str):
    return client.post("/mot-de-passe/", {"who": who}, follow=True)


def test_a_link_chooses_a_new_password_once(client, parent, mailoutbox):
    assert "un message vient de partir" in text(ask(client, parent.username))
    [mail] = mailoutbox
    assert mail.to == [parent.email]
    link = link_in(mail)
    assert "Nadia Belkacem" in text(client.get(link))
    assert client.post(link, {"password": OTHER})["Location"] == "/"
    parent.refresh_from_db()
    assert parent.check_password(OTHER)
    assert "a déjà servi" in text(Client().get(link, follow=True))


def test_an_address_sends_one_link_to_each_account_that_bears_it(client, parent, teacher, mailoutbox):
    User.objects.filter(pk=teacher.pk).update(email=parent.email.upper())
    ask(client, parent.email)
    assert {
        name for mail in mailoutbox for name in ("parent", "Hélène Roussel", "Nadia Belkacem") if name in mail.body
    } >= {
        "Hélène Roussel",
        "Nadia Belkacem",
    }


@pytest.mark.parametrize("who", ["personne", "personne@exemple.invalid"])
def test_the_page_never_says_who_has_an_account(client, parent, who, mailoutbox):
    known = text(ask(client, parent.username))
    unknown = text(ask(Client(), who))
    assert len(mailoutbox) == 1
    assert re.sub(r"csrf\S+ value=\S+", "", known) == re.sub(r"csrf\S+ value=\S+", "", unknown)


def test_a_second_click_does_not_send_a_second_mail(client, parent, mailoutbox):
    ask(client, parent.username)
    ask(client, parent.username)
    assert len(mailoutbox) == 1
    with clock.at("2026-11-24T10:26"):
        ask(client, parent.username)
    assert len(mailoutbox) == 2


def test_a_link_is_good_for_one_day(client, parent, mailoutbox):
    ask(client, parent.username)
    with clock.at("2026-11-25T10:21"):
        assert "plus de 24 heures" in text(client.get(link_in(mailoutbox[0]), follow=True))


def test_the_database_keeps_no_link(client, parent, mailoutbox):
    ask(client, parent.username)
    token = link_in(mailoutbox[0]).split("/")[-2]
    assert token.encode() not in bytes(PasswordReset.objects.get().token_hash)


def test_a_suspended_account_receives_nothing(client, parent, mailoutbox):
    User.objects.filter(pk=parent.pk).update(state=User.State.SUSPENDED)
    ask(client, parent.username)
    assert mailoutbox == []


def test_a_mail_server_that_is_down_says_nothing_more(client, parent, settings, caplog):
    settings.EMAIL_BACKEND = "pupitre.accounts.tests.test_passwords.Down"
    assert "un message vient de partir" in text(ask(client, parent.username))
    assert "mail to the account" in caplog.text


class Down:
    """A mail server that does not answer."""

    def __init__(self, *_args: object, **_options: object) -> None:
        self.opened = False

    def send_messages(self, _messages: object) -> int:
        raise ConnectionRefusedError


def test_changing_ones_password_keeps_this_device_and_signs_the_others_out(client, cast, parent):
    other = Client()
    for each in (client, other):
        each.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    answer = client.post("/compte/mot-de-passe/", {"current": PASSWORD, "password": OTHER}, follow=True)
    assert "Le mot de passe est changé" in text(answer)
    assert other.get("/compte/").status_code == 302
    assert client.get("/compte/").status_code == 200
    parent.refresh_from_db()
    assert parent.check_password(OTHER)


def test_the_current_password_is_asked_before_any_change(client, parent):
    client.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    for page, typed in (("mot-de-passe", {"password": OTHER}), ("adresse", {"email": "autre@exemple.invalid"})):
        answer = client.post(f"/compte/{page}/", {"current": "faux", **typed})
        assert answer.status_code == 422
        assert "Ce n’est pas le mot de passe actuel" in text(answer)
    parent.refresh_from_db()
    assert parent.check_password(PASSWORD)
    assert parent.email == "parent@exemple.invalid"


def test_the_address_is_changed_and_kept_when_it_is_not_complete(client, parent):
    client.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    wrong = client.post("/compte/adresse/", {"current": PASSWORD, "email": "nadia@"})
    assert "n’est pas complète" in text(wrong)
    assert 'value="nadia@"' in text(wrong)
    client.post("/compte/adresse/", {"current": PASSWORD, "email": "nadia@exemple.invalid"})
    parent.refresh_from_db()
    assert parent.email == "nadia@exemple.invalid"


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Mobile Safari/537.36"


def test_devices_are_named_and_signed_out_one_by_one(parent):
    desk, phone = Client(HTTP_USER_AGENT=FIREFOX), Client(HTTP_USER_AGENT=PHONE)
    for each in (desk, phone):
        each.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    page = text(desk.get("/compte/"))
    assert "Firefox sur Windows" in page
    [handle] = re.findall(r"/compte/appareils/(\w+)/", page)
    # What the page shows does not sign in.
    assert not Session.objects.filter(session_key__startswith=handle).exists()
    assert "Cet appareil est déconnecté" in text(desk.post(f"/compte/appareils/{handle}/", follow=True))
    assert phone.get("/compte/").status_code == 302
    assert desk.get("/compte/").status_code == 200


def test_another_persons_device_is_out_of_reach(parent, teacher):
    mine, theirs = Client(), Client()
    mine.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    other = Client()
    other.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    theirs.post("/connexion/", {"username": teacher.username, "password": PASSWORD})
    [handle] = re.findall(r"/compte/appareils/(\w+)/", text(mine.get("/compte/")))
    theirs.post(f"/compte/appareils/{handle}/")
    assert other.get("/compte/").status_code == 200


def test_a_new_device_is_told_by_mail_and_a_known_one_is_not(parent, mailoutbox):
    phone = Client(HTTP_USER_AGENT=PHONE)
    for _ in range(2):
        phone.post("/connexion/", {"username": parent.username, "password": PASSWORD})
        phone.post("/deconnexion/")
    [mail] = mailoutbox
    assert "Chrome sur Android" in mail.body
    assert "http://testserver/compte/" in mail.body
