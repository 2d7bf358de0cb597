"""A take-over through the browser, from the file to taking it back."""

from decimal import Decimal
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.gradebook.models import StudentMark
from pupitre.gradebook.tests.factories import first_term
from pupitre.integrations.takeover.models import Remembered, TakeOver
from pupitre.integrations.takeover.tests.factories import csv_of
from tests.cast import TUESDAY
from tests.jobs import run_jobs
from tests.statements import statements_of

ROWS = (
    "BELKACEM;Inès;14/05/2013;4B;03/11/2026;8h05;03/11/2026;9h00;Trottinette en panne;Non",
    "BELKACEM;Elias;03/02/2015;6C;10/11/2026;10h10;10/11/2026;11h05;Maladie;Oui",
    "INCONNU;=Zoé;01/01/2012;4B;03/11/2026;8h05;03/11/2026;9h00;;Non",
)


@pytest.fixture
def cpe(college):
    return college.sign_in(Client(), "cpe")


def at(cast, name, *args):
    return reverse(f"takeover:{name}", args=[cast.college.uai, *args])


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def hand_over(client, cast, data=None, name="absences.csv"):
    file = SimpleUploadedFile(name, csv_of(*ROWS) if data is None else data)
    return client.post(at(cast, "files"), {"fichier": file})


def choose(client, cast, take, **more):
    columns = {key: str(place) for key, place in take.columns.items()}
    return client.post(at(cast, "columns", take.pk), {"nature": "absence", **columns, **more})


def ready(client, cast):
    """A file whose columns were said, and that was read."""
    hand_over(client, cast)
    take = TakeOver.objects.get()
    choose(client, cast, take)
    run_jobs()
    take.refresh_from_db()
    return take


def test_a_file_goes_from_its_columns_to_the_dossiers_and_back(college, cpe):
    response = hand_over(cpe, college)
    take = TakeOver.objects.get()
    assert response.url == at(college, "file", take.pk)
    text = shown(cpe.get(response.url))
    assert "3 lignes dans « absences.csv »" in text.replace("<b>", "").replace("</b>", "")
    assert "Trottinette en panne" in text
    assert choose(cpe, college, take).status_code == 302
    assert "Lecture du fichier" in shown(cpe.get(at(college, "file", take.pk)))
    assert run_jobs() == ["takeover.read"]
    text = shown(cpe.get(at(college, "file", take.pk)))
    assert "1 motif attend que vous disiez lequel des vôtres il est" in text
    assert "Le motif « Trottinette en panne » attend" in text
    bus = next(each for each in reasons_of_school() if each.code == "bus")
    take.refresh_from_db()
    place = [each["key"] for each in take.reasons].index("trottinette en panne")
    response = cpe.post(at(college, "reasons", take.pk), {f"motif_{place}": bus.pk}, follow=True)
    assert "C’est retenu, pour ce fichier et les suivants." in shown(response)
    run_jobs()
    assert "Reprendre ces lignes ?" in shown(cpe.get(at(college, "apply", take.pk)))
    cpe.post(at(college, "apply", take.pk))
    assert run_jobs()[0] == "takeover.apply"
    text = shown(cpe.get(at(college, "file", take.pk)))
    assert "Absences reprises" in text
    assert "Aucun élève de ce nom" in text
    assert sorted(AbsenceCase.objects.values_list("state", "standing")) == [("accepted", 0), ("refused", 2)]
    assert CountedHalfDay.objects.count() == 2
    take.refresh_from_db()
    assert take.data is None
    assert Remembered.objects.get(kind="reason").value == str(bus.pk)
    assert AuditEntry.objects.get(verb="takeover.apply").detail == {"lines": 2}
    assert "Annuler la reprise ?" in shown(cpe.get(at(college, "undo", take.pk)))
    response = cpe.post(at(college, "undo", take.pk), follow=True)
    assert "La reprise est annulée : tout est revenu comme avant." in shown(response)
    assert not AbsenceEntry.objects.exists()
    assert not CountedHalfDay.objects.exists()


def test_nobody_is_told_of_what_is_past(college, cpe):
    from pupitre.notifications.models import Notification

    take = ready(cpe, college)
    cpe.post(at(college, "apply", take.pk))
    run_jobs()
    assert AbsenceCase.objects.exists()
    assert not Notification.objects.exists()


def test_a_second_click_takes_nothing_more(college, cpe):
    take = ready(cpe, college)
    for _ in range(2):
        cpe.post(at(college, "apply", take.pk))
    assert run_jobs().count("takeover.apply") == 1
    assert AbsenceEntry.objects.count() == 1


