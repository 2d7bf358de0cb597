"""An archive handed over by the academy's people, followed and applied from its page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pupitre.directory.models import Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.integrations.aaf.models import ArchivePiece, Batch, SchoolPart
from pupitre.integrations.aaf.tests.writing import archive, document, request
from tests.jobs import run_jobs


@pytest.fixture
def hand_over(cast, client, tuesday):
    cast.sign_in(client, "academie")

    def hand_over(data: bytes, name="ENT2DVA.20250915.zip", **more):
        url = reverse("aaf:batches", args=[cast.college.uai])
        response = client.post(url, {"archive": SimpleUploadedFile(name, data), **more}, follow=True)
        run_jobs()
        return response

    return hand_over


@pytest.fixture
def packed(complete, tmp_path):
    """The complete, dated of the day before."""
    files = {each.name: each.read_bytes().replace(b'"15/09/2025"', b'"23/11/2026"') for each in complete.iterdir()}
    return archive(tmp_path / "ENT2DVA.20261123.zip", files).read_bytes()


def test_an_archive_is_read_compared_and_applied(hand_over, client, cast, packed):
    school = open_establishment(uai="0999910J", name="Collège Les Tilleuls", kind="college", academy="15")
    hand_over(packed)
    batch = Batch.objects.get()
    assert (batch.state, batch.parts.get().state) == (Batch.State.READY, SchoolPart.State.READY)
    assert not ArchivePiece.objects.exists()
    page = client.get(reverse("aaf:batch", args=[cast.college.uai, batch.pk]))
    assert "Collège Les Tilleuls" in page.text or "Les Tilleuls" in page.text
    client.post(reverse("aaf:apply", args=[cast.college.uai, batch.pk]))
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.parts.get().state) == (Batch.State.DONE, SchoolPart.State.APPLIED)
    with scope(school.pk):
        assert Student.objects.count() == 22


def test_a_school_that_is_not_open_waits_to_be(hand_over, client, cast, packed):
    hand_over(packed)
    batch = Batch.objects.get()
    assert batch.parts.get().state == SchoolPart.State.UNOPENED
    client.post(reverse("aaf:restart", args=[cast.college.uai, batch.pk]), {"ouvrir": "oui"})
    run_jobs()
    part = batch.parts.get()
    opened = Establishment.objects.get(uai="0999910J")
    assert (part.state, part.establishment, opened.academy) == (SchoolPart.State.READY, opened, "15")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"bonjour", "pas une archive de l’AAF"),
        (b"PK\x03\x04rien", "abîmée"),
        (b"\x1f\x8b\x08rien", "abîmée"),
        (document(academy="3"), "est celle de l’académie 3"),
        (document(request("Eleve", "1", sn="X"))[:-30], "coupé ou abîmé"),
        (document(request("Eleve", "1", "modifyRequest", sn="X")), "Déposez d’abord une archive complète"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(hand_over, client, cast, data, sentence):
    hand_over(data, name="x.xml")
    batch = Batch.objects.get()
    assert batch.state == Batch.State.REJECTED
    assert sentence in batch.why
    assert sentence in client.get(reverse("aaf:batch", args=[cast.college.uai, batch.pk])).text
    assert not ArchivePiece.objects.exists()


def test_an_archive_of_another_academy_is_not_seen(client, cast):
    from pupitre.integrations.aaf.tests.factories import THEIRS, batch_of

    cast.sign_in(client, "academie")
    assert client.get(reverse("aaf:batch", args=[cast.college.uai, batch_of(academy=THEIRS).pk])).status_code == 404


def test_one_school_that_fails_stops_nobody(hand_over, client, cast, tmp_path):
    rows = []
    for number, uai in enumerate(("0999910J", "0999930F")):
        open_establishment(uai=uai, name=f"Collège {number}", kind="college", academy="15")
        rows.append(
            request("EtabEducNat", str(number + 1), ENTStructureUAI=uai, ENTStructureNomCourant=f"CLG$C{number}$V")
        )
        rows.append(
            request("Eleve", f"7{number}", sn="LEROY", givenName="Ana", ENTPersonDateNaissance="01/01/2013",
                    ENTPersonStructRattach=str(number + 1), ENTEleveClasses=f"{number + 1}$6A")
        )  # fmt: skip
    data = archive(
        tmp_path / "a.tgz", {"ENT_Complet_20261123_x_0000.xml": document(*rows, day="23/11/2026")}
    ).read_bytes()
    hand_over(data, name="a.tgz")
    batch = Batch.objects.get()
    first, _second = batch.parts.order_by("uai")
    SchoolPart.objects.filter(pk=first.pk).update(job=0)  # its import is gone
    client.post(reverse("aaf:apply", args=[cast.college.uai, batch.pk]))
    run_jobs()
    assert sorted(batch.parts.values_list("state", flat=True)) == ["applied", "failed"]
    client.post(reverse("aaf:restart", args=[cast.college.uai, batch.pk]))
    run_jobs()
    assert batch.parts.get().state == SchoolPart.State.READY


def test_the_command_reads_pieces_in_their_order(cast):
    from pupitre.foundation.actor import Actor
    from pupitre.integrations.aaf.services import receiving

    data = document(*(request("Eleve", str(n), sn="X") for n in range(20)))
    receiving._PIECE, kept = 1000, receiving._PIECE
    try:
        actor = Actor(cast.people["academie"].user_id, cast.people["academie"].pk, cast.college.pk, cast.college.uai)
        batch = receiving.receive("x.xml", io.BytesIO(data), academy="15", actor=actor)
    finally:
        receiving._PIECE = kept
    assert batch.pieces.count() == -(-len(data) // 1000)
    with receiving._archive(batch) as path:
        assert path.read_bytes() == data
