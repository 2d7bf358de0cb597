"""Giving bulletins: by whom, when, archived how, received by whom."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pypdf
import pytest

from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.gradebook.models import ClassTerm
from pupitre.gradebook.tests.factories import assessed, marked
from pupitre.reportcards.models import Acknowledgement, PrintRun, ReportCard, ReportVersion
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.council import reopen_cards, validate_cards
from pupitre.reportcards.services.entering import Told, Where, note_texts
from pupitre.reportcards.services.publishing import ask_publication, cancel_run
from pupitre.reportcards.tests.factories import given
from tests.jobs import run_jobs


@pytest.fixture
def written(college, term, ines, malo, maths, teacher):
    """Two bulletins with a mark and a word."""
    work = assessed(maths)
    where = Where(Place.SUBJECT, term, maths.group_id, maths)
    for each in (ines, malo):
        marked(work, each, "13", teacher)
        note_texts(where=where, told=[Told(each.pk, "Élève sérieuse, œuvre aboutie.", 0)], actor=teacher)


def test_a_class_is_published_by_a_job_and_archived(written, college, term, head):
    division = college.groups["4B"]
    with pytest.raises(Refusal, match="Aucun bulletin n’est arrêté"):
        ask_publication(term=term, division=division, actor=head)
    assert validate_cards(division=division, term=term, students=None, actor=head) == 2
    run = ask_publication(term=term, division=division, actor=head)
    with pytest.raises(Refusal, match="déjà en cours"):
        ask_publication(term=term, division=division, actor=head)
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done, run.total, run.same) == (PrintRun.State.DONE, 2, 2, 0)
    assert {row.status for row in ReportCard.objects.all()} == {ReportCard.Status.PUBLISHED}
    versions = list(ReportVersion.objects.all())
    files = files_of(versions)
    assert [(row.number, len(files[row.pk]), files[row.pk][0].sha256 == row.sha256) for row in versions] == [
        (1, 1, True)
    ] * 2


def test_the_pdf_is_tagged_in_french_and_its_accents_are_read(written, client_of, at, term, ines, college, head):
    card = given(college.groups["4B"], term, ines, head)
    page = client_of("parent").get(at("student", ines.pk, term.pk))
    file = files_of([ReportVersion.objects.get(card=card)])[ReportVersion.objects.get(card=card).pk][0]
    address = f"/0990001N/fichiers/{file.pk}/"
    assert address in page.content.decode()
    pdf = b"".join(client_of("parent").get(address).streaming_content)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"].value)
    assert root["/Lang"] == "fr"
    assert reader.metadata is not None
    assert reader.metadata.title == "Bulletin de Belkacem Inès, Premier trimestre · 2026-2027"
    text = " ".join(reader.pages[0].extract_text().split())
    assert "Élève sérieuse, œuvre aboutie." in text
    assert "Mathématiques" in text
    assert "13,0" in text
    assert client_of("parent-voisin").get(address).status_code == 404
    assert client_of("collegue").get(address).status_code == 404


def test_nothing_is_published_before_the_council(written, college, term, head):
    division = college.groups["4B"]
    ClassTerm(term=term, division=division, council_on=dt.date(2026, 12, 3)).save()
    validate_cards(division=division, term=term, students=None, actor=head)
    with pytest.raises(Refusal, match="conseil de classe est le 3"):
        ask_publication(term=term, division=division, actor=head)


def test_a_publication_that_is_stopped_leaves_the_rest(written, college, term, head):
    division = college.groups["4B"]
    validate_cards(division=division, term=term, students=None, actor=head)
    run = ask_publication(term=term, division=division, actor=head)
    cancel_run(run=run, actor=head)
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done) == (PrintRun.State.CANCELLED, 0)
    assert ReportCard.objects.filter(status=ReportCard.Status.VALIDATED).count() == 2


def test_a_correction_is_the_next_version_and_the_first_stays(written, college, term, ines, maths, head, guardian):
    division = college.groups["4B"]
    card = given(division, term, ines, head)
    reopen_cards(division=division, term=term, students=[ines.pk], why="Erreur", actor=head)
    assert given(division, term, ines, head).published_at == card.published_at
    assert ReportVersion.objects.count() == 1, "nothing changed: nothing is made again"
    reopen_cards(division=division, term=term, students=[ines.pk], why="Erreur", actor=head)
    where = Where(Place.SUBJECT, term, maths.group_id, maths)
    note_texts(where=where, told=[Told(ines.pk, "Corrigé.", 1)], actor=head)
    given(division, term, ines, head)
    assert [row.content["lines"][0]["text"] for row in ReportVersion.objects.order_by("number")] == [
        "Élève sérieuse, œuvre aboutie.",
        "Corrigé.",
    ]


def test_what_families_hold_is_made_again_only_once_it_is_confirmed(
    written, college, term, ines, maths, head, client_of, at
):
    division = college.groups["4B"]
    given(division, term, ines, head)
    reopen_cards(division=division, term=term, students=[ines.pk], why="Erreur", actor=head)
    where = Where(Place.SUBJECT, term, maths.group_id, maths)
    note_texts(where=where, told=[Told(ines.pk, "Corrigé.", 1)], actor=head)
    validate_cards(division=division, term=term, students=None, actor=head)
    client, address = client_of("principal"), f"{at('division', division.pk)}?periode={term.pk}"
    page = client.post(address, {"publier": "1"}).content.decode()
    assert "1 bulletin est déjà entre les mains des familles".replace(" ", "") in re.sub(r"\s", "", page)
    assert "Sur 2 à publier" in page
    assert not PrintRun.objects.filter(state=PrintRun.State.WAITING).exists()
    assert client.post(address, {"publier": "1", "refaire": "1"}).status_code == 302
    run_jobs()
    kept = ReportVersion.objects.filter(card__student=ines).order_by("number")
    assert [(row.number, row.content["lines"][0]["text"]) for row in kept] == [
        (1, "Élève sérieuse, œuvre aboutie."),
        (2, "Corrigé."),
    ]
    assert "Élève sérieuse" in client_of("parent").get(
        f"{at('student', ines.pk, term.pk)}?numero=1"
    ).content.decode()  # fmt: skip


def test_a_guardian_finds_marks_and_bulletins_of_every_child(written, college, term, ines, head, client_of):
    given(college.groups["4B"], term, ines, head)
    page = client_of("parent").get("/famille/resultats/").content.decode()
    expected = ("Inès", "Elias", "Sarah", "1 à confirmer", "remis le ")
    assert [each for each in expected if each not in page.replace("\N{NO-BREAK SPACE}", " ")] == []
    assert "Inès" not in client_of("parent-voisin").get("/famille/resultats/").content.decode()
    assert client_of("enseignante").get("/famille/resultats/").status_code == 404


def test_families_read_it_in_the_open_hours_only(written, college, term, ines, head, client_of, at):
    with clock.at("2026-11-24T21:30"):
        given(college.groups["4B"], term, ines, head)
        assert client_of("parent").get(at("student", ines.pk, term.pk)).status_code == 404
    with clock.at("2026-11-25T07:05"):
        assert client_of("parent").get(at("student", ines.pk, term.pk)).status_code == 200


def test_each_guardian_acknowledges_once_and_the_head_sees_who_did_not(
    written, college, term, ines, head, client_of, at
):
    given(college.groups["4B"], term, ines, head)
    office = at("division", college.groups["4B"].pk)
    assert "Nadia Belkacem" in client_of("principal").get(office).content.decode()
    parent = client_of("parent")
    for _ in range(2):
        assert parent.post(at("received", ines.pk, term.pk)).status_code == 302
    assert Acknowledgement.objects.get().guardian == college.people["parent"]
    assert "Vous avez accusé réception" in parent.get(at("student", ines.pk, term.pk)).content.decode()
    assert "Nadia Belkacem" not in client_of("principal").get(office).content.decode()


def test_archives_hold_what_was_given(written, college, term, ines, head, client_of, at):
    given(college.groups["4B"], term, ines, head)
    for who, address in (
        ("parent", at("student_zip", ines.pk)),
        ("principal", at("class_zip", college.groups["4B"].pk, term.pk)),
    ):
        body = b"".join(client_of(who).get(address).streaming_content)
        assert zipfile.ZipFile(io.BytesIO(body)).namelist() == ["Bulletin Belkacem Inès T1 2026-2027 n1.pdf"]


def test_a_version_made_again_at_night_is_read_in_the_morning(
    written, client_of, at, term, ines, college, head, teacher, maths
):
    card = given(college.groups["4B"], term, ines, head)
    address = at("student", ines.pk, term.pk)
    with clock.at("2026-11-28T22:00"):
        reopen_cards(division=college.groups["4B"], term=term, students=[ines.pk], why="Erreur", actor=head)
        where = Where(Place.SUBJECT, term, maths.group_id, maths)
        note_texts(where=where, told=[Told(ines.pk, "Texte corrigé la nuit.", 1)], actor=teacher)
        given(college.groups["4B"], term, ines, head)
        assert ReportVersion.objects.filter(card=card).count() == 2
    second = ReportVersion.objects.get(card=card, number=2)
    file = files_of([second])[second.pk][0]
    with clock.at("2026-11-29T10:00"):
        parent = client_of("parent")
        page = parent.get(address).content.decode()
        assert "Élève sérieuse" in page
        assert "Texte corrigé" not in page
        assert "Texte corrigé" not in parent.get(f"{address}?numero=2").content.decode()
        assert parent.get(f"/0990001N/fichiers/{file.pk}/").status_code == 404
        assert "Texte corrigé" in client_of("principal").get(address).content.decode()
        parent.post(at("received", ines.pk, term.pk))
        assert Acknowledgement.objects.get().number == 1
    with clock.at("2026-11-30T07:01"):
        assert "Texte corrigé" in client_of("parent").get(address).content.decode()
