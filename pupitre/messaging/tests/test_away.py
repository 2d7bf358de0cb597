"""Somebody who is away says so to whoever writes to them, before the letter leaves."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.messaging.models import AutoAnswer
from pupitre.messaging.services.purging import purge
from pupitre.messaging.tests.letters import post
from tests.cast import Cast

AWAY = {"starts_on": "2026-11-23", "ends_on": "2026-11-27", "text": "Je réponds lundi. M. Bensaïd est joignable."}


@pytest.fixture
def teacher(cast: Cast, tuesday: object) -> Client:
    return cast.sign_in(Client(), "enseignante")


def test_whoever_writes_to_somebody_away_reads_it_before_sending_and_in_the_discussion(teacher, cast):
    assert teacher.post(reverse("messaging:away"), AWAY).status_code == 302
    with scope(cast.college.pk):
        thread = post(cast, "enseignante", "parents-4B").thread
    parent = cast.sign_in(Client(), "parent")
    write = reverse("messages_of_school:write", args=[cast.college.uai])
    child = cast.people["eleve"].pk
    page = parent.get(write, {"enfant": child, "a": f"p{cast.people['enseignante'].pk}"}).text
    assert "Hélène Roussel répondra après le vendredi 27\N{NO-BREAK SPACE}novembre" in page
    assert "M. Bensaïd est joignable" in page
    assert "M. Bensaïd est joignable" not in parent.get(write, {"enfant": child}).text
    read = reverse("messages_of_school:thread", args=[cast.college.uai, thread.pk])
    assert "M. Bensaïd est joignable" in parent.get(read).text
    with clock.at("2026-11-28T10:00"):
        assert "M. Bensaïd est joignable" not in parent.get(read).text


def test_one_comes_back_and_what_is_over_is_forgotten(teacher, cast):
    teacher.post(reverse("messaging:away"), AWAY)
    page = teacher.get(reverse("messaging:away")).text
    assert "Je réponds lundi." in page
    assert reverse("messaging:away") in teacher.get(reverse("messaging:inbox")).text
    teacher.post(reverse("messaging:away"), {"back": "1"})
    assert not AutoAnswer.objects.exists()
    teacher.post(reverse("messaging:away"), AWAY)
    with clock.at("2026-11-28T03:40"):
        purge()
    assert not AutoAnswer.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": " "}, "Il faut écrire une phrase"),
        ({"ends_on": "2026-11-22"}, "Le dernier jour vient après le premier."),
        ({"starts_on": "2026-11-02", "ends_on": "2026-11-06"}, "Ce jour est passé"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(teacher, changed, sentence):
    answer = teacher.post(reverse("messaging:away"), AWAY | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (AWAY | changed)["ends_on"] in answer.text
    assert not AutoAnswer.objects.exists()


def test_families_have_none(cast, tuesday):
    for slug in ("eleve", "parent"):
        client = cast.sign_in(Client(), slug)
        assert client.get(reverse("messaging:away")).status_code == 404
        assert reverse("messaging:away") not in client.get(reverse("messaging:inbox")).text
