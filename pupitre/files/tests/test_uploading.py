"""Uploads in parts: a cut, a lost answer, two tabs, a strange request; the file arrives whole, or the person is told why."""

import io
import os
from datetime import timedelta

import pytest
from django.http import UnreadablePostError

from pupitre.files.models import Blob, StoredFile, Upload
from pupitre.files.services import uploading
from pupitre.files.services.uploading import receive
from pupitre.files.tests.senders import BOARD, KILO, MEGA, Sender, stored_in
from pupitre.foundation import clock

FILE = b"%PDF-1.7\n" + os.urandom(100 * KILO)


def content_of(teacher, file) -> bytes:
    return teacher.get("open", file.pk).body


def test_a_file_in_three_parts_arrives_whole_and_its_parts_go(teacher, storage):
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    for start in range(0, len(FILE), 40 * KILO):
        answer = teacher.part(upload, start, FILE[start : start + 40 * KILO])
        assert answer.status_code == 204
    file = teacher.file(int(answer["Pupitre-File"]))
    assert (file.name, file.size, file.content_type) == ("cours.pdf", len(FILE), "application/pdf")
    assert content_of(teacher, file) == FILE
    assert stored_in(storage) == [file.blob.key]


class Cut(io.BytesIO):
    """A body whose connection is cut before its end."""

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        if not piece:
            raise UnreadablePostError
        return piece


@pytest.mark.parametrize("body", [Cut, io.BytesIO], ids=["an error", "a short body"])
def test_a_cut_costs_what_was_on_its_way_and_no_more(teacher, body):
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    row = Upload.objects.get()
    receive(row, 0, body(FILE[: 70 * KILO]).read)
    assert teacher.offset(upload) == 70 * KILO
    answer = teacher.part(upload, 70 * KILO, FILE[70 * KILO :])
    assert content_of(teacher, teacher.file(int(answer["Pupitre-File"]))) == FILE


def test_an_answer_that_was_lost_is_found_again(teacher):
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    number = teacher.part(upload, 0, FILE)["Pupitre-File"]
    assert teacher.client.head(upload)["Pupitre-File"] == number
    # Asked once more from where it ends: nothing is made twice.
    assert teacher.part(upload, len(FILE), b"")["Pupitre-File"] == number
    assert StoredFile.objects.count() == 1


