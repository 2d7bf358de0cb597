from pupitre.directory.models import ExternalId, Student
from pupitre.directory.tests.factories import make_subject
from pupitre.gradebook.models import ClassTerm
from pupitre.gradebook.tests.factories import course_of
from pupitre.integrations.lsu.checking import Check, Code, Screen, check
from pupitre.integrations.lsu.models import Discipline
from pupitre.integrations.lsu.queries.terms import drafts_of
from pupitre.integrations.lsu.tests.factories import written
from pupitre.reportcards.models import Project, ProjectCourse, ReportCard, SubjectReport
from pupitre.timetable.models import Course, CourseTeacher

UAI = "0990001N"


def _looked(term) -> Check:
    return check(drafts_of(term, UAI))


def _codes(looked: Check, name: str) -> set[Code]:
    """What stops somebody."""
    return next(({each.code for each in faults} for draft, faults in looked.blocked if draft.pupil.name == name), set())


def test_a_complete_report_is_ready_and_the_other_student_is_told_what_is_missing(term):
    looked = _looked(term)
    assert [each.pupil.name for each in looked.ready] == ["Inès Belkacem"]
    assert _codes(looked, "Elias Belkacem") == {
        Code.NO_NUMBER, Code.NO_COUNCIL, Code.NO_LINE, Code.NO_SYNTHESIS, Code.NOT_VALIDATED,
    }  # fmt: skip


def test_a_draft_tells_marks_levels_and_school_life(term):
    (draft,) = _looked(term).ready
    maths = next(each for each in draft.lines if each.discipline.code == "061300")
    french = next(each for each in draft.lines if each.discipline.code == "020700")
    assert (maths.average, maths.class_average, maths.elements) == ("12,5", "12,5", ["Utiliser les nombres"])
    assert (french.average, french.level, french.appreciation) == ("", None, "Des lectures fines.")
    assert draft.life.comment == "Toujours à l’heure."
    assert [each.name for each in draft.form_teachers] == ["Mme Roussel"]


def test_a_teacher_without_sts_number_stops_their_students_unless_another_teaches_with_them(term, college):
    ExternalId.objects.filter(person=college.people["enseignante"]).delete()
    looked = _looked(term)
    assert Code.NO_STS in _codes(looked, "Inès Belkacem")
    (found,) = [each for each in looked.screens[Screen.STAFF] if each.fault.target == college.people["enseignante"].pk]
    assert (found.fault.label, found.students) == ("Mme Roussel", ["Inès Belkacem"])
    CourseTeacher.objects.create(
        establishment=college.college, course=course_of(college.groups["4B"]), person=college.people["collegue"],
        starts_on="2026-09-01",
    )  # fmt: skip
    assert _codes(_looked(term), "Inès Belkacem") == set()


def test_a_local_number_is_that_of_this_school_alone(term, college):
    person = college.people["enseignante"]
    ExternalId.objects.filter(person=person).delete()
    ExternalId.objects.create(person=person, source="sts_local", namespace="0990009X", value="7")
    assert Code.NO_STS in _codes(_looked(term), "Inès Belkacem")
    ExternalId.objects.create(person=person, source="sts_local", namespace=UAI, value="7")
    assert _codes(_looked(term), "Inès Belkacem") == set()


def test_two_appreciations_of_one_discipline_that_pass_600_characters_together(term, college, ines):
    """No place takes 601 characters; two services of the same discipline make them."""
    written(ines, term, "061300", "a" * 400)
    again = Course.objects.create(
        establishment=college.college, group=college.groups["4B"], subject=make_subject(college.college), modality="TD"
    )
    CourseTeacher.objects.create(
        establishment=college.college, course=again, person=college.people["enseignante"], starts_on="2026-09-01"
    )
    second = SubjectReport.objects.create(
        establishment=college.college, course=again, term=term, student=ines, text="b" * 199
    )
    assert _codes(_looked(term), "Inès Belkacem") == set()
    SubjectReport.objects.filter(pk=second.pk).update(text="b" * 200)
    assert _codes(_looked(term), "Inès Belkacem") == {Code.LONG_APPRECIATION}


def test_blanks_are_no_synthesis(term, ines):
    ReportCard.objects.filter(student=ines).update(synthesis=" \u00a0\n")
    assert _codes(_looked(term), "Inès Belkacem") == {Code.NO_SYNTHESIS}


def test_a_class_without_council_date(term, college):
    ClassTerm.objects.filter(division=college.groups["4B"]).update(council_on=None)
    looked = _looked(term)
    assert _codes(looked, "Inès Belkacem") == {Code.NO_COUNCIL}
    assert {each.fault.label for each in looked.screens[Screen.DATES]} == {"4B", "6C"}


def test_a_missing_appreciation_stops_nobody_and_is_told(term, ines):
    SubjectReport.objects.filter(student=ines, course__subject__code="061300").delete()
    looked = _looked(term)
    assert [each.pupil.name for each in looked.ready] == ["Inès Belkacem"]
    assert Code.NO_APPRECIATION in {each.fault.code for each in looked.screens[Screen.APPRECIATIONS]}


def test_a_code_that_is_not_national_until_the_school_says_which_it_is(term, college, ines):
    subject = make_subject(college.college)
    subject.code = "MATH"
    subject.save(update_fields=["code"])
    assert _codes(_looked(term), "Inès Belkacem") == {Code.BAD_CODE}
    Discipline.objects.create(establishment=college.college, subject=subject, mode="S", code="061300")
    (draft,) = _looked(term).ready
    assert {each.discipline.code for each in draft.lines} == {"061300", "020700"}


def test_two_students_with_one_number(term, college):
    ExternalId.objects.create(person=college.people["frere"], source="siecle_student", namespace=UAI, value="0610301")
    looked = _looked(term)
    assert Code.SAME_NUMBER in _codes(looked, "Elias Belkacem")


def test_an_epi_of_one_discipline_does_not_leave(term, college):
    project = Project.objects.create(
        establishment=college.college, division=college.groups["4B"], term=term, kind="EPI", title="Le temps"
    )
    ProjectCourse.objects.create(establishment=college.college, project=project, course=course_of(college.groups["4B"]))
    looked = _looked(term)
    assert {each.fault.code for each in looked.screens[Screen.PROJECTS]} == {Code.LONE_PROJECT}
    assert looked.ready


def test_a_student_who_left_is_told_apart(term, ines):
    Student.objects.filter(pk=ines.pk).update(left_on="2026-10-16")
    drafts = drafts_of(term, UAI)
    assert drafts.facts.gone == [("Inès Belkacem", "4B")]
    assert "Inès Belkacem" not in [each.pupil.name for each in drafts.all()]
