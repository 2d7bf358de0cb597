"""A year taken away leaves as it is made: whatever the weight of its files, memory holds a piece of one."""

import os
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupitre.files.services.attaching import attach
from pupitre.files.services.plain import keep_plain
from pupitre.files.tests.senders import MEGA
from pupitre.textbook.tests.factories import written

# A film goes in as it is, a text is pressed: two paths of the archive. Noise does not shrink.
NOISE = os.urandom(4 * MEGA)
FILES = {"film.mp4": b"\0\0\0\x18ftypisom" + NOISE, "releve.txt": NOISE.hex().encode()}


@pytest.fixture
def heavy_year(college, teacher):
    """A session with a film of 4 MB and a text of 8."""
    entry = written(college)
    files = [
        keep_plain(SimpleUploadedFile(name, content), "textbook.entry", actor=teacher)
        for name, content in FILES.items()
    ]
    attach(upload_ids=[each.pk for each in files], target=entry, actor=teacher)


def test_heavy_files_leave_piece_by_piece(heavy_year, college, client, tmp_path, django_assert_num_queries):
    answer = college.sign_in(client, "enseignante").get("/0990001N/cahier/archives/2026/")
    assert answer.streaming
    assert "Content-Length" not in answer
    path = tmp_path / "annee.zip"
    tracemalloc.start()
    try:
        # No statement while it leaves: a slow telephone does not hold the database.
        with path.open("wb") as file, django_assert_num_queries(0):
            largest = max(file.write(piece) for piece in answer.streaming_content)
        assert tracemalloc.get_traced_memory()[1] < 2 * MEGA
    finally:
        tracemalloc.stop()
    assert largest < MEGA
    with zipfile.ZipFile(path) as archive:
        folder = "4B - Mathématiques/"
        assert {name: archive.read(folder + name) for name in FILES} == FILES
