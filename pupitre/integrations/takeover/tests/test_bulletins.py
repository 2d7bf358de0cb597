"""Averages and bulletins of past periods: kept apart as the other tool gave them, read by families, and taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Student
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, FinalAverage
from pupitre.gradebook.tests.factories import first_term
from pupitre.integrations.takeover.services.analysing import analyse
from pupitre.integrations.takeover.services.applying import apply, undo
from pupitre.integrations.takeover.services.receiving import receive
from pupitre.integrations.takeover.tests.factories import csv_of, issues
from pupitre.notifications.models import Notification
from pupitre.reportcards.models import PastCard, PastResult, PastWhole, ReportCard
from pupitre.reportcards.services.council import reopen_cards, validate_cards
from pupitre.reportcards.tests.factories import given

AVERAGES = "Élève;Classe;Année scolaire;Période;Matière;Professeur;Moyenne;Moyenne classe;Appréciation"
BULLETINS = (
    "Élève;Né(e) le;Classe;Année scolaire;Période;Moyenne générale;Moyenne classe;Appréciation générale;Mention;"
    "Demi-journées;Non justifiées;Retards"
)
INES = "BELKACEM Inès;14/05/2013;5A"


def handed(titles, *rows, name, said=None):
    take = receive(name, csv_of(*rows, titles=titles), actor=None, said={"origin": "PRONOTE", **(said or {})})
    analyse(take)
    return take


def averages(*rows, titles=AVERAGES, said=None):
    return handed(titles, *rows, name="moyennes.csv", said=said)


def bulletins(*rows, titles=BULLETINS, said=None):
    return handed(titles, *rows, name="bulletins.csv", said=said)


@pytest.fixture
def ines(college):
    return Student.objects.get(person=college.people["eleve"])


def page(college, slug, card):
    client = college.sign_in(Client(), slug)
    return client.get(reverse("reportcards:past", args=[college.college.uai, card.student_id, card.pk]))


def test_two_files_make_one_bulletin_of_a_year_that_is_not_known_here(college, ines):
    row = "BELKACEM Inès;4B;2025-2026;Trimestre 3"
    first = averages(f"{row};Mathématiques;M. Ferry;13,42;11,8;Bon trimestre.", f"{row};Français;Mme Leroy;Disp;12,35;")
    second = bulletins(f"{INES};2025-2026;3e trimestre;14,2;12,05;Un très bon trimestre.;Compliments;2;0;1")
    assert (issues(first), issues(second)) == ([], [])
    apply(first, actor=None)
    apply(second, actor=None)
    card = PastCard.objects.get()
    assert (card.student, card.year, card.period, card.origin) == (ines, 2025, "T3", "PRONOTE")
    assert list(card.results.order_by("subject").values_list("subject", "value", "class_value")) == [
        ("Français", "Disp", "12,35"), ("Mathématiques", "13,42", "11,80"),
    ]  # fmt: skip
    whole = card.wholes.get()
    assert (whole.value, whole.mention, whole.half_days, whole.unjustified, whole.lates) == (
        "14,20",
        "Compliments",
        2,
        0,
        1,
    )
    # Nothing enters what is computed here, and nobody is told.
    assert not Assessment.objects.exists()
    assert not FinalAverage.objects.exists()
    assert not ReportCard.objects.exists()
    assert not Notification.objects.exists()
    text = page(college, "parent", card).content.decode()
    for told in ("repris de PRONOTE", "Mathématiques", "13,42", "Bon trimestre.", "Compliments", "14,20"):
        assert told in text


def test_who_reads_it(college, ines):
    apply(bulletins(f"{INES};2025-2026;T3;14;12;;;;;"), actor=None)
    card = PastCard.objects.get()
    readers = ("eleve", "parent", "cpe", "principal", "collegue", "secretaire", "parent-voisin")
    assert {slug: page(college, slug, card).status_code for slug in readers} == {
        "eleve": 200, "parent": 200, "cpe": 200, "principal": 200, "collegue": 404, "secretaire": 404, "parent-voisin": 404,
    }  # fmt: skip


def test_families_wait_for_the_open_hours(college, ines):
    with clock.at("2026-11-23T22:30"):
        apply(bulletins(f"{INES};2025-2026;T3;14;12;;;;;"), actor=None)
        assert page(college, "parent", PastCard.objects.get()).status_code == 404
    assert page(college, "parent", PastCard.objects.get()).status_code == 200


def test_it_is_listed_apart(college, ines):
    apply(bulletins(f"{INES};2025-2026;T3;14,2;12;;;;;"), actor=None)
    address = reverse("reportcards:listed", args=[college.college.uai, ines.pk])
    text = college.sign_in(Client(), "eleve").get(address).content.decode()
    assert "Repris de l’ancien outil" in text
    assert "Troisième trimestre 2025-2026" in text
    assert "Pas encore de bulletin" not in text


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2025-2026;Trimestre 3;21;12;;;;;", "« 21 » n’est pas une moyenne sur 20"),
        ("2025-2026;Trimestre 3;bien;12;;;;;", "« bien » n’est pas une moyenne"),
        ("2025-2026;Trimestre 3;;;;;;;", "Cette ligne ne dit rien"),
        ("2025-2026;Trimestre 3;12;12;;;deux;;", "« deux » n’est pas un nombre"),
        ("l’an dernier;Trimestre 3;12;12;;;;;", "n’est pas une année scolaire"),
        ("2025-2026;;12;12;;;;;", "Il manque la période"),
        ("2025-2026;Noël;12;12;;;;;", "« Noël » n’est pas une période"),
        ("2027-2028;Trimestre 1;12;12;;;;;", "2027-2028 est à venir"),
        ("2026-2027;Semestre 1;12;12;;;;;", "S1 n’existe pas cette année ici (T1, T2, T3)"),
        ("2026-2027;Trimestre 1;12;12;;;;;", "n’est pas fini"),
        ("2026-2027;Année;12;12;;;;;", "L’année en cours n’est pas finie"),
        (f"2025-2026;Trimestre 3;12;12;{'x' * 1001};;;;", "1001 signes"),
    ],
)
def test_what_is_not_taken_says_why_and_the_rest_is(college, ines, row, sentence):
    first_term()
    take = bulletins(f"{INES};{row}", f"{INES};2024-2025;T1;11;12;;;;;")
    ((number, fate, why),) = issues(take)
    assert (number, fate) == (2, "refused")
    assert sentence in why
    apply(take, actor=None)
    assert PastCard.objects.get().year == 2024


def test_a_bulletin_of_ours_is_the_one_that_holds(college, ines):
    term = first_term()
    head = college.people["principal"]
    actor = Actor(head.user_id, head.pk, college.college.pk, college.college.uai)
    given(college.groups["4B"], term, ines, actor)
    term.ends_on = "2026-11-20"
    term.save()
    ((_n, fate, why),) = issues(bulletins(f"{INES};;Trimestre 1;12;12;;;;;"))
    assert fate == "refused"
    assert "déjà remis par Pupitre" in why


def test_a_bulletin_that_the_council_validated_does_not_change(college, ines):
    term = first_term()
    head = college.people["principal"]
    actor = Actor(head.user_id, head.pk, college.college.pk, college.college.uai)
    division = college.groups["4B"]
    validate_cards(division=division, term=term, students=[ines.pk], actor=actor)
    term.ends_on = "2026-11-20"
    term.save()
    row = f"{INES};;Trimestre 1;12;12;;;;;"
    ((_n, fate, why),) = issues(bulletins(row))
    assert fate == "refused"
    assert "arrêté ici par le conseil" in why
    reopen_cards(division=division, term=term, students=None, why="Reprise de PRONOTE.", actor=actor)
    assert issues(bulletins(row)) == []


def test_a_period_of_this_year_that_is_over_is_taken_with_the_class(college, ines):
    term = first_term()
    term.ends_on = "2026-11-20"
    term.save()
    row, titles = "BELKACEM Inès;4B;Mathématiques;15,5", "Élève;Classe;Matière;Moyenne"
    take = averages(row, titles=titles, said={"period": "T1"})
    assert issues(take) == []
    apply(take, actor=None)
    assert (PastCard.objects.get().division, PastCard.objects.get().year) == ("4B", 2026)


def test_a_column_a_subject(college, ines):
    take = averages(
        "BELKACEM Inès;4B;12,5;9;11,2", titles="Élève;Classe;Français;Mathématiques;Moyenne générale",
        said={"year": 2025, "period": "T2"},
    )  # fmt: skip
    assert take.counts == {"average": {"read": 2, "taken": 2}}
    apply(take, actor=None)
    assert set(PastResult.objects.values_list("subject", "value")) == {("Français", "12,50"), ("Mathématiques", "9,00")}


def test_nothing_is_taken_twice(college, ines):
    row = "BELKACEM Inès;4B;2025-2026;T3;Mathématiques;M. Ferry;13;11;"
    apply(averages(row), actor=None)
    again = averages(row, row.replace("Mathématiques", "Français"), row.replace("Mathématiques", "FRANÇAIS"))
    assert [(number, fate) for number, fate, _why in issues(again)] == [(2, "known"), (4, "known")]
    apply(again, actor=None)
    assert (PastCard.objects.count(), PastResult.objects.count()) == (1, 2)


def test_taken_back_file_by_file(college, ines):
    first = averages("BELKACEM Inès;4B;2025-2026;T3;Mathématiques;M. Ferry;13;11;")
    apply(first, actor=None)
    second = bulletins(f"{INES};2025-2026;T3;14;12;;;;;")
    apply(second, actor=None)
    assert undo(first, actor=None) == 0
    assert (PastCard.objects.count(), PastResult.objects.count(), PastWhole.objects.count()) == (1, 0, 1)
    assert undo(second, actor=None) == 0
    assert not PastCard.objects.exists()
