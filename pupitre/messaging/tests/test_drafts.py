"""Letters being written are never lost: kept as typed, on two devices, through an end of session."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pupitre.accounts.models import Session
from pupitre.establishments.scope import scope
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.messaging.models import Draft, Message
from pupitre.messaging.services.drafts import save_draft
from pupitre.messaging.tests.letters import actor_of, post
from tests.cast import Cast


@pytest.fixture
def teacher(cast: Cast, tuesday: object) -> Client:
    return cast.sign_in(Client(), "enseignante")


def save(cast: Cast, key, version: int, body: str):
    with scope(cast.college.pk):
        return save_draft(
            key=key,
            version=version,
            subject="",
            body=body,
            content={},
            actor=actor_of(cast, "enseignante"),
            device="Chrome",
        )


def test_each_save_moves_the_version(cast, tuesday):
    key = uuid4()
    first = save(cast, key, 0, "Bon")
    second = save(cast, key, first.draft.version, "Bonjour")
    assert (first.draft.version, second.draft.version) == (1, 2)
    assert Draft.objects.get().body == "Bonjour"


def test_a_draft_open_on_two_devices_loses_neither_text(cast, tuesday):
    key = uuid4()
    known = save(cast, key, 0, "Bonjour").draft.version
    save(cast, key, known, "Bonjour, sur l’ordinateur")
    beside = save(cast, key, known, "Bonjour, sur le téléphone")
    assert beside.is_beside
    assert {draft.body for draft in Draft.objects.all()} == {"Bonjour, sur l’ordinateur", "Bonjour, sur le téléphone"}
    assert beside.draft.key != key


def test_the_same_text_from_two_devices_is_one_draft(cast, tuesday):
    key = uuid4()
    save(cast, key, 0, "Bonjour")
    assert not save(cast, key, 0, "Bonjour").is_beside
    assert Draft.objects.count() == 1


def test_the_page_saves_as_one_types_and_finds_it_again_at_its_hour(teacher, cast):
    key = str(uuid4())
    address = reverse("messages_of_school:autosave", args=[cast.college.uai])
    token = f"parents-{cast.groups['4B'].pk}"
    with clock.at("2026-11-24T14:32"):
        answer = teacher.post(address, {"key": key, "version": "0", "body": "Chers parents", "to": [token]}).json()
    assert answer == {"key": key, "version": 1, "hour": "14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}32", "beside": False}
    page = teacher.get(reverse("messages_of_school:draft", args=[cast.college.uai, Draft.objects.get().pk])).text
    assert "Brouillon de 14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}32 restauré." in page
    assert "Chers parents" in page
    assert "Parents de la 4B" in page


def test_sent_the_draft_is_gone(teacher, cast):
    key = str(uuid4())
    token = f"parents-{cast.groups['4B'].pk}"
    letter = {"key": key, "version": "0", "body": "Chers parents", "to": [token]}
    teacher.post(reverse("messages_of_school:autosave", args=[cast.college.uai]), letter)
    teacher.post(reverse("messages_of_school:write", args=[cast.college.uai]), letter)
    assert not Draft.objects.exists()
    with scope(cast.college.pk):
        assert Message.objects.get().body == "Chers parents"


def test_an_answer_begun_is_there_when_the_discussion_is_opened_again(teacher, cast):
    with scope(cast.college.pk):
        message = post(cast, "cpe", "p@enseignante", body="Question")
    teacher.post(
        reverse("messages_of_school:autosave", args=[cast.college.uai]),
        {"key": str(uuid4()), "version": "0", "body": "Je pense que", "reply_to": str(message.pk)},
    )
    page = teacher.get(reverse("messages_of_school:thread", args=[cast.college.uai, message.thread_id])).text
    assert "Je pense que" in page
    [draft] = Draft.objects.all()
    address = reverse("messages_of_school:draft", args=[cast.college.uai, draft.pk])
    assert teacher.get(address)["Location"].endswith(f"/{message.thread_id}/#reponse")


def test_a_letter_sent_after_the_end_of_the_session_is_kept_for_its_author(teacher, cast):
    Session.objects.all().update(expire_date="2026-11-01T00:00+00:00")
    answer = teacher.post(
        reverse("messages_of_school:write", args=[cast.college.uai]), {"key": str(uuid4()), "body": "Un long texte"}
    )
    assert answer.status_code == 401
    assert "rien n’est perdu" in answer.text


def test_what_a_page_saves_after_the_letter_left_is_no_draft(teacher, cast):
    key = str(uuid4())
    letter = {"key": key, "version": "0", "body": "Chers parents", "to": [f"parents-{cast.groups['4B'].pk}"]}
    teacher.post(reverse("messages_of_school:write", args=[cast.college.uai]), letter)
    assert teacher.post(reverse("messages_of_school:autosave", args=[cast.college.uai]), letter).status_code == 204
    assert not Draft.objects.exists()


def test_ones_drafts_are_ones_own(cast, tuesday):
    save(cast, uuid4(), 0, "Un secret")
    client = cast.sign_in(Client(), "collegue")
    pk = Draft.objects.get().pk
    assert client.get(reverse("messages_of_school:draft", args=[cast.college.uai, pk])).status_code == 404
    assert client.post(reverse("messaging:drop", args=[pk])).status_code == 404
    assert "Un secret" not in client.get(reverse("messaging:drafts")).text


def a_file(name: str = "plan.txt", size: int = 20) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Rendez-vous au lac. " * (size // 20))


def test_a_draft_finds_its_files_again(teacher, cast):
    write = reverse("messages_of_school:write", args=[cast.college.uai])
    teacher.post(write, {"key": str(uuid4()), "body": "Chers parents", "save": "1", "files": a_file()})
    [draft] = Draft.objects.all()
    with scope(cast.college.pk):
        kept = StoredFile.objects.get()
    assert draft.content["files"] == [kept.pk]
    page = teacher.get(reverse("messages_of_school:draft", args=[cast.college.uai, draft.pk])).text
    assert f'name="uploads" value="{kept.pk}" checked' in page
    # The page that saves as one types says what is ticked.
    letter = {"key": str(draft.key), "version": str(draft.version), "body": "Chers parents,", "uploads": [str(kept.pk)]}
    teacher.post(reverse("messages_of_school:autosave", args=[cast.college.uai]), letter)
    assert Draft.objects.get().content["files"] == [kept.pk]
    teacher.post(write, {**letter, "to": [f"parents-{cast.groups['4B'].pk}"]})
    with scope(cast.college.pk):
        sent = Message.objects.get()
        assert [file.name for file in files_of([sent])[sent.pk]] == ["plan.txt"]


def test_a_draft_says_what_it_has_lost(teacher, cast):
    write = reverse("messages_of_school:write", args=[cast.college.uai])
    teacher.post(write, {"key": str(uuid4()), "body": "Chers parents", "save": "1", "files": a_file()})
    with scope(cast.college.pk):
        StoredFile.objects.all().delete()
    page = teacher.get(reverse("messages_of_school:draft", args=[cast.college.uai, Draft.objects.get().pk])).text
    assert "Une pièce jointe n’est plus là" in page
    assert "Chers parents" in page


def test_an_answer_begun_finds_its_files_again(teacher, cast):
    with scope(cast.college.pk):
        message = post(cast, "cpe", "p@enseignante", body="Question")
    address = reverse("messages_of_school:answer", args=[cast.college.uai, message.thread_id])
    begun = {"key": str(uuid4()), "version": "0", "reply_to": str(message.pk), "body": " ", "files": a_file()}
    assert teacher.post(address, begun).status_code == 422
    assert not Draft.objects.exists()
    with scope(cast.college.pk):
        kept = StoredFile.objects.get()
    letter = {
        "key": str(uuid4()),
        "version": "0",
        "body": "Voici",
        "reply_to": str(message.pk),
        "uploads": [str(kept.pk)],
    }
    teacher.post(reverse("messages_of_school:autosave", args=[cast.college.uai]), letter)
    page = teacher.get(reverse("messages_of_school:thread", args=[cast.college.uai, message.thread_id])).text
    assert f'name="uploads" value="{kept.pk}" checked' in page
    assert "Voici" in page


def test_thirty_megabytes_are_refused_with_a_sentence_and_the_draft_kept(teacher, cast):
    heavy = a_file("film.txt", 30 * 1024 * 1024)
    letter = {"key": str(uuid4()), "body": "Chers parents", "to": [f"parents-{cast.groups['4B'].pk}"], "files": heavy}
    answer = teacher.post(reverse("messages_of_school:write", args=[cast.college.uai]), letter)
    assert answer.status_code == 422
    assert re.search(r"« film.txt » pèse 30\sMo ; la limite est de 25\sMo.".replace(" ", r"\s"), answer.text)
    assert "Chers parents" in answer.text
    with scope(cast.college.pk):
        assert not Message.objects.exists()
    [draft] = Draft.objects.all()
    assert (draft.body, draft.content["tokens"]["to"]) == ("Chers parents", letter["to"])
    assert f'name="version" value="{draft.version}"' in answer.text


def test_what_does_not_leave_is_kept_as_a_draft(teacher, cast):
    write = reverse("messages_of_school:write", args=[cast.college.uai])
    letter = {"key": str(uuid4()), "body": "Chers parents"}
    assert teacher.post(write, letter).status_code == 422
    assert Draft.objects.get().body == "Chers parents"
    # Sent once more with what was missing, it is one letter and no draft.
    teacher.post(write, {**letter, "version": "1", "to": [f"parents-{cast.groups['4B'].pk}"]})
    assert not Draft.objects.exists()