def test_a_body_of_any_length_is_kept_in_parts_of_five_megabytes(teacher, monkeypatch):
    monkeypatch.setattr(uploading, "PART", 32 * KILO)
    teacher.announce("cours.pdf", len(FILE))
    upload = receive(Upload.objects.get(), 0, io.BytesIO(FILE).read)
    assert upload.received == len(FILE)
    assert len(upload.parts) == -(-len(FILE) // (32 * KILO))


def test_two_tabs_on_one_upload_do_not_mix(teacher):
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    assert teacher.part(upload, 0, FILE[: 50 * KILO]).status_code == 204
    assert teacher.part(upload, 0, b"x" * 60 * KILO).status_code == 409
    assert teacher.part(upload, 60 * KILO, FILE[60 * KILO :]).status_code == 409
    assert teacher.offset(upload) == 50 * KILO
    answer = teacher.part(upload, 50 * KILO, FILE[50 * KILO :])
    assert content_of(teacher, teacher.file(int(answer["Pupitre-File"]))) == FILE


def test_the_same_file_chosen_again_after_a_reload_goes_on(teacher):
    first = teacher.announce("cours.pdf", len(FILE), fingerprint="1-2")["Location"]
    teacher.part(first, 0, FILE[: 50 * KILO])
    # At once, it may be another tab that is still at work.
    assert teacher.announce("cours.pdf", len(FILE), fingerprint="1-2")["Location"] != first
    with clock.at(clock.now() + timedelta(minutes=1)):
        again = teacher.announce("cours.pdf", len(FILE), fingerprint="1-2")
        other = teacher.announce("cours.pdf", len(FILE), fingerprint="1-3")
    assert (again["Location"], again["Upload-Offset"]) == (first, str(50 * KILO))
    assert other["Location"] != first


def test_an_upload_is_given_up_after_two_days(teacher):
    upload = teacher.announce("cours.pdf", len(FILE))
    assert upload["Upload-Expires"] == "Thu, 26 Nov 2026 09:20:00 GMT"
    with clock.at("2026-11-26T10:21"):
        assert teacher.client.head(upload["Location"]).status_code == 404
        assert teacher.part(upload["Location"], 0, FILE).status_code == 404


def test_an_upload_is_stopped_by_whoever_began_it(teacher, student, storage):
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    teacher.part(upload, 0, FILE[: 50 * KILO])
    for gesture in (student.client.head, student.client.delete):
        assert gesture(upload).status_code == 404
    assert student.part(upload, 50 * KILO, FILE[50 * KILO :]).status_code == 404
    with teacher.committed(execute=True):
        assert teacher.client.delete(upload).status_code == 204
    assert not Upload.objects.exists()
    assert stored_in(storage) == []


REFUSED = [
    ("devoir.pdf", 51 * MEGA, 413, "« devoir.pdf » pèse 51 Mo ; la limite est de 50 Mo. Il faut le réduire"),
    ("vide.odt", 0, 422, "« vide.odt » est vide. Il faut l’enregistrer à nouveau"),
    ("jeu.exe", 10, 422, "« jeu.exe » est un programme, et Pupitre n’en transporte pas"),
    ("photo.jpg.js", 10, 422, "« photo.jpg.js » est un programme"),
]


@pytest.mark.parametrize(("name", "size", "status", "why"), REFUSED)
def test_what_cannot_be_taken_is_said_before_it_is_sent(teacher, name, size, status, why):
    answer = teacher.announce(name, size)
    assert answer.status_code == status
    assert why in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert not Upload.objects.exists()


def test_each_use_has_its_own_limit(teacher):
    answer = teacher.announce("devoir.pdf", 3 * MEGA, purpose=BOARD.key)
    assert answer.status_code == 413
    assert "la limite est de 2" in answer.content.decode()
    assert teacher.announce("devoir.pdf", 3 * MEGA).status_code == 201


def test_a_program_that_hides_its_name_is_known_by_its_first_bytes(teacher, storage):
    upload = teacher.announce("photo.jpg", 200)["Location"]
    answer = teacher.part(upload, 0, b"MZ" + bytes(198))
    assert answer.status_code == 422
    assert "« photo.jpg » est un programme" in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert not Upload.objects.exists()
    assert not Blob.objects.exists()
    assert stored_in(storage) == []


def test_a_name_with_tricks_is_kept_plain_and_its_owner_is_told(teacher):
    answer = teacher.announce("../../etc/facture\u202egpj.pdf", len(FILE))
    assert "Le nom du fichier contenait des signes qui ne conviennent pas" in answer.content.decode()
    file = teacher.file(int(teacher.part(answer["Location"], 0, FILE)["Pupitre-File"]))
    assert file.name == "facturegpj.pdf"


def test_a_name_of_three_hundred_letters_is_shortened_and_its_owner_is_told(teacher):
    answer = teacher.announce("é" * 300 + ".pdf", len(FILE))
    assert "Le nom du fichier était trop long" in answer.content.decode()
    file = teacher.file(int(teacher.part(answer["Location"], 0, FILE)["Pupitre-File"]))
    assert file.name == "é" * 146 + ".pdf"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Upload-Length": "many"},
        {"Upload-Length": "-4"},
        {"Upload-Length": "5", "Upload-Metadata": "purpose dW5rbm93bg=="},
        {"Upload-Length": "9" * 40},
    ],
)
def test_a_request_that_makes_no_sense_is_refused(teacher, headers):
    assert teacher.client.post(teacher.address("uploads"), headers=headers).status_code == 400


def test_metadata_that_cannot_be_read_are_left_out(teacher):
    headers = {"Upload-Length": "5", "Upload-Metadata": "filename !!!,purpose,fingerprint /w=="}
    assert teacher.client.post(teacher.address("uploads"), headers=headers).status_code == 201
    assert Upload.objects.get().name == "Fichier sans nom"


def test_a_part_says_where_it_begins_and_what_it_is(teacher):
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    assert teacher.client.patch(upload, b"x", content_type="text/plain").status_code == 415
    part = "application/offset+octet-stream"
    assert teacher.client.patch(upload, b"x", content_type=part).status_code == 400


def test_more_bytes_than_announced_are_not_read(teacher):
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    answer = teacher.part(upload, 0, FILE + b"more")
    assert content_of(teacher, teacher.file(int(answer["Pupitre-File"]))) == FILE


def test_an_upload_in_too_many_crumbs_starts_again(teacher, storage, monkeypatch):
    monkeypatch.setattr(uploading, "_MOST_PARTS", 3)
    upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    for offset in range(3):
        assert teacher.part(upload, offset, FILE[offset : offset + 1]).status_code == 204
    assert teacher.part(upload, 3, FILE[3:4]).status_code == 409
    assert teacher.client.head(upload).status_code == 404
    assert stored_in(storage) == []


def test_the_server_says_what_it_speaks(teacher):
    told = teacher.client.options(teacher.address("uploads"))
    assert told["Tus-Version"] == told["Tus-Resumable"] == "1.0.0"
    assert told["Tus-Extension"] == "creation,expiration,termination"
    assert told["Tus-Max-Size"] == str(50 * MEGA)


def test_an_upload_is_of_the_school_where_it_began(cast, tuesday, django_capture_on_commit_callbacks):
    with Sender(cast, "enseignante", django_capture_on_commit_callbacks) as teacher:
        upload = teacher.announce("cours.pdf", len(FILE))["Location"]
    elsewhere = upload.replace(cast.college.uai, cast.lycee.uai)
    assert teacher.client.head(upload).status_code == 200
    assert teacher.client.head(elsewhere).status_code == 404
