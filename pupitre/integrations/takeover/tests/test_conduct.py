"""Incidents, punishments and sanctions of another tool: taken with the delays of the law, and taken back."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceEntry
from pupitre.discipline.models import Incident, IncidentPerson, Punishment, RegisterEntry, Sanction
from pupitre.integrations.takeover.services.applying import apply, undo
from pupitre.integrations.takeover.tests.factories import handed_over, issues
from pupitre.notifications.models import Notification

TITLES = "Élève;Classe;Nature;Sanction;Date;Au;Heure;Motif;Gravité;Lieu;Rôle;Demandeur;Commentaire"
INES, ELIAS = "BELKACEM Inès;4B", "BELKACEM Elias;6C"


def file_of(*rows):
    return handed_over(*rows, titles=TITLES, name="suivi.csv")


def test_each_is_taken_as_what_it_is(college):
    take = file_of(
        f"{INES};Incident;Injure;03/11/2026;;10h15;Dans la cour;3;Cour;Auteur;M. Dupont;",
        f"{ELIAS};Incident;Injure;03/11/2026;;10h15;Dans la cour;3;Cour;Victime;M. Dupont;",
        f"{INES};Retenue;;05/11/2026;;;Travail non fait;;;;Mme Roussel;Exercice 4",
        f"{INES};Exclusion de cours;;06/11/2026;;;Bavardages;;;;M. Lemoine;",
        f"{INES};Sanction;Avertissement;09/11/2026;;;Insolence;;;;Mme Vasseur;",
        f"{INES};Sanction;Exclusion temporaire de l'établissement;12/11/2026;14/11/2026;;Violence;;;;Mme Vasseur;",
    )
    assert issues(take) == []
    assert {thing: counts["taken"] for thing, counts in take.counts.items()} == {
        "incident": 2, "punishment": 2, "sanction": 2,
    }  # fmt: skip
    apply(take, actor=None)
    incident = Incident.objects.get()
    assert (incident.kind, incident.gravity, incident.place, incident.author_name) == ("verbal", 3, "Cour", "M. Dupont")
    assert incident.closed_at is not None
    assert set(IncidentPerson.objects.values_list("student__person__first_name", "role")) == {
        ("Inès", "offender"), ("Elias", "victim"),
    }  # fmt: skip
    assert list(Punishment.objects.order_by("happened_on").values_list("kind", "state", "shown_at")) == [
        ("detention", "done", None),
        ("lesson_exclusion", "done", None),
    ]
    warning, exclusion = Sanction.objects.order_by("decided_on")
    assert (warning.erases_on, exclusion.erases_on) == (dt.date(2027, 9, 1), dt.date(2029, 9, 1))
    assert (exclusion.days, exclusion.decided_by_name) == (3, "Mme Vasseur")
    assert [line.facts for line in RegisterEntry.objects.all()] == ["Faits écrits au registre de l’ancien outil."] * 2
    # Nothing is written in registers of days gone by, nobody is told.
    assert not AbsenceEntry.objects.exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("row", "fate", "sentence"),
    [
        ("Sanction;Avertissement;09/06/2026;;;x;;;;;", "refused", "Effacée du dossier depuis le 01/09/2026 (R511-13)"),
        ("Sanction;Blâme;09/06/2024;;;x;;;;;", "refused", "Effacée du dossier depuis le 01/09/2025"),
        ("Sanction;Blâme avec sursis;09/11/2026;;;x;;;;;", "held", "assortie du sursis"),
        ("Sanction;Mise au coin;09/11/2026;;;x;;;;;", "refused", "« Mise au coin » n’est pas de celles"),
        ("Sanction;Exclusion temporaire;02/11/2026;12/11/2026;;x;;;;;", "refused", "huit jours au plus"),
        ("Punition;Retenue;09/11/2024;;;x;;;;;", "refused", "celle-ci est plus ancienne"),
        ("Punition;Retenue;09/12/2026;;;x;;;;;", "refused", "est à venir"),
        ("Incident;Bagarre;09/11/2026;;;x;8;;;;", "refused", "n’est pas une gravité de 1 à 5"),
        ("Punition;Retenue;12/11/2026;09/11/2026;;x;;;;;", "refused", "vient avant le début"),
    ],
)
def test_what_is_not_taken_says_why(college, row, fate, sentence):
    ((_number, told, why),) = issues(file_of(f"{INES};{row}"))
    assert told == fate
    assert sentence in why.replace("\N{NO-BREAK SPACE}", " ")


def test_sanctions_of_former_years_that_still_stand_are_taken(college):
    apply(file_of(f"{INES};Sanction;Exclusion temporaire de la classe;09/06/2025;;;x;;;;;"), actor=None)
    assert Sanction.objects.get().erases_on == dt.date(2027, 9, 1)
    assert RegisterEntry.objects.get().year == 2024


def test_nothing_is_taken_twice(college):
    rows = (f"{INES};Retenue;;05/11/2026;;;x;;;;;", f"{INES};Sanction;Blâme;05/11/2026;;;x;;;;;")
    apply(file_of(*rows), actor=None)
    again = file_of(*rows)
    assert again.counts["punishment"]["known"] == 1
    assert again.counts["sanction"]["known"] == 1
    apply(again, actor=None)
    assert (Punishment.objects.count(), Sanction.objects.count()) == (1, 1)


def test_taken_back_but_for_what_served_since(college):
    take = file_of(
        f"{INES};Retenue;;05/11/2026;;;x;;;;;",
        f"{INES};Sanction;Blâme;05/11/2026;;;x;;;;;",
        f"{INES};Incident;Vol;05/11/2026;;;x;;;;;",
        f"{ELIAS};Incident;Tabac;06/11/2026;;;x;;;;;",
    )
    apply(take, actor=None)
    Incident.objects.filter(kind="drugs").update(follow_up="Infirmière prévenue")
    assert undo(take, actor=None) == 1
    assert [each.kind for each in Incident.objects.all()] == ["drugs"]
    assert [table.objects.count() for table in (Punishment, Sanction)] == [0, 0]
    assert not RegisterEntry.objects.exists()


def test_a_family_reads_the_sanction_without_being_asked_to(college):
    apply(file_of(f"{INES};Sanction;Blâme;05/11/2026;;;Insolence;;;;;"), actor=None)
    address = reverse("discipline:sanction", args=[college.college.uai, Sanction.objects.get().pk])
    parent = college.sign_in(Client(), "parent")
    assert "décision de la direction" not in parent.get("/famille/").content.decode()
    page = parent.get(address)
    assert page.status_code == 200
    assert "Insolence" in page.content.decode()
