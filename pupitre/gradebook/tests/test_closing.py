"""A term that is closed for a class stays as it is, whatever way one takes (GRA-10)."""

import datetime as dt
from decimal import Decimal

import pytest

from pupitre.directory.models import Group, Membership
from pupitre.directory.tests.factories import make_group, make_subject
from pupitre.gradebook.models import Assessment, ClassTerm, ServicePart, SkillLevel
from pupitre.gradebook.queries.grid import grid_of
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.assessing import (
    add_part,
    change_assessment,
    create_assessment,
    delete_assessment,
    weigh_service,
)
from pupitre.gradebook.services.periods import open_terms
from pupitre.gradebook.services.ruling import set_final
from pupitre.gradebook.services.skills import choose_skills, note_levels
from pupitre.gradebook.tests.factories import HELD_ON, assessed, course_of, first_term, marked
from pupitre.timetable.tests.factories import make_course

ALGEBRA = "CPD_SCI.2"


@pytest.fixture
def second(college, assessment):
    """The second term of the year."""
    return open_terms(year=assessment.term.school_year, semesters=False, actor=None)[1]


@pytest.fixture
def close(college):
    def shut(division="4B"):
        dates = {"entry_ends_on": dt.date(2026, 11, 23)}
        ClassTerm.objects.update_or_create(
            establishment_id=college.college.pk, term=first_term(), division=college.groups[division], defaults=dates
        )

    return shut


@pytest.fixture
def elias(college):
    return college.groups["6C"].memberships.get().student


@pytest.fixture
def mixed(college, ines, elias):
    """A group of Latin with a student of the 4B, and one of the 6C."""
    group = make_group(college.college, "LATIN", Group.Kind.GROUP)
    for student in (ines, elias):
        Membership.objects.create(establishment=college.college, student=student, group=group, starts_on=HELD_ON)
    return make_course(group, make_subject(college.college, "020800", "Latin"), college.people["enseignante"])


