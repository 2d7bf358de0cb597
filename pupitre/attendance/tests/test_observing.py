"""Observations: noted at a lesson, read by the family, counted by the alerts."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import Indicator, Observation
from pupitre.attendance.queries.watching import watched_students
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.observing import observe
from pupitre.attendance.tests.factories import TUESDAY, register, student
from pupitre.notifications.models import Notification


def shown(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def at(cast, name, pk):
    return reverse(f"attendance:{name}", args=[cast.college.uai, pk])


def noted(roll, ines, actor, kind="notebook", text="", is_shown=True):
    return observe(roll_call=roll, students=[ines.pk], kind=kind, text=text, is_shown=is_shown, actor=actor)


@pytest.fixture
def ines(college):
    return student(college.people["eleve"])


@pytest.fixture
def roll(college):
    return register("4B", "10:10")


def test_a_teacher_notes_a_forgotten_notebook_and_the_family_says_to_have_read_it(
    college, ines, roll, django_capture_on_commit_callbacks
):
    teacher, parent = college.sign_in(Client(), "collegue"), college.sign_in(Client(), "parent")
    page, record = at(college, "observations", roll.pk), at(college, "record", ines.pk)
    assert page in teacher.get(reverse("attendance:roll_call", args=[college.college.uai, roll.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"eleve": [ines.pk], "nature": "notebook", "montrer": "on"}
        assert teacher.post(page, sent).status_code == 302
    assert "Inès Belkacem : carnet oublié" in shown(teacher.get(page))
    assert Notification.objects.get().person == college.people["parent"]
    assert "Inès : 1 observation à lire" in shown(parent.get("/famille/"))
    assert "Carnet oublié" in shown(parent.get(record))
    pk = Observation.objects.get().pk
    assert parent.post(at(college, "read_observation", pk)).status_code == 302
    assert "lue par Mme Belkacem" in shown(teacher.get(page))
    assert "observation à lire" not in shown(parent.get("/famille/"))


def test_what_is_not_shown_is_for_the_staff(college, ines, roll, colleague):
    noted(roll, ines, colleague, "work", "Exercice 3", is_shown=False)
    record = at(college, "record", ines.pk)
    for slug, reads in (("parent", False), ("eleve", False), ("cpe", True), ("enseignante", True)):
        assert ("Exercice 3" in shown(college.sign_in(Client(), slug).get(record))) is reads, slug
    pk = Observation.objects.get().pk
    assert college.sign_in(Client(), "parent").post(at(college, "read_observation", pk)).status_code == 404
    assert not Notification.objects.exists()


def test_only_its_author_takes_it_back(college, ines, roll, colleague, cpe):
    noted(roll, ines, colleague)
    page, pk = at(college, "observations", roll.pk), Observation.objects.get().pk
    assert college.sign_in(Client(), "cpe").post(page, {"retirer": pk}).status_code == 404
    assert college.sign_in(Client(), "collegue").post(page, {"retirer": pk}).status_code == 302
    assert not Observation.objects.exists()


def test_what_is_missing_is_said_and_what_was_typed_stays(college, ines, roll):
    teacher, page = college.sign_in(Client(), "collegue"), at(college, "observations", roll.pk)
    answer = teacher.post(page, {"nature": "other", "texte": "", "eleve": [ines.pk]})
    assert answer.status_code == 422
    assert "sans texte, personne ne la comprendrait" in shown(answer)
    answer = teacher.post(page, {"nature": "other", "texte": "Très bonne participation", "eleve": ["999999999", "x"]})
    assert answer.status_code == 422
    assert "Aucun élève n’est coché" in shown(answer)
    assert "Très bonne participation" in shown(answer)


def test_a_lesson_that_has_not_begun_has_no_observation(college, ines, colleague):
    with pytest.raises(Refusal, match="n’a pas commencé"):
        noted(register("4B", "13:30"), ines, colleague)


def test_said_again_of_the_same_lesson_it_replaces(college, ines, roll, colleague):
    for text in ("Premier mot", "Second mot"):
        noted(roll, ines, colleague, "other", text)
    assert [each.text for each in Observation.objects.all()] == ["Second mot"]


def test_three_forgotten_notebooks_are_an_alert(college, ines, roll, colleague, cpe):
    noted(roll, ines, colleague)
    for day in (10, 17):
        noted(register("4B", "10:10", TUESDAY.replace(day=day)), ines, colleague)
    assert [(each.rule.indicator, len(each.half_days)) for each in watched_students(cpe)] == [(Indicator.NOTEBOOK, 3)]
