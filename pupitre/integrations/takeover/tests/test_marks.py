"""Marks of another tool: in the right course and term, shown by the rule of the gradebook, and taken back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Student
from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.gradebook.models import Assessment, ClassTerm, MarkVersion, StudentMark
from pupitre.gradebook.tests.factories import assessed, course_of, first_term
from pupitre.integrations.takeover.models import Remembered, TakeOver, Thing
from pupitre.integrations.takeover.services.analysing import analyse
from pupitre.integrations.takeover.services.applying import apply, undo
from pupitre.integrations.takeover.services.receiving import choose_thing, have_read, receive
from pupitre.integrations.takeover.tests.factories import csv_of, issues
from pupitre.notifications.models import Notification
from tests.statements import statements_of

TITLES = "Élève;Classe;Matière;Professeur;Date;Devoir;Note;Barème;Coefficient;Période;Remarque"
INES, ELIAS = "BELKACEM Inès;4B", "BELKACEM Elias;6C"


@pytest.fixture
def term(college):
    return first_term()


def marks_file(*rows, titles=TITLES, said=None, **more):
    take = receive("notes.csv", csv_of(*rows, titles=titles), actor=None, said=said or {"origin": "PRONOTE"}, **more)
    analyse(take)
    return take


def test_marks_become_assessments_of_their_course_and_term(college, term):
    enrol(PersonFactory(last_name="GUÉRIN", first_name="Malo"), college.groups["4B"])
    take = marks_file(
        f"{INES};Mathématiques;Mme Roussel;15/09/2026;Fractions;14,5;20;2;Trimestre 1;Bon travail",
        "GUÉRIN Malo;4B;Mathématiques;Mme Roussel;15/09/2026;Fractions;Abs;20;2;Trimestre 1;",
        f"{INES};Français;M. Lemoine;22/09/2026;;7.25/10;;;;",
        f"{ELIAS};Mathématiques;;22/09/2026;Calcul;N.Rdu;;;;",
    )
    assert issues(take) == []
    assert take.counts == {"mark": {"read": 4, "taken": 4}}
    apply(take, actor=None)
    fractions = Assessment.objects.get(title="Fractions")
    assert (fractions.course_id, fractions.term_id) == (course_of(college.groups["4B"]).pk, term.pk)
    assert (fractions.held_on, fractions.scale, fractions.coefficient) == (dt.date(2026, 9, 15), 20, Decimal(2))
    assert fractions.description == "Repris de PRONOTE."
    marks = StudentMark.objects.order_by("assessment__held_on", "pk")
    assert list(marks.values_list("student__person__first_name", "points", "annotation", "remark")) == [
        ("Inès", Decimal("14.5"), "", "Bon travail"),
        ("Malo", None, "absent", ""),
        ("Inès", Decimal("7.25"), "", ""),
        ("Elias", None, "not_handed_in", ""),
    ]
    french = Assessment.objects.get(course=course_of(college.groups["4B"], "020700"))
    assert (french.title, french.scale) == ("Évaluation du 22/09/2026", 10)
    assert MarkVersion.objects.count() == 4
    # Shown by the rule of the school: students now, guardians a day later. Nobody is told.
    assert fractions.guardian_sees_at - fractions.student_sees_at == dt.timedelta(hours=24)
    assert not Notification.objects.exists()


def test_a_student_reads_where_a_mark_comes_from(college, term):
    apply(marks_file(f"{INES};Mathématiques;;15/09/2026;Fractions;14,5;20;1;;"), actor=None)
    student = Student.objects.get(person=college.people["eleve"])
    page = college.sign_in(Client(), "eleve").get(reverse("gradebook:student", args=[college.college.uai, student.pk]))
    assert "Repris de PRONOTE." in page.content.decode()


@pytest.mark.parametrize(
    ("row", "fate", "sentence"),
    [
        (f"{INES};Mathématiques;;15/09/2026;A;21;20;1;;", "refused", "dépasse"),
        (f"{INES};Mathématiques;;15/09/2026;A;treize;20;1;;", "refused", "n’est ni une note ni une lettre connue"),
        (f"{INES};Mathématiques;;15/09/2026;A;12/10;20;1;;", "refused", "est sur 20"),
        (f"{INES};Mathématiques;;15/09/2026;A;;20;1;;", "refused", "Aucune note sur cette ligne"),
        (f"{INES};Mathématiques;;15/09/2026;A;12;vingt;1;;", "refused", "n’est pas un barème"),
        (f"{INES};Mathématiques;;15/09/2026;A;12;20;beaucoup;;", "refused", "n’est pas un coefficient"),
        (f"{INES};Mathématiques;;;A;12;20;1;;", "refused", "Il manque le jour"),
        (f"{INES};Mathématiques;;31/02/2026;A;12;20;1;;", "refused", "n’est pas une date"),
        (f"{INES};Mathématiques;;15/12/2026;A;12;20;1;;", "refused", "est à venir"),
        (f"{INES};Mathématiques;;15/09/2025;A;12;20;1;;", "refused", "reprenez les moyennes ou les bulletins"),
        (f"{INES};Mathématiques;;15/09/2026;A;12;20;1;Semestre 1;", "refused", "n’existe pas ici (T1, T2, T3)"),
        (f"{INES};Mathématiques;;15/09/2026;A;12;20;1;Brevet;", "refused", "« Brevet » n’est pas une période"),
        (f"{ELIAS};Français;;15/09/2026;A;12;20;1;;", "refused", "Aucun service d’enseignement"),
        ("INCONNU Zoé;4B;Mathématiques;;15/09/2026;A;12;20;1;;", "refused", "Aucun élève de ce nom"),
        ("BELKACEM Elias;4B;Mathématiques;;15/09/2026;A;12;20;1;;", "held", "dans une autre classe"),
        (f"{INES};Sculpture;;15/09/2026;A;12;20;1;;", "held", "attend que vous disiez laquelle"),
        (f"{INES};Mathématiques;;15/09/2026;A;Abs*;20;1;;", "held", "si elle compte zéro"),
    ],
)
def test_what_is_not_taken_says_why_and_the_rest_is(college, term, row, fate, sentence):
    take = marks_file(row, f"{INES};Mathématiques;;16/09/2026;B;15;20;1;;")
    ((number, told, why),) = issues(take)
    assert (number, told) == (2, fate)
    assert sentence in why
    apply(take, actor=None)
    assert StudentMark.objects.get().points == 15


def test_a_closed_class_takes_no_mark(college, term):
    ClassTerm(term=term, division=college.groups["4B"], entry_ends_on=dt.date(2026, 11, 20)).save()
    ((_n, fate, why),) = issues(marks_file(f"{INES};Mathématiques;;15/09/2026;A;12;20;1;;"))
    assert fate == "refused"
    assert "la saisie est close depuis le 20/11/2026" in why


def test_nothing_is_taken_twice_and_two_marks_for_one_cell_wait(college, term):
    row = f"{INES};Mathématiques;;15/09/2026;Fractions;12;20;1;;"
    apply(marks_file(row), actor=None)
    again = marks_file(
        row, f"{INES};Mathématiques;;15/09/2026;fractions;13;20;1;;", f"{INES};Français;;15/09/2026;A;9;20;1;;"
    )
    assert [fate for _n, fate, _why in issues(again)] == ["known", "held"]
    apply(again, actor=None)
    assert (Assessment.objects.count(), StudentMark.objects.count()) == (2, 2)


def test_marks_join_the_assessment_that_is_here_unless_its_scale_is_another(college, term):
    here = assessed(course_of(college.groups["4B"]), "Fractions", held_on=dt.date(2026, 9, 15), term=term)
    apply(marks_file(f"{INES};Mathématiques;;15/09/2026;FRACTIONS;12;20;1;;"), actor=None)
    assert StudentMark.objects.get().assessment == here
    enrol(PersonFactory(last_name="GUÉRIN", first_name="Malo"), college.groups["4B"])
    ((_n, fate, why),) = issues(marks_file("GUÉRIN Malo;4B;Mathématiques;;15/09/2026;Fractions;8;10;1;;"))
    assert fate == "held"
    assert "déjà écrite sur 20" in why


def test_taken_back_but_for_what_somebody_changed(college, term):
    take = marks_file(
        f"{INES};Mathématiques;;15/09/2026;Fractions;12;20;1;;", f"{INES};Mathématiques;;16/09/2026;Calcul;13;20;1;;"
    )
    apply(take, actor=None)
    StudentMark.objects.filter(assessment__title="Calcul").update(points=14, version=2)
    assert undo(take, actor=None) == 1
    assert Assessment.objects.get().title == "Calcul"
    assert StudentMark.objects.count() == 1


def test_a_subject_is_asked_once_and_remembered(college, term):
    take = marks_file(f"{INES};Maths 4e;;15/09/2026;A;12;20;1;;", f"{INES};Latin;;15/09/2026;A;12;20;1;;")
    assert [(each["text"], each["subject"]) for each in take.subjects] == [("Maths 4e", None), ("Latin", None)]
    client = college.sign_in(Client(), "principal")
    address = reverse("takeover:subjects", args=[college.college.uai, take.pk])
    maths = course_of(college.groups["4B"]).subject_id
    client.post(address, {"matiere_0": str(maths), "matiere_1": "0"})
    assert dict(Remembered.objects.filter(kind="subject").values_list("outside", "value")) == {
        "maths 4e": str(maths), "latin": "0",
    }  # fmt: skip
    take.refresh_from_db()
    analyse(take)
    ((_n, fate, why),) = issues(take)
    assert (fate, take.counts["mark"]["taken"]) == ("refused", 1)
    assert "n’est aucune des vôtres" in why


def test_a_column_an_assessment(college, term):
    maths = course_of(college.groups["4B"]).subject_id
    take = marks_file(
        f"{INES};14,5;8;;Abs",
        titles="Élève;Classe;Fractions 15/09/2026 coef 2;Calcul 22/09 /10;Vide 23/09;Oral 24/09",
        said={"origin": "PRONOTE", "subject": maths},
    )
    assert issues(take) == []
    apply(take, actor=None)
    assert list(Assessment.objects.order_by("held_on").values_list("title", "scale", "coefficient")) == [
        ("Fractions", 20, 2), ("Calcul", 10, 1), ("Oral", 20, 1),
    ]  # fmt: skip


def test_reading_costs_the_same_whatever_the_lines(college, term):
    few = marks_file(f"{INES};Mathématiques;;15/09/2026;A;12;20;1;;")
    many = receive(
        "notes.csv",
        csv_of(*(f"{INES};Mathématiques;;{day:02}/10/2026;A;{day % 20};20;1;;" for day in range(1, 31)), titles=TITLES),
        actor=None,
    )
    assert len(statements_of(lambda: analyse(many))) == len(statements_of(lambda: analyse(few)))
    assert TakeOver.objects.get(pk=many.pk).counts["mark"]["taken"] == 30


def test_a_page_shown_before_the_file_was_taken_changes_nothing_of_it(college, term):
    """Two people on one file: what it gave can still be taken back."""
    take = marks_file(f"{INES};Mathématiques;Mme Roussel;15/09/2026;Fractions;14,5;20;2;Trimestre 1;")
    stale = TakeOver.objects.get(pk=take.pk)
    apply(take, actor=None)
    choose_thing(stale, Thing.ABSENCE)
    have_read(stale)
    found = TakeOver.objects.get(pk=take.pk)
    assert (found.state, found.thing) == (TakeOver.State.APPLIED, Thing.MARK)
    assert undo(found, actor=None) == 0
    assert not StudentMark.objects.exists()