def test_an_assessment_does_not_leave_a_closed_term(client_of, at, assessment, second, ines, teacher, close):
    marked(assessment, ines, "12", teacher)
    close()
    sent = {
        "title": assessment.title, "held_on": "2026-11-12", "kind": "written", "scale": "20", "coefficient": "1",
        "option": "none", "term": second.pk, "other_term": assessment.term_id, "description": "Tapé ici",
    }  # fmt: skip
    answer = client_of("enseignante").post(at("change", assessment.pk), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "la saisie est close depuis le 23\u00a0novembre" in page
    assert "Tapé ici" in page
    assert Assessment.objects.get().term_id == assessment.term_id


def test_an_assessment_never_enters_a_closed_term(assessment, second, teacher, close):
    Assessment.objects.update(term=second)
    close()
    assessment.refresh_from_db()
    assessment.other_term = first_term()
    with pytest.raises(Refusal, match="Seule la direction"):
        change_assessment(assessment=assessment, actor=teacher)
    made = Assessment(
        course=assessment.course, term=second, other_term=first_term(), title="Deux fois", held_on=HELD_ON
    )
    with pytest.raises(Refusal, match="Seule la direction"):
        create_assessment(assessment=made, actor=teacher)


def test_a_mark_that_counts_in_a_closed_term_too_does_not_change(assessment, second, ines, teacher, close):
    assessment.term, assessment.other_term = second, assessment.term
    assessment.save()
    marked(assessment, ines, "12", teacher)
    close()
    assert "close depuis le 23 novembre" in marked(assessment, ines, "18", teacher).sentence.replace("\u00a0", " ")
    assert grid_of(assessment.course, first_term()).averages[ines.pk] == 12


def test_in_a_group_one_closed_class_holds_what_everybody_shares(mixed, ines, elias, teacher, close):
    assessment = assessed(mixed, "Thème latin")
    marked(assessment, ines, "12", teacher)
    close()
    assessment.coefficient = Decimal(3)
    for gesture in (
        lambda: change_assessment(assessment=assessment, actor=teacher),
        lambda: delete_assessment(assessment=assessment, actor=teacher),
        lambda: weigh_service(course=mixed, term=first_term(), coefficient=Decimal(2), actor=teacher),
    ):
        with pytest.raises(Refusal, match="close depuis le 23\u00a0novembre pour 4B"):
            gesture()
    assert Assessment.objects.get(title="Thème latin").coefficient == 1
    # The other class goes on, in what exists and in what is new.
    assert marked(assessment, elias, "15", teacher).fate == "saved"
    made = Assessment(course=mixed, term=first_term(), title="Version latine", held_on=HELD_ON)
    create_assessment(assessment=made, actor=teacher)
    assert marked(made, ines, "9", teacher).fate == "refused"
    close("6C")
    made = Assessment(course=mixed, term=first_term(), title="Lexique", held_on=HELD_ON)
    with pytest.raises(Refusal, match="Seule la direction"):
        create_assessment(assessment=made, actor=teacher)


def test_in_a_group_what_is_empty_is_corrected_and_removed_while_one_class_is_open(mixed, elias, teacher, close):
    close()
    made = Assessment(course=mixed, term=first_term(), title="Version", held_on=HELD_ON)
    create_assessment(assessment=made, actor=teacher)
    marked(made, elias, "15", teacher)
    # Emptied, its cell is nothing again.
    marked(made, elias, "", teacher)
    made.title = "Version latine"
    change_assessment(assessment=made, actor=teacher)
    assert Assessment.objects.get().title == "Version latine"
    choose_skills(assessment=made, keys=[ALGEBRA], actor=teacher)
    note_levels(assessment=made, before={}, after={(elias.pk, ALGEBRA): 3}, actor=teacher)
    with pytest.raises(Refusal, match="pour 4B"):
        delete_assessment(assessment=made, actor=teacher)
    SkillLevel.objects.all().delete()
    close("6C")
    for gesture in (change_assessment, delete_assessment):
        with pytest.raises(Refusal, match="Seule la direction"):
            gesture(assessment=made, actor=teacher)
    ClassTerm.objects.filter(division__label="6C").delete()
    delete_assessment(assessment=made, actor=teacher)
    assert not Assessment.objects.exists()


def test_a_student_who_left_the_group_does_not_close_the_terms_after(college, mixed, ines, elias, teacher, second):
    left = {"ends_on": second.starts_on - dt.timedelta(days=1)}
    Membership.objects.filter(group=mixed.group_id, student=ines).update(**left)
    facts = {"establishment": college.college, "entry_ends_on": dt.date(2026, 11, 23)}
    ClassTerm.objects.create(term=second, division=college.groups["4B"], **facts)
    assessment = assessed(mixed, "Thème latin", term=second)
    marked(assessment, elias, "15", teacher)
    assessment.coefficient = Decimal(3)
    change_assessment(assessment=assessment, actor=teacher)
    weigh_service(course=mixed, term=second, coefficient=Decimal(2), actor=teacher)
    # In the term when she was there, the same class closes it.
    ClassTerm.objects.create(term=first_term(), division=college.groups["4B"], **facts)
    with pytest.raises(Refusal, match="pour 4B"):
        weigh_service(course=mixed, term=first_term(), coefficient=Decimal(2), actor=teacher)


def test_the_class_that_a_student_left_does_not_close_the_terms_after(college, assessment, ines, teacher, second):
    Membership.objects.filter(group=college.groups["4B"], student=ines).update(
        ends_on=second.starts_on - dt.timedelta(days=1)
    )
    Membership.objects.create(
        establishment=college.college, student=ines, group=college.groups["6C"], starts_on=second.starts_on
    )
    for term in (first_term(), second):
        ClassTerm.objects.create(
            establishment=college.college, term=term, division=college.groups["4B"],
            entry_ends_on=dt.date(2026, 11, 23),
        )  # fmt: skip
    set_final(course=assessment.course, term=second, student=ines, value=Decimal(12), actor=teacher)
    with pytest.raises(Refusal, match="la saisie est close"):
        set_final(course=assessment.course, term=first_term(), student=ines, value=Decimal(12), actor=teacher)


def test_levels_are_closed_with_the_class_of_the_student(mixed, ines, elias, teacher, close, second):
    assessment = assessed(mixed, "Thème latin", term=second, other_term=first_term())
    choose_skills(assessment=assessment, keys=[ALGEBRA], actor=teacher)
    close()
    with pytest.raises(Refusal, match="4B\u00a0: la saisie de la période est close"):
        note_levels(
            assessment=assessment, before={}, after={(ines.pk, ALGEBRA): 3, (elias.pk, ALGEBRA): 3}, actor=teacher
        )
    assert not SkillLevel.objects.exists()
    note_levels(assessment=assessment, before={}, after={(elias.pk, ALGEBRA): 3}, actor=teacher)
    assert SkillLevel.objects.get().student == elias


def test_a_first_part_never_weighs_nothing(client_of, at, college, assessment, ines, teacher, close):
    marked(assessment, ines, "12", teacher)
    close()
    sent = {"ajouter": "1", "label": "Oral", "coefficient": "0", "periode": assessment.term_id}
    answer = client_of("enseignante").post(at("settings", assessment.course_id), sent)
    assert answer.status_code == 422
    assert "avec le coefficient 0, elles ne compteraient plus" in answer.content.decode()
    assert not ServicePart.objects.exists()
    add_part(course=assessment.course, label="Écrit", coefficient=Decimal(2), actor=teacher)
    add_part(course=assessment.course, label="Oral", coefficient=Decimal(0), actor=teacher)
    assert grid_of(course_of(college.groups["4B"]), assessment.term).averages[ines.pk] == 12
