"""What the home and the frame say of messages, and that they never say it too late."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import affiliate
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.messaging.services.withdrawing import take_back
from pupitre.messaging.tests.letters import actor_of, answer, post
from tests.cast import Cast

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def nadia(cast: Cast, tuesday: object) -> Client:
    return cast.sign_in(Client(), "parent")


def home(client: Client) -> str:
    return client.get("/").text


def test_a_parent_sees_unread_messages_of_both_schools_in_one_line(cast, nadia):
    assert "non lu" not in home(nadia)
    with scope(cast.college.pk):
        post(cast, "enseignante", "parents-4B", body="Sortie jeudi")
    with clock.at("2026-11-24T10:21"), scope(cast.lycee.pk):
        post(cast, "enseignante", "parents-2DE4", body="Stage", school=cast.lycee)
    with clock.at("2026-11-24T10:22"):
        page = home(nadia)
    assert f"2{NBSP}messages non lus" in page
    assert f"Hélène Roussel{NBSP}: Stage" in page
    assert "Sarah" in page


def test_what_expects_an_answer_waits_on_the_home_until_answered(cast, nadia):
    with scope(cast.college.pk):
        message = post(cast, "enseignante", "parents-4B", body="Régime particulier ?", needs_answer=True)
    page = home(nadia)
    assert "Répondre à Hélène Roussel" in page
    assert "Inès · Régime particulier ?" in page
    with scope(cast.college.pk):
        answer(cast, "parent", message)
    assert "Répondre à" not in home(nadia)


def test_a_page_that_the_browser_holds_is_made_again_when_a_letter_comes_is_read_or_recalled(cast, nadia):
    held = [""]

    def is_fresh() -> bool:
        """Whether the browser may go on showing the page that it holds."""
        again = nadia.get("/", headers={"If-None-Match": held[-1]})
        held.append(again.headers["ETag"])
        return again.status_code == 304

    home(nadia)  # Gives the browser its cookies.
    assert not is_fresh()
    assert is_fresh()
    with scope(cast.college.pk):
        message = post(cast, "enseignante", "parents-4B", needs_answer=True)
    assert not is_fresh()
    nadia.get(reverse("messages_of_school:thread", args=[cast.college.uai, message.thread_id]))
    assert not is_fresh()
    with scope(cast.college.pk):
        take_back(message, actor=actor_of(cast, "enseignante"))
    assert not is_fresh()
    assert is_fresh()


def test_what_is_held_for_the_night_appears_on_the_home_at_seven(cast, nadia):
    with clock.at("2026-11-24T21:30"):
        with scope(cast.college.pk):
            post(cast, "enseignante", "parents-4B", needs_answer=True)
        held = nadia.get("/")
        assert "Répondre à" not in held.text
    with clock.at("2026-11-25T07:00"):
        again = nadia.get("/", headers={"If-None-Match": held.headers["ETag"]})
        assert again.status_code == 200
        assert "Répondre à" in again.text


def test_a_teacher_who_is_also_a_parent_finds_each_message_on_the_right_home(cast, nadia):
    affiliate(cast.people["parent"], cast.college, Profile.TEACHER, "Musique")
    with scope(cast.college.pk):
        post(cast, "enseignante", "parents-4B", body="Pour la mère")
        post(cast, "principal", "p@parent", body="Pour la professeure")
    assert "Pour la professeure" in home(nadia)
    assert "Pour la mère" in nadia.get("/famille/").text


def test_the_menu_counts_and_marks_messages_inside_a_school_too(cast, nadia):
    with scope(cast.college.pk):
        message = post(cast, "enseignante", "parents-4B")
        post(cast, "enseignante", "parents-6C")
    page = nadia.get(reverse("messages_of_school:thread", args=[cast.college.uai, message.thread_id])).text
    line = page[page.index('href="/messages/"') :].split("</a>")[0]
    assert 'aria-current="page"' in line
    # The one being read was counted when the page was asked for.
    assert "2" in line


def test_staff_write_to_a_class_from_their_home_students_do_not(cast, tuesday):
    teacher, student = cast.sign_in(Client(), "enseignante"), cast.sign_in(Client(), "eleve")
    assert "Écrire à une classe" in teacher.get("/").text
    assert "Écrire à une classe" not in student.get("/").text
