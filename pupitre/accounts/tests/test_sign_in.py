import datetime as dt

import pytest
from django.conf import settings
from django.test import Client

from pupitre.accounts.models import Session, SignInFailures, User
from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.foundation import clock


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str):
    return client.post("/connexion/", {"username": user.username, "password": password, **more})


def test_the_right_password_leads_home(client, parent):
    answer = sign_in(client, parent)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Inès" in client.get("/").content.decode()


def test_case_and_blanks_around_the_username_do_not_matter(client, parent):
    assert (
        client.post("/connexion/", {"username": f" {parent.username.upper()} ", "password": PASSWORD}).status_code
        == 302
    )


def test_one_goes_where_one_was_going(client, parent):
    assert client.get("/compte/")["Location"] == "/connexion/?next=%2Fcompte%2F"
    assert sign_in(client, parent, next="/compte/")["Location"] == "/compte/"


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)"])
def test_one_is_never_led_to_another_site(client, parent, elsewhere):
    assert sign_in(client, parent, next=elsewhere)["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_name(client, parent):
    answer = sign_in(client, parent, "autre chose")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ne vont pas ensemble" in page
    assert f'value="{parent.username}"' in page
    assert "autre chose" not in page


def test_an_unknown_name_is_answered_like_a_wrong_password(client, parent):
    unknown = client.post("/connexion/", {"username": "personne", "password": PASSWORD}).content.decode()
    assert "ne vont pas ensemble" in unknown


def test_five_failures_rest_the_name_for_a_quarter_of_an_hour(client, parent):
    for _ in range(4):
        assert "ne vont pas ensemble" in sign_in(client, parent, "faux").content.decode()
    fifth = sign_in(client, parent, "faux").content.decode()
    assert "en pause jusqu’à 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}35" in fifth
    # Even the right password waits, and waiting is not counted as one more failure.
    assert sign_in(client, parent).status_code == 422
    with clock.at("2026-11-24T10:36"):
        assert sign_in(client, parent).status_code == 302
    assert not SignInFailures.objects.filter(username=parent.username).exists()


def test_after_the_pause_one_mistake_does_not_rest_the_name_again(client, parent):
    for _ in range(5):
        sign_in(client, parent, "faux")
    with clock.at("2026-11-24T10:36"):
        sign_in(client, parent, "faux")
        assert sign_in(client, parent).status_code == 302


def test_a_success_forgets_the_failures(client, parent):
    for _ in range(3):
        for _ in range(3):
            sign_in(client, parent, "faux")
        assert sign_in(client, parent).status_code == 302
        client.cookies.pop(settings.SESSION_COOKIE_NAME)


def test_failures_of_one_name_do_not_touch_the_others_behind_the_same_address(client, parent, teacher):
    for _ in range(5):
        sign_in(client, parent, "faux")
    assert sign_in(Client(), teacher).status_code == 302


def test_nobody_is_locked_out_of_their_own_device_by_somebody_elsewhere(parent):
    own, elsewhere = Client(), Client()
    sign_in(own, parent)
    own.post("/deconnexion/")
    for _ in range(5):
        sign_in(elsewhere, parent, "faux")
    assert sign_in(elsewhere, parent).status_code == 422
    assert sign_in(own, parent).status_code == 302


def test_an_account_to_be_activated_or_suspended_does_not_enter(client, parent):
    parent.state = User.State.SUSPENDED
    parent.save()
    assert "suspendu" in sign_in(client, parent).content.decode()
    assert "suspendu" not in sign_in(client, parent, "faux").content.decode()
    assert client.get("/")["Location"] == "/connexion/"


def test_leaving_ends_the_session(client, parent):
    sign_in(client, parent)
    assert Session.objects.filter(user=parent).count() == 1
    answer = client.post("/deconnexion/")
    assert answer["Location"] == "/connexion/?dit=au-revoir"
    assert not Session.objects.filter(user=parent).exists()
    assert client.get("/compte/").status_code == 302


def test_leaving_by_a_link_is_not_possible(client, parent):
    sign_in(client, parent)
    assert client.get("/deconnexion/").status_code == 405


def test_a_session_lives_ninety_days_from_the_last_visit(client, parent):
    sign_in(client, parent)
    last_day = clock.now() + dt.timedelta(days=89)
    with clock.at(last_day):
        answer = client.get("/")
        assert answer.status_code == 200
        # The cookie slides with the row.
        assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_COOKIE_AGE
    with clock.at(last_day + dt.timedelta(days=89)):
        assert client.get("/").status_code == 200
    with clock.at(last_day + dt.timedelta(days=180)):
        assert client.get("/").status_code == 302


def test_a_page_writes_nothing_the_same_day(client, parent):
    sign_in(client, parent)
    assert settings.SESSION_COOKIE_NAME not in client.get("/").cookies


def test_the_session_key_changes_on_entering(client, parent):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in(client, parent)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32
