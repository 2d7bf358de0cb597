"""Files sent with a plain form: what is good is kept at once, what is not is said, nothing typed beside is lost."""

import io
from typing import Any

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import RequestFactory

from pupitre.files.models import StoredFile
from pupitre.files.picking import pick
from pupitre.files.services.attaching import attach
from pupitre.files.tests.senders import BOARD, KILO, MEGA
from pupitre.foundation.models import AuditEntry

BOUNDARY = "limit"


def text_of(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_files_of_a_form_are_kept(teacher):
    answer = teacher.deposit(("un.txt", b"un"), ("deux.txt", b"deux"))
    assert answer.status_code == 302
    assert {file.name: file.size for file in StoredFile.objects.select_related("blob")} == {"un.txt": 2, "deux.txt": 4}


def test_a_file_on_disk_and_a_file_in_memory_are_kept_alike(teacher, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    teacher.deposit(("petit.txt", b"petit"), ("grand.txt", b"grand" * 100))
    for file in StoredFile.objects.select_related("blob"):
        assert teacher.get("open", file.pk).body in (b"petit", b"grand" * 100)


WRONG = [
    (("devoir.bin", b"\1" * (51 * MEGA)), "« devoir.bin » pèse 51 Mo ; la limite est de 50 Mo"),
    (("vide.txt", b""), "« vide.txt » est vide"),
    (("jeu.exe", b"MZ"), "« jeu.exe » est un programme"),
    (("photo.jpg", b"MZ\x90"), "« photo.jpg » est un programme"),
]


@pytest.mark.parametrize(("wrong", "why"), WRONG, ids=[why for _file, why in WRONG])
def test_one_that_is_refused_does_not_take_the_others_with_it(teacher, wrong, why):
    answer = teacher.deposit(("bon.txt", b"bon"), wrong)
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert [file.name for file in StoredFile.objects.all()] == ["bon.txt"]


def test_thirty_megabytes_are_too_many_for_an_attachment_of_twenty_five(teacher, monkeypatch):
    monkeypatch.setattr("pupitre.files.picking.limits_of", lambda purpose: (25 * MEGA, 20))
    monkeypatch.setattr("pupitre.files.services.plain.limits_of", lambda purpose: (25 * MEGA, 20))
    answer = teacher.deposit(("photos.zip", b"\1" * (30 * MEGA)))
    assert "« photos.zip » pèse 30 Mo ; la limite est de 25 Mo. Il faut le réduire" in text_of(answer)


def test_more_files_than_allowed_are_all_left_out(teacher):
    answer = teacher.deposit(*((f"{number}.txt", b"x") for number in range(21)))
    assert answer.status_code == 422
    assert "21 fichiers sont choisis ; la limite est de 20" in text_of(answer)
    assert not StoredFile.objects.exists()


def test_a_refused_program_is_written_in_the_journal(teacher):
    teacher.deposit(("photo.jpg", b"MZ\x90"))
    assert AuditEntry.objects.get(verb="files.refuse").detail == {"why": "Forbidden"}


def form(teacher, body: bytes, length: int | None = None, **fields: Any) -> Any:
    """A request to a room of above, which has a picker in a form of its own."""
    request: Any = RequestFactory().generic(
        "POST", "/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}", **fields
    )
    if length:
        request.META["CONTENT_LENGTH"] = str(length)
    request.actor = teacher.actor
    return request


def part(name: str, content: bytes, file: str = "") -> bytes:
    disposition = f'form-data; name="{name}"' + (f'; filename="{file}"' if file else "")
    kind = "Content-Type: application/octet-stream\r\n" if file else ""
    return f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n{kind}\r\n".encode() + content + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def test_a_form_that_comes_back_holds_what_it_had(teacher, student):
    mine, theirs = teacher.send("deja.txt", b"deja"), student.send("autre.txt", b"autre")
    ticked = part("uploads", str(mine.pk).encode()) + part("uploads", str(theirs.pk).encode()) + part("uploads", b"x9")
    body = ticked + part("files", b"MZ", "jeu.exe") + part("files", b"bon", "bon.txt") + part("text", b"Bonjour") + END
    request = form(teacher, body)
    picking = pick(request, BOARD.key)
    assert [file.name for file in picking.kept] == ["deja.txt", "bon.txt"]
    assert len(picking.problems) == 1
    assert request.POST["text"] == "Bonjour"
    # Sent again as it stands: the same two files, once each.
    again = pick(form(teacher, part("files", b"bon", "bon.txt") + ticked + END), BOARD.key)
    assert set(again.ids) == set(picking.ids)
    attach(upload_ids=again.ids, target=teacher.cast.groups["4B"], actor=teacher.actor)
    assert StoredFile.objects.filter(owner=teacher.person).count() == 2


def test_a_form_proposes_what_was_deposited_since_yesterday_and_is_not_attached(teacher):
    here, other = teacher.send("photo.txt", b"photo", BOARD.key), teacher.send("cours.txt", b"cours")
    attach(upload_ids=[teacher.send("joint.txt", b"joint").pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    request: Any = RequestFactory().get("/")
    request.actor = teacher.actor
    assert {file.pk for file in pick(request, BOARD.key).waiting} == {here.pk, other.pk}


@pytest.mark.parametrize("handler", [None, TemporaryFileUploadHandler], ids=["in memory", "on disk"])
def test_a_connection_cut_in_the_middle_of_a_form_keeps_no_half_file(teacher, settings, handler):
    if handler:
        settings.FILE_UPLOAD_HANDLERS = [f"{handler.__module__}.{handler.__name__}"]
    whole = part("text", b"Bonjour") + part("files", b"\1" * (200 * KILO), "photo.bin") + END
    request = form(teacher, whole[: 100 * KILO], length=len(whole), **{"wsgi.input": io.BytesIO(whole[: 100 * KILO])})
    picking = pick(request, "")
    assert picking.kept == []
    assert "La connexion a été coupée avant la fin" in picking.problems[0]
    assert request.POST["text"] == "Bonjour"
    assert not StoredFile.objects.exists()