def test_the_same_file_again_says_that_it_was_taken(college, cpe):
    take = ready(cpe, college)
    cpe.post(at(college, "apply", take.pk))
    run_jobs()
    hand_over(cpe, college)
    again = TakeOver.objects.latest("pk")
    choose(cpe, college, again)
    run_jobs()
    text = shown(cpe.get(at(college, "file", again.pk)))
    assert "Ce fichier a déjà été repris" in text
    assert "Déjà notée ici." in shown(cpe.get(at(college, "file", again.pk) + "?lignes=known"))


def test_a_take_over_is_taken_back_for_seven_days(college, cpe):
    take = ready(cpe, college)
    cpe.post(at(college, "apply", take.pk))
    run_jobs()
    with clock.at("2026-12-02T10:20"):
        client = college.sign_in(Client(), "cpe")
        response = client.post(at(college, "undo", take.pk), follow=True)
        assert "Une reprise s’annule pendant 7 jours." in shown(response)
    assert AbsenceEntry.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Ce fichier est vide"),
        (b"%PDF-1.7 rien", "est un document PDF"),
        (b"un texte\nsans colonnes\n", "n’est pas un tableau CSV"),
        (csv_of(*[ROWS[1]] * 100_001), "100 002 lignes"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_page_and_nothing_is_kept(college, cpe, data, sentence):
    response = hand_over(cpe, college, data)
    assert response.status_code == 422
    assert sentence in shown(response)
    assert not TakeOver.objects.exists()


def test_columns_that_name_nobody_come_back_with_what_was_chosen(college, cpe):
    hand_over(cpe, college)
    take = TakeOver.objects.get()
    response = choose(cpe, college, take, last_name="", starts_on="")
    text = shown(response)
    assert response.status_code == 422
    assert "Dites quelle colonne nomme l’élève" in text
    assert "Dites quelle colonne tient le jour." in text
    assert 'value="1" selected>Prénom' in text


def test_columns_are_remembered_for_the_next_file(college, cpe):
    titles = "Qui;Groupe;Quand"
    hand_over(cpe, college, csv_of("BELKACEM Inès;4B;03/11/2026", titles=titles))
    take = TakeOver.objects.get()
    assert take.columns == {}
    cpe.post(at(college, "columns", take.pk), {"nature": "absence", "student": "0", "division": "1", "starts_on": "2"})
    hand_over(cpe, college, csv_of("BELKACEM Inès;4B;04/11/2026", titles=titles))
    assert TakeOver.objects.latest("pk").columns == {"student": 0, "division": 1, "starts_on": 2}


def test_the_report_names_each_line_and_runs_nothing(college, cpe):
    take = ready(cpe, college)
    text = cpe.get(at(college, "report", take.pk)).content.decode()
    assert "Absences;3;1;0;1;1" in text
    assert "INCONNU =Zoé, 4B, 03/11/2026" in text
    assert "4;Absences;Refusée" in text


def test_a_file_given_up_is_removed(college, cpe):
    take = ready(cpe, college)
    response = cpe.post(at(college, "abandon", take.pk), follow=True)
    assert "Le fichier est abandonné" in shown(response)
    take.refresh_from_db()
    assert (take.state, take.data, take.issues.count()) == ("abandoned", None, 0)


def test_a_job_that_breaks_says_so_and_may_be_started_again(college, cpe):
    hand_over(cpe, college)
    take = TakeOver.objects.get()
    choose(cpe, college, take)
    whole = take.data
    TakeOver.objects.update(data=b"broken")
    run_jobs()
    assert "La reprise s’est interrompue" in shown(cpe.get(at(college, "file", take.pk)))
    TakeOver.objects.update(data=whole)
    cpe.post(at(college, "restart", take.pk))
    run_jobs()
    assert "Fichier à vérifier" in shown(cpe.get(at(college, "file", take.pk)))


def test_the_page_of_a_file_costs_the_same_whatever_it_holds(college, cpe):
    few = ready(cpe, college)
    address = at(college, "file", few.pk)
    cpe.get(address)
    before = len(statements_of(lambda: cpe.get(address)))
    hand_over(cpe, college, csv_of(*ROWS * 40))
    many = TakeOver.objects.latest("pk")
    choose(cpe, college, many)
    run_jobs()
    assert len(statements_of(lambda: cpe.get(at(college, "file", many.pk)))) == before


def test_the_progress_page_changes_when_the_work_is_over(college, cpe):
    hand_over(cpe, college)
    take = TakeOver.objects.get()
    choose(cpe, college, take)
    address = at(college, "file", take.pk) + "?suivi=1"
    assert cpe.get(address, headers={"HX-Request": "true"}).status_code == 204
    run_jobs()
    assert cpe.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == at(college, "file", take.pk)


def test_files_are_seen_by_their_school_alone(college, cpe):
    take = ready(cpe, college)
    neighbour = college.sign_in(Client(), "enseignante-voisine")
    with clock.at(TUESDAY):
        address = reverse("takeover:file", args=[college.neighbour.uai, take.pk])
        assert neighbour.get(address).status_code == 404


MARKS = csv_of(
    "BELKACEM;Inès;14/05/2013;Mathématiques;15/09/2026;Fractions;14,5",
    "BELKACEM;Inès;14/05/2013;Maths expertes;16/09/2026;Vecteurs;12",
    titles="Nom;Prénom;Né(e) le;Matière;Date;Devoir;Note",
)


def test_marks_go_from_their_columns_to_the_gradebook(college):
    first_term()
    office = college.sign_in(Client(), "secretaire")
    hand_over(office, college, MARKS, "notes.csv")
    take = TakeOver.objects.get()
    text = shown(office.get(at(college, "file", take.pk)))
    assert "Titre de l’évaluation" in text
    columns = {key: str(place) for key, place in take.columns.items()}
    office.post(
        at(college, "columns", take.pk), {"nature": "mark", "origine": "PRONOTE", "annee": "", "periode": "", **columns}
    )
    run_jobs()
    text = shown(office.get(at(college, "file", take.pk)))
    assert "1 matière attend que vous disiez laquelle des vôtres elle est" in text
    office.post(at(college, "apply", take.pk))
    run_jobs()
    text = shown(office.get(at(college, "file", take.pk)))
    assert "Notes reprises" in text
    assert StudentMark.objects.get().points == Decimal("14.5")
    office.post(at(college, "undo", take.pk))
    assert not StudentMark.objects.exists()


def test_what_misses_among_the_columns_comes_back_with_what_was_typed(college):
    office = college.sign_in(Client(), "secretaire")
    hand_over(office, college, MARKS, "notes.csv")
    take = TakeOver.objects.get()
    response = office.post(at(college, "columns", take.pk), {"nature": "mark", "origine": "PRONOTE", "last_name": "0"})
    text = shown(response)
    assert response.status_code == 422
    assert "Dites quelle colonne nomme l’élève" in text
    assert "Dites quelle colonne nomme la matière" in text
    assert "Dites quelle colonne tient la note." in text
    assert 'value="PRONOTE"' in text
    response = office.post(at(college, "columns", take.pk), {"nature": "mark", "origine": "x" * 41})
    assert "Quarante signes au plus" in shown(response)


def test_lines_said_to_be_something_else_have_their_columns_looked_for_again(college):
    office = college.sign_in(Client(), "secretaire")
    hand_over(office, college, MARKS, "export-absences.csv")
    take = TakeOver.objects.get()
    assert take.thing == "absence"
    response = office.post(at(college, "columns", take.pk), {"nature": "mark"}, follow=True)
    assert "Voici les colonnes de cette sorte de lignes" in shown(response)
    take.refresh_from_db()
    assert (take.thing, take.state, "mark" in take.columns) == ("mark", "to_map", True)


def test_school_life_takes_no_mark_over(college, cpe):
    response = hand_over(cpe, college, MARKS, "notes.csv")
    assert response.status_code == 422
    assert "se reprennent à la direction ou au secrétariat" in shown(response)
    hand_over(cpe, college, MARKS, "export-absences.csv")
    take = TakeOver.objects.get()
    assert cpe.post(at(college, "columns", take.pk), {"nature": "mark"}).status_code == 422
    take.refresh_from_db()
    assert take.thing == "absence"
    assert "Des modèles pour les notes" not in shown(cpe.get(at(college, "files")))


def test_models_are_downloaded_and_can_be_handed_over(college):
    office = college.sign_in(Client(), "secretaire")
    for name, thing in (("notes", "mark"), ("moyennes", "average"), ("bulletins", "bulletin")):
        response = office.get(reverse("takeover:model", args=[college.college.uai, name]))
        assert f'filename="modele-{name}.csv"' in response.headers["Content-Disposition"]
        hand_over(office, college, response.content, f"modele-{name}.csv")
        assert TakeOver.objects.latest("pk").thing == thing
    assert office.get(reverse("takeover:model", args=[college.college.uai, "rien"])).status_code == 404
