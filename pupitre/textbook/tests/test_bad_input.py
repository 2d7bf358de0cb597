"""What goes wrong while giving or handing in work: a sentence on the screen, and what was typed is still there."""

import datetime as dt
import hashlib
import re

import pytest

from pupitre.establishments.models import Closure
from pupitre.files.models import StoredFile, Upload
from pupitre.files.queries import files_of
from pupitre.files.tests.senders import KILO, MEGA, Sender
from pupitre.foundation import clock
from pupitre.textbook.models import Homework, Submission, TextbookEntry
from pupitre.textbook.tests.factories import given, maths_of, written
from pupitre.timetable.models import TimetableSlot

COLLEGE = "/0990001N"
SCAN = b"%PDF-1.7\n" + bytes(range(256)) * 400


def text(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def ines(college, django_capture_on_commit_callbacks):
    """Inès before her page, where files leave as soon as they are chosen."""
    return Sender(college, "eleve", django_capture_on_commit_callbacks)


@pytest.fixture
def helene(college, client):
    return college.sign_in(client, "enseignante")


def page_of(homework):
    return f"{COLLEGE}/travail/{homework.pk}/"


def picker_of(ines, homework):
    """Where the page sends files, and for what."""
    page = ines.client.get(page_of(homework)).content.decode().partition("data-picker")[2]
    told = {name: re.findall(rf'data-{name}="([^"]+)"', page)[0] for name in ("url", "purpose", "largest")}
    assert told["url"] == ines.address("uploads")
    return told


class TestFiles:
    def test_two_gigabytes_are_refused_before_a_byte_leaves(self, college, ines):
        told = picker_of(ines, given(college, mode="file"))
        assert told["largest"] == str(50 * MEGA)
        answer = ines.announce("film.mp4", 2 * 1024 * MEGA, purpose=told["purpose"])
        assert answer.status_code == 413
        assert "« film.mp4 » pèse 2 Go ; la limite est de 50 Mo" in text(answer)
        assert not Upload.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("copie.pdf", b"MZ\x90\x00 un programme", "« copie.pdf » est un programme"),
            ("copie.exe", b"du texte", "« copie.exe » est un programme"),
            ("copie.pdf", b"", "« copie.pdf » est vide"),
        ],
    )
    def test_what_is_not_taken_is_said_as_it_leaves(self, name, content, says, college, ines):
        told = picker_of(ines, given(college, mode="file"))
        answer = ines.announce(name, len(content), purpose=told["purpose"])
        if answer.status_code == 201:
            answer = ines.part(answer["Location"], 0, content)
        assert answer.status_code == 422
        assert says in text(answer)
        assert not StoredFile.objects.exists()

    def test_a_full_quota_is_said_before_a_byte_leaves(self, college, ines, settings):
        settings.FILES_QUOTA_MB = {**settings.FILES_QUOTA_MB, "student": 0}
        told = picker_of(ines, given(college, mode="file"))
        answer = ines.announce("copie.pdf", len(SCAN), purpose=told["purpose"])
        assert answer.status_code == 413
        assert "ne tient pas dans la place qui reste" in text(answer)

    def test_a_copy_cut_in_the_middle_goes_on_and_is_handed_in_whole(self, college, ines):
        homework = given(college, mode="file")
        told = picker_of(ines, homework)
        about = {"purpose": told["purpose"], "fingerprint": "102409-1764000000000"}
        begun = ines.announce("copie.pdf", len(SCAN), **about)["Location"]
        assert ines.part(begun, 0, SCAN[: 60 * KILO]).status_code == 204
        # The page is loaded again a minute later: the same file is known, and only the rest leaves.
        with clock.at("2026-11-24T10:21"):
            again = ines.announce("copie.pdf", len(SCAN), **about)
            assert (again["Location"], again["Upload-Offset"]) == (begun, str(60 * KILO))
            number = ines.part(begun, 60 * KILO, SCAN[60 * KILO :])["Pupitre-File"]
            page = ines.client.post(page_of(homework), {"uploads": [number]}, follow=True)
        assert "Ta copie est arrivée" in text(page)
        copy = Submission.objects.get()
        assert [file.sha256 for file in files_of([copy])[copy.pk]] == [hashlib.sha256(SCAN).hexdigest()]


