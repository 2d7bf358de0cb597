"""A family reads the exit regime, asks for another where the school lets it, and the office answers."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AttendanceRules, ExitRequest, StudentExit
from pupitre.attendance.services.exits import regimes_of_school
from pupitre.attendance.tests.factories import student
from pupitre.notifications.models import Notification


@pytest.fixture
def ines(college):
    return student(college.people["eleve"])


@pytest.fixture
def opened(college):
    AttendanceRules.objects.create(families_choose_exit=True)
    return regimes_of_school()


def shown(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def at(cast, name, pk):
    return reverse(f"attendance:{name}", args=[cast.college.uai, pk])


def test_a_family_asks_and_the_gate_follows_the_yes_of_the_office(
    college, ines, opened, django_capture_on_commit_callbacks
):
    parent, office = college.sign_in(Client(), "parent"), college.sign_in(Client(), "cpe")
    page, wanted = at(college, "exit_choice", ines.pk), opened[1]
    regimes = reverse("attendance:regimes", args=[college.college.uai])
    assert parent.post(page, {"regime": wanted.pk}).status_code == 302
    assert "En attente" in shown(parent.get(page))
    assert not StudentExit.objects.exists()
    assert "1 famille demande un régime de sortie" in shown(office.get("/"))
    assert "Demandé par Mme Belkacem" in shown(office.get(regimes))
    with django_capture_on_commit_callbacks(execute=True):
        answer = at(college, "answer_exit", ExitRequest.objects.get().pk)
        assert office.post(answer, {"reponse": "oui"}).status_code == 302
    assert StudentExit.objects.get().regime == wanted
    assert Notification.objects.get().person == college.people["parent"]
    assert "Acceptée" in shown(parent.get(page))
    assert "déjà répondu" in shown(office.post(answer, {"reponse": "non", "pourquoi": "x"}))


def test_a_no_says_why_and_changes_nothing(college, ines, opened):
    parent, office = college.sign_in(Client(), "parent"), college.sign_in(Client(), "cpe")
    page = at(college, "exit_choice", ines.pk)
    parent.post(page, {"regime": opened[1].pk})
    answer = at(college, "answer_exit", ExitRequest.objects.get().pk)
    silent = office.post(answer, {"reponse": "non"})
    assert silent.status_code == 422
    assert "Dites pourquoi vous refusez" in shown(silent)
    assert office.post(answer, {"reponse": "non", "pourquoi": "Élève de 6e : jamais seul."}).status_code == 302
    assert "Élève de 6e : jamais seul." in shown(parent.get(page))
    assert not StudentExit.objects.exists()


def test_where_the_school_does_not_let_families_choose_they_read(college, ines):
    parent = college.sign_in(Client(), "parent")
    page = at(college, "exit_choice", ines.pk)
    assert "appelez la vie scolaire" in shown(parent.get(page))
    refused = parent.post(page, {"regime": regimes_of_school()[0].pk})
    assert refused.status_code == 422
    assert not ExitRequest.objects.exists()


def test_a_regime_that_is_none_is_refused_in_a_sentence(college, ines, opened):
    parent = college.sign_in(Client(), "parent")
    for sent in ({}, {"regime": "x"}, {"regime": "999999999"}):
        answer = parent.post(at(college, "exit_choice", ines.pk), sent)
        assert answer.status_code == 422
        assert "Choisissez un des régimes proposés" in shown(answer)
