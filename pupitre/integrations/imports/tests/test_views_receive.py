"""Dropping files: what is read, what is refused, and in which words."""

from pathlib import Path

import pytest
from django.urls import reverse

from pupitre.directory.models import Student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.imports import forms
from pupitre.integrations.imports.models import ImportFile, ImportJob
from pupitre.integrations.imports.tests.factories import SAMPLES, open_empty_school
from pupitre.integrations.imports.tests.office import Office, text_of

State = ImportJob.State
STUDENTS = next(path for path in SAMPLES if path.name == "ElevesAvecAdresses.xml")


def test_seven_files_dropped_at_once_wait_to_be_looked_at(office: Office):
    job = office.dropped(SAMPLES)
    assert job.state == State.TO_REVIEW
    page = text_of(office.get("job", job))
    assert "Import SIECLE et STS à vérifier" in page
    assert "Rien n’a encore été modifié." in page
    with scope(office.school.pk):
        assert not Student.objects.exists()


def test_the_import_is_in_the_list(office: Office):
    job = office.dropped([STUDENTS])
    page = office.get("jobs")
    assert office.address("job", job) in page.content.decode()
    assert "Déposé le mardi 18 novembre, 10 h 20 par Aurore Petit" in text_of(page)


def test_an_archive_is_opened(office: Office):
    zipped = sorted((STUDENTS.parent / "zip").glob("*.zip"))
    assert office.dropped(zipped).counts["students"] > 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Aucun fichier n’est choisi."),
        ([("vide.xml", b"")], "Un des fichiers est vide."),
        ([(f"fichier-{n}.xml", b"<a/>") for n in range(21)], "Vous avez choisi 21 fichiers. Déposez-en 20 au plus"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(office: Office, files: list[tuple[str, bytes]], said: str):
    answer = office.drop(*files)
    assert answer.status_code == 422
    assert said in text_of(answer)
    with scope(office.school.pk):
        assert not ImportJob.objects.exists()


def test_a_file_too_large_is_named(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms, "LARGEST", 1000)
    answer = office.drop(STUDENTS)
    assert answer.status_code == 422
    assert "Le fichier « ElevesAvecAdresses.xml » pèse" in text_of(answer)


@pytest.mark.parametrize("content", [b"Bonjour, ceci est une lettre.", b"<?xml version='1.0'?><BEE_GFC/>"])
def test_what_is_not_an_export_is_refused_in_a_sentence(office: Office, content: bytes):
    job = office.dropped([("lettre.xml", content)])
    assert job.state == State.REJECTED
    page = text_of(office.get("job", job))
    assert "Import refusé" in page
    assert job.reasons[0].replace("\N{NO-BREAK SPACE}", " ").removeprefix("« lettre.xml » : ") in page
    assert "lettre.xml" in page


def test_the_files_of_another_school_are_refused(office: Office, cast):
    other = open_empty_school(cast.people["referent"], uai="0999930F")
    job = Office(office.client, other, office.working).dropped(SAMPLES)
    assert job.state == State.REJECTED
    assert "0999910J" in job.reasons[0]
    assert "0999930F" in job.reasons[0]


def test_files_are_sealed_then_forgotten(office: Office):
    job = office.dropped([STUDENTS])
    with scope(office.school.pk):
        assert not ImportFile.objects.exclude(data=None).exists()
        kept = bytes(ImportJob.objects.values_list("readings", flat=True).get(pk=job.pk))
    assert b"AUBRENELLE" in STUDENTS.read_bytes()
    assert b"AUBRENELLE" not in kept


def test_last_year_s_files_ask_for_a_confirmation(office: Office, cast):
    with clock.at("2026-11-24T10:20"):
        cast.sign_in(office.client, "referent")
        job = office.dropped(SAMPLES)
        assert job.verdict == "hold"
        assert "Ces fichiers sont de l’année 2025-2026" in text_of(office.get("apply", job))
        answer = office.post("apply", job)
        assert answer["Location"] == f"{office.address('apply', job)}?dit=verifier"
        assert office.seen(job).state == State.TO_REVIEW
        office.post("apply", job, {"verified": "oui"})
        assert office.seen(job).state == State.APPLIED


def test_without_the_right_to_import_the_form_is_not_there(office: Office, cast, tuesday):
    client = cast.sign_in(office.client, "academie")
    page = client.get(reverse("imports:jobs", args=[cast.college.uai]))
    assert page.status_code == 200
    assert b'type="file"' not in page.content


def test_the_samples_lie_where_they_are_looked_for():
    assert all(Path(path).is_file() for path in SAMPLES)
