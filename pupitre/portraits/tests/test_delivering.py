"""Large zips: deposited by a page, read by a job, forgotten after a week."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pupitre.establishments.scope import scope
from pupitre.foundation import clock, jobs
from pupitre.portraits.models import PhotoRun, Portrait
from pupitre.portraits.services.delivering import deposit_archive, is_long
from pupitre.portraits.services.forgetting import forget_runs
from pupitre.portraits.tests.doors import secretary
from pupitre.portraits.tests.factories import photo, said, zipped
from tests.jobs import run_jobs

pytestmark = pytest.mark.usefixtures("tuesday")


def many(**more: bytes):
    """A zip of more than a hundred files; few are anybody’s."""
    return zipped(**{f"IMG_{number:03}": b"" for number in range(100)}, **more)


@pytest.fixture
def office(cast):
    with scope(cast.college.pk):
        yield secretary(cast)


def test_a_small_zip_is_not_long_a_heavy_or_numerous_one_is():
    small = zipped(a=photo())
    assert not is_long(small, 10 * 1024**2)
    assert is_long(small, 10 * 1024**2 + 1)
    assert is_long(many(a=b""), 20_000)


def test_from_the_zip_to_its_report_a_job_reads_it_while_the_page_says_how_far(cast):
    with scope(cast.college.pk):
        said(cast.people["eleve"], secretary(cast))
    client = cast.sign_in(Client(), "secretaire")
    archive = many(**{"BELKACEM Inès": photo(), "BELKACEM Elias": photo()})
    sent = SimpleUploadedFile("photos.zip", archive.getvalue())
    page = client.post(reverse("portraits:overview", args=[cast.college.uai]), {"archive": sent})["Location"]
    waiting = read(client.get(page))
    assert "En attente" in waiting
    assert "0 fichier lu sur 102" in waiting
    assert run_jobs() == ["portraits.read_archive"]
    done = read(client.get(page, headers={"HX-Request": "true"}))
    assert "102 fichiers lus sur 102" in done
    assert "1 photo gardée sur 102 fichiers lus." in done
    assert "BELKACEM Inès.jpg : <a" in done
    assert "1 photo sans autorisation" in done
    assert "100 fichiers sans élève" in done
    with scope(cast.college.pk):
        run = PhotoRun.objects.get()
        assert (run.state, run.key) == ("done", "")
        assert Portrait.objects.exclude(token="").get().student.person == cast.people["eleve"]
    assert "photos.zip" in read(client.get(reverse("portraits:overview", args=[cast.college.uai])))


def test_a_zip_damaged_in_its_middle_keeps_nothing_and_its_page_says_so(
    cast, office, django_capture_on_commit_callbacks
):
    said(cast.people["eleve"], office)
    data = bytearray(many(**{"BELKACEM Inès": photo(), "ZZZ": photo("PNG")}).getvalue())
    at = data.index(b"ZZZ.jpg") + 20
    data[at : at + 30] = b"\0" * 30
    stream = zipped()
    stream.write(bytes(data))
    run = deposit_archive(stream, name="photos.zip", actor=office)
    key = run.key
    assert default_storage.exists(key)
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done, run.key) == ("refused", 0, "")
    assert "n’est pas un zip, ou il est abîmé" in run.problem
    assert not Portrait.objects.exclude(token="").exists()
    assert not default_storage.exists(key)


def test_a_worker_that_leaves_hands_the_rest_to_the_next_one(cast, office, monkeypatch):
    said(cast.people["eleve"], office)
    run = deposit_archive(many(**{"BELKACEM Inès": photo()}), name="photos.zip", actor=office)
    answers = iter([False, True])
    monkeypatch.setattr(jobs, "must_stop", lambda: next(answers, False))
    assert run_jobs() == ["portraits.read_archive"] * 2
    run.refresh_from_db()
    assert (run.state, run.done, len(run.lines)) == ("done", 101, 101)
    assert [name for name, fate, *_who in run.lines if fate == "kept"] == ["BELKACEM Inès.jpg"]


def test_a_zip_that_is_no_longer_there_says_that_its_reading_was_cut(cast, office):
    run = deposit_archive(many(a=b""), name="photos.zip", actor=office)
    default_storage.delete(run.key)
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done) == ("failed", 0)
    assert "La lecture s’est interrompue" in run.problem


def test_after_a_week_it_is_forgotten_with_its_file(cast, office, django_capture_on_commit_callbacks):
    run = deposit_archive(many(a=b""), name="photos.zip", actor=office)
    assert forget_runs() == 0
    with clock.at("2026-12-02T10:21"), django_capture_on_commit_callbacks(execute=True):
        assert forget_runs() == 1
    assert not PhotoRun.objects.exists()
    assert not default_storage.exists(run.key)


def read(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")
