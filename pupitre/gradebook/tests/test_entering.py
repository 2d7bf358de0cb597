import datetime as dt

import pytest

from pupitre.directory.models import Membership
from pupitre.gradebook.models import ClassTerm, MarkVersion, StudentMark
from pupitre.gradebook.queries.grid import grid_of
from pupitre.gradebook.services.entering import Told, note_marks
from pupitre.gradebook.tests.factories import assessed, course_of, marked
from tests.statements import statements_of


def test_a_mark_is_kept_with_everything_that_was_written_in_its_cell(assessment, ines, teacher):
    assert marked(assessment, ines, "12,5", teacher).fate == "saved"
    assert marked(assessment, ines, "13", teacher).version == 2
    held = StudentMark.objects.get()
    assert (str(held.points), held.version, held.written_by_id) == ("13.00", 2, teacher.person_id)
    assert [str(each.points) for each in MarkVersion.objects.order_by("version")] == ["12.50", "13.00"]


def test_what_is_already_there_writes_nothing(assessment, ines, teacher):
    marked(assessment, ines, "A", teacher)
    again = marked(assessment, ines, "abs", teacher)
    assert (again.fate, again.text, again.version) == ("same", "Abs", 1)
    assert MarkVersion.objects.count() == 1


def test_two_teachers_at_once_lose_nothing(assessment, ines, teacher, head):
    marked(assessment, ines, "12", teacher)
    met = note_marks(assessment=assessment, told=[Told(ines.pk, "15", 0)], actor=head)[0]
    assert (met.fate, met.text, met.yours, met.version) == ("conflict", "12", "15", 1)
    assert "Mme Roussel a écrit « 12 »" in met.sentence
    assert [(str(each.points), each.is_kept) for each in MarkVersion.objects.order_by("pk")] == [
        ("12.00", True), ("15.00", False),
    ]  # fmt: skip
    # Having seen it, one may write over it.
    assert note_marks(assessment=assessment, told=[Told(ines.pk, "15", 1)], actor=head)[0].fate == "saved"


def test_the_same_mark_typed_by_two_is_no_conflict(assessment, ines, teacher, head):
    marked(assessment, ines, "12", teacher)
    assert note_marks(assessment=assessment, told=[Told(ines.pk, "12,0", 0)], actor=head)[0].fate == "same"


def test_one_wrong_cell_does_not_stop_the_others(assessment, ines, malo, teacher):
    told = [Told(ines.pk, "21", 0), Told(malo.pk, "14", 0), Told(0, "10", 0)]
    wrong, right, unknown = note_marks(assessment=assessment, told=told, actor=teacher)
    assert (wrong.fate, wrong.yours) == ("refused", "21")
    assert right.fate == "saved"
    assert unknown.fate == "refused"
    assert StudentMark.objects.get().student == malo


def test_a_student_who_left_before_has_no_mark(assessment, malo, teacher):
    Membership.objects.filter(student=malo).update(ends_on=dt.date(2026, 10, 16))
    refused = marked(assessment, malo, "12", teacher)
    assert "a quitté ce groupe le 16 octobre" in refused.sentence
    early = assessed(assessment.course, "Relatifs", held_on=dt.date(2026, 10, 15))
    assert marked(early, malo, "12", teacher).fate == "saved"


def test_a_locked_assessment_and_a_closed_term_say_so(college, assessment, ines, teacher):
    marked(assessment, ines, "12", teacher)
    assessment.is_locked = True
    assert "verrouillée" in marked(assessment, ines, "13", teacher).sentence
    assessment.is_locked = False
    dates = ClassTerm(term=assessment.term, division=college.groups["4B"], entry_ends_on=dt.date(2026, 11, 23))
    dates.save()
    assert "close depuis le 23 novembre" in marked(assessment, ines, "13", teacher).sentence
    # On its last day, still.
    ClassTerm.objects.update(entry_ends_on=dt.date(2026, 11, 24))
    assert marked(assessment, ines, "13", teacher).fate == "saved"


def test_everyone_absent_or_a_coefficient_of_zero_is_no_average(college, ines, malo, teacher):
    course = course_of(college.groups["4B"])
    absent, unweighted = assessed(course, "Absents"), assessed(course, "Pour voir", coefficient=0)
    for student in (ines, malo):
        marked(absent, student, "A", teacher)
        marked(unweighted, student, "18", teacher)
    grid = grid_of(course, absent.term)
    assert set(grid.averages.values()) == {None}
    assert grid.spread is None


def test_absent_counted_as_zero_counts(assessment, ines, teacher):
    marked(assessment, ines, "A0", teacher)
    assert grid_of(assessment.course, assessment.term).averages[ines.pk] == 0


def test_a_remark_is_written_with_the_mark_and_stays_when_it_is_not_on_the_screen(assessment, ines, teacher):
    def told(text, base, remark):
        return note_marks(assessment=assessment, told=[Told(ines.pk, text, base, remark)], actor=teacher)[0]

    assert (
        told("12", 0, "  Calculs justes,\n rédaction à reprendre. ").remark == "Calculs justes, rédaction à reprendre."
    )
    assert told("13", 1, None).fate == "saved"
    assert StudentMark.objects.get().remark == "Calculs justes, rédaction à reprendre."
    assert told("13", 2, "Mieux").version == 3
    assert told("13", 3, "Mieux").fate == "same"
    assert told("13", 3, "").remark == ""
    history = MarkVersion.objects.order_by("version").values_list("remark", flat=True)
    assert list(history) == [*["Calculs justes, rédaction à reprendre."] * 2, "Mieux", ""]


def test_a_remark_that_is_too_long_or_locked_says_so(assessment, ines, teacher):
    refused = note_marks(assessment=assessment, told=[Told(ines.pk, "12", 0, "x" * 201)], actor=teacher)[0]
    assert "la remarque fait 201 signes, 200 au plus" in refused.sentence
    assert (refused.fate, refused.yours, refused.your_remark) == ("refused", "12", "x" * 201)
    assessment.is_locked = True
    locked = note_marks(assessment=assessment, told=[Told(ines.pk, "", 0, "Oubliée")], actor=teacher)[0]
    assert "verrouillée" in locked.sentence


def test_two_remarks_that_meet_are_both_told_and_kept(assessment, ines, teacher, head):
    note_marks(assessment=assessment, told=[Told(ines.pk, "12", 0, "Bien")], actor=teacher)
    met = note_marks(assessment=assessment, told=[Told(ines.pk, "12", 0, "Très bien")], actor=head)[0]
    assert (met.fate, met.remark, met.your_remark) == ("conflict", "Bien", "Très bien")
    assert "a écrit « 12, Bien »" in met.sentence.replace("\u00a0", " ")
    assert MarkVersion.objects.get(is_kept=False).remark == "Très bien"


@pytest.mark.parametrize("count", [1, 2])
def test_cells_are_two_statements_whatever_their_number(assessment, ines, malo, teacher, count):
    told = [Told(each.pk, "12", 0) for each in (ines, malo)[:count]]
    assert len(statements_of(lambda: note_marks(assessment=assessment, told=told, actor=teacher))) == 2


def test_the_grid_is_one_statement(assessment, ines, malo, teacher):
    marked(assessment, ines, "12", teacher)
    assert len(statements_of(lambda: grid_of(assessment.course, assessment.term))) == 1
