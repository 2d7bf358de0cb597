"""What a browser is handed: it draws pictures, saves the rest, and runs nothing."""

import pytest
from django.core.files.storage import default_storage

from pupitre.files.models import Blob
from pupitre.files.tests.senders import picture

HOSTILE = [
    ("page.html", b"<!doctype html><script>alert(1)</script>"),
    ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    # Names and first bytes that disagree.
    ("photo.png", b"<html><script>alert(1)</script></html>"),
    ("photo.jpg", b"GIF89a<script>alert(1)</script>"),
    ("texte.xml", b"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>"),
    ("liste.csv", b"a;b\n1;2\n"),
    ("cours.pdf", b"%PDF-1.7 /JavaScript"),
]


@pytest.mark.parametrize(("name", "content"), HOSTILE)
def test_nothing_that_a_browser_would_run_is_shown(teacher, name, content):
    answer = teacher.get("open", teacher.send(name, content).pk)
    is_picture = answer["Content-Type"] in ("image/png", "image/jpeg", "image/gif", "image/webp")
    assert answer["Content-Disposition"].startswith("inline" if is_picture else "attachment")
    assert not answer["Content-Type"].startswith(("text/html", "image/svg", "application/xhtml", "text/xml"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.body == content


def test_a_photograph_is_shown_with_its_name(teacher):
    answer = teacher.get("open", teacher.send("été au lac.jpg", picture()).pk)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''%C3%A9t%C3%A9%20au%20lac.jpg"


def test_a_browser_that_holds_the_bytes_is_not_sent_them_again(teacher):
    file = teacher.send("photo.jpg", picture())
    for name in ("open", "preview"):
        etag = teacher.get(name, file.pk)["ETag"]
        again = teacher.get(name, file.pk, **{"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "private, no-cache"
    assert teacher.get("open", file.pk)["ETag"] != teacher.get("preview", file.pk)["ETag"]


def test_bytes_that_the_storage_lost_are_said_so(teacher):
    file = teacher.send("cours.txt", b"le cours")
    default_storage.delete(file.blob.key)
    answer = teacher.get("open", file.pk)
    assert answer.status_code == 503
    assert "leur lieu de stockage ne répond pas" in answer.content.decode()


def test_a_blocked_file_is_opened_by_nobody(teacher):
    file = teacher.send("cours.txt", b"le cours")
    Blob.objects.update(state=Blob.State.BLOCKED)
    answer = teacher.get("open", file.pk)
    assert answer.status_code == 410
    assert "L’antivirus a trouvé un virus dans ce fichier" in answer.content.decode()


SOUNDS = [
    ("voix.webm", b"\x1aE\xdf\xa3 webm A_OPUS", "audio/webm"),
    ("voix.ogg", b"OggS\0\x02", "audio/ogg"),
    ("voix.m4a", b"\0\0\0\x1cftypiso5", "audio/mp4"),
    ("voix.mp3", b"ID3\x04", "audio/mpeg"),
]


@pytest.mark.parametrize(("name", "content", "kind"), SOUNDS)
def test_a_sound_is_played_in_a_page_and_saved_outside(teacher, name, content, kind):
    file = teacher.send(name, content)
    assert file.is_played_in_page
    answer = teacher.get("open", file.pk)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Accept-Ranges"] == "bytes"


def test_a_film_is_not_taken_for_a_sound(teacher):
    assert teacher.send("film.webm", b"\x1aE\xdf\xa3 V_VP9 A_OPUS").content_type == "video/webm"


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("bytes=0-1", 206, b"ID"),
        ("bytes=2-", 206, b"3456789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=4-900", 206, b"56789"),
        ("bytes=900-", 200, b"ID3456789"),
        ("bytes=-", 200, b"ID3456789"),
        ("bytes=0-1,4-5", 200, b"ID3456789"),
    ],
)
def test_a_player_asks_for_some_bytes_of_a_sound(teacher, asked, status, body):
    answer = teacher.get("open", teacher.send("voix.mp3", b"ID3456789").pk, Range=asked)
    assert (answer.status_code, answer.body, answer["Content-Length"]) == (status, body, str(len(body)))
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