class TestCopies:
    def test_the_same_form_sent_twice_is_one_copy(self, college, ines):
        homework = given(college, mode="text")
        for _ in range(2):
            assert ines.client.post(page_of(homework), {"text": "5 cm"}).status_code == 302
        assert [(each.text, each.version) for each in Submission.objects.all()] == [("5 cm", 1)]

    def test_after_the_deadline_the_files_already_here_stay_ticked(self, college, ines):
        homework = given(college, mode="file")
        file = ines.send("copie.pdf", SCAN, "textbook.submission")
        with clock.at("2026-11-25T12:00"):
            answer = ines.client.post(page_of(homework), {"uploads": [file.pk], "word": "Désolée"})
        assert answer.status_code == 422
        page = text(answer)
        assert "L’heure est passée : ce travail ne se rend plus en ligne." in page
        assert "Désolée" in page
        assert f'name="uploads" value="{file.pk}" checked' in page
        assert not Submission.objects.exists()


class TestSessions:
    @pytest.mark.parametrize(
        ("day", "due_on", "says"),
        [
            ("2026-11-18", "2026-11-20", "Le vendredi 20 novembre est passé."),
            ("2026-11-24", "2026-12-24", "l’établissement est fermé (Vacances de Noël)"),
            ("2026-11-24", "2030-01-08", "n’est pas dans cette année scolaire"),
        ],
    )
    def test_a_day_that_cannot_be_is_said_and_everything_typed_stays(self, day, due_on, says, college, helene):
        Closure.objects.create(
            establishment=college.college,
            label="Vacances de Noël",
            starts_on=dt.date(2026, 12, 19),
            ends_on=dt.date(2027, 1, 3),
        )
        sent = {
            "title": "Mon titre",
            "body": "Mon texte",
            "w-title": "Ma consigne",
            "w-due": "autre",
            "w-due_on": due_on,
        }
        answer = helene.post(f"{COLLEGE}/cahier/{maths_of(college).pk}/{day}/0805/", sent)
        assert answer.status_code == 422
        page = text(answer)
        for expected in (says, "Mon titre", "Mon texte", "Ma consigne", due_on):
            assert expected in page
        assert not TextbookEntry.objects.exists()

    def test_a_session_is_still_written_when_its_lesson_is_gone(self, college, helene):
        entry = written(college)
        TimetableSlot.objects.all().delete()
        url = f"{COLLEGE}/cahier/{maths_of(college).pk}/2026-11-24/0805/"
        assert "Ce cours n’est plus à l’emploi du temps" in text(helene.get(url))
        sent = {
            "title": "Thalès",
            "body": "Corrigé.",
            "rule": "now",
            "w-title": "Ex 2",
            "w-due": "autre",
            "w-due_on": "",
        }
        answer = helene.post(url, sent)
        assert answer.status_code == 422
        assert "Pour quand est le travail ?" in text(answer)
        assert "Thalès" in text(answer)
        assert helene.post(url, sent | {"w-due_on": "2026-11-26"}).status_code == 302
        entry.refresh_from_db()
        assert entry.title == "Thalès"
        assert Homework.objects.get().due_on == dt.date(2026, 11, 26)

    def test_the_same_page_sent_twice_is_one_session_with_one_work(self, college, helene):
        url = f"{COLLEGE}/cahier/{maths_of(college).pk}/2026-11-24/0805/"
        key = re.findall(r'name="w-key" value="([^"]+)"', helene.get(url).content.decode())[0]
        sent = {"title": "Thalès", "rule": "now", "w-key": key, "w-title": "Exercice 2", "w-due": "2026-11-25@08:05"}
        for _ in range(2):
            assert helene.post(url, sent).status_code == 302
        assert TextbookEntry.objects.count() == Homework.objects.count() == 1
