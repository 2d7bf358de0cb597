"""What a bulletin says: averages, absences, words; and that it is never more than what was written."""

import datetime as dt
from decimal import Decimal

import pytest

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import CountedHalfDay
from pupitre.directory.models import Membership
from pupitre.directory.tests.factories import FIRST_DAY, make_group
from pupitre.foundation import clock
from pupitre.gradebook.models import GradingRules
from pupitre.gradebook.services.ruling import set_final
from pupitre.gradebook.tests.factories import assessed, course_of, marked
from pupitre.reportcards.models import Project, ProjectCourse, ReportRules
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.queries.bulletins import bulletins_of
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.council import fill_card, mention_called
from pupitre.reportcards.services.elements import set_elements
from pupitre.reportcards.services.entering import Told, Where, note_texts
from pupitre.timetable.tests.factories import make_course


@pytest.fixture
def of_ines(college, term, ines):
    return lambda: next(each for each in bulletins_of(college.groups["4B"], term) if each.student == ines.pk)


def test_averages_are_those_of_the_marks_with_the_class_beside(college, term, ines, malo, maths, teacher, of_ines):
    work = assessed(maths)
    marked(work, ines, "13", teacher)
    marked(work, malo, "12", teacher)
    french = assessed(course_of(college.groups["4B"], "020700"), "Récit")
    marked(french, ines, "15,5", teacher)
    made = of_ines()
    assert [(line.subject, line.value, line.mean) for line in made.lines] == [
        ("Français", "15,5", "15,5"),
        ("Mathématiques", "13,0", "12,5"),
    ]
    # Malo’s general average is 12,0: the class is at (14,25 + 12) / 2.
    assert (made.value, made.mean, made.size) == ("14,3", "13,1", 2)
    assert made.lines[1].teachers == "Mme Roussel"
    assert "arrondi" in made.rule


def test_all_marks_absent_is_nn_and_never_zero(ines, maths, teacher, of_ines):
    marked(assessed(maths), ines, "A", teacher)
    made = of_ines()
    assert [(line.value, line.mean) for line in made.lines] == [("NN", "")]
    assert (made.value, made.mean) == ("NN", "NN")


def test_an_average_set_by_hand_shows_the_computed_one(term, ines, maths, teacher, of_ines):
    marked(assessed(maths), ines, "9", teacher)
    set_final(course=maths, term=term, student=ines, value=Decimal(10), actor=teacher)
    line = of_ines().lines[0]
    assert (line.value, line.computed) == ("10,0", "9,0")


def test_a_school_that_hides_the_class_hides_it_here(college, ines, malo, maths, teacher, of_ines):
    marked(assessed(maths), ines, "9", teacher)
    marked(assessed(maths), malo, "19", teacher)
    assert of_ines().lines[0].least == ""
    ReportRules(shows_spread=True).save()
    assert (of_ines().lines[0].least, of_ines().lines[0].most) == ("9,0", "19,0")
    GradingRules(shows_class=False).save()
    made = of_ines()
    assert (made.lines[0].mean, made.lines[0].least, made.mean) == ("", "", "")


def test_absences_come_from_the_table_of_half_days(term, ines, of_ines):
    for day, standing in ((3, Standing.JUSTIFIED), (4, Standing.JUSTIFIED), (5, Standing.UNJUSTIFIED)):
        CountedHalfDay(
            student=ines, missed_on=dt.date(2026, 11, day), half="am", gross=1, by_lesson=1, computed=Decimal(1),
            missed=55, lessons=55, is_full=True, standing=standing.value, counted_at=clock.now(),
        ).save()  # fmt: skip
    life = of_ines().school_life
    assert (life.justified, life.unjustified, life.pending, life.lates) == (2, 1, 0, 0)


def test_words_stand_with_who_wrote_them(college, term, ines, maths, teacher, counsellor, of_ines):
    group = college.groups["4B"].pk
    note_texts(where=Where(Place.SUBJECT, term, group, maths), told=[Told(ines.pk, "Net progrès.", 0)], actor=teacher)
    note_texts(where=Where(Place.SYNTHESIS, term, group), told=[Told(ines.pk, "Encourageant.", 0)], actor=teacher)
    note_texts(where=Where(Place.SCHOOL_LIFE, term, group), told=[Told(ines.pk, "Déléguée.", 0)], actor=counsellor)
    mention = mention_called("Encouragements")
    fill_card(student=ines, term=term, actor=teacher, mention=mention, supports=["PAP"], wishes="2de générale")
    set_elements(course=maths, term=term, labels=["Relatifs", " ", "Calcul littéral", "Relatifs"], actor=teacher)
    made = of_ines()
    assert [(line.text, line.elements) for line in made.lines] == [("Net progrès.", ["Relatifs", "Calcul littéral"])]
    assert (made.synthesis, made.synthesis_by) == ("Encourageant.", "Mme Roussel")
    assert (made.school_life.text, made.school_life.by) == ("Déléguée.", "M. Bensaïd")
    assert (made.mention, made.wishes) == ("Encouragements", "2de générale")
    assert made.supports == ["Plan d’accompagnement personnalisé (PAP)"]
    assert (made.form_teachers, made.signed_by, made.signed_as) == ("Mme Roussel", "Mme Vasseur", "Principale")


def test_elements_too_long_or_too_many_are_refused(term, maths, teacher):
    with pytest.raises(Refusal, match="301"):
        set_elements(course=maths, term=term, labels=["a" * 301], actor=teacher)
    with pytest.raises(Refusal, match="9 éléments"):
        set_elements(course=maths, term=term, labels=[str(n) for n in range(9)], actor=teacher)


def test_a_project_names_its_subjects(college, term, ines, maths, of_ines):
    project = Project(division=college.groups["4B"], term=term, kind="EPI", title="Ville", text="Une maquette.")
    project.save()
    ProjectCourse(project=project, course=maths).save()
    assert [(each.title, each.subjects, each.text) for each in of_ines().projects] == [
        ("Ville", ["Mathématiques"], "Une maquette.")
    ]


def test_a_class_costs_the_same_for_two_students_as_for_ten(
    college, term, ines, maths, teacher, django_assert_num_queries
):
    marked(assessed(maths), ines, "9", teacher)
    with django_assert_num_queries(3):
        bulletins_of(college.groups["4B"], term)


def test_half_a_group_without_a_mark_tells_its_work_in_the_line_of_the_subject(
    college, term, ines, maths, teacher, of_ines
):
    marked(assessed(maths), ines, "9", teacher)
    half = make_group(college.college, "4B-1", kind="part")
    Membership(student=ines, group=half, starts_on=FIRST_DAY).save()
    course = make_course(half, maths.subject, college.people["enseignante"])
    set_elements(course=maths, term=term, labels=["Relatifs"], actor=teacher)
    set_elements(course=course, term=term, labels=["Tableur"], actor=teacher)
    assert [line.elements for line in of_ines().lines] == [["Relatifs", "Tableur"]]
