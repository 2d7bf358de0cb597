import datetime as dt
from decimal import Decimal

from pupitre.directory.models import Student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.gradebook.models import AssessedSkill, ClassTerm, SkillLevel, StudentMark
from pupitre.gradebook.services.receiving import Sent, Source, declare_column, receive_marks
from pupitre.gradebook.tests.factories import assessed, course_of, first_term
from tests.doors import door

_MARKERS = ("enseignante", "principal")
_READERS = ("enseignante", "cpe", "principal")


def course_in_maths(cast):
    """Mathematics of the 4B, with a mark that Inès and her guardians see; made once."""
    with scope(cast.college.pk):
        course = course_of(cast.groups["4B"])
        _marked(cast, course)
        return course.pk


def assessment_in_maths(cast):
    """« Calcul littéral »; made once."""
    with scope(cast.college.pk):
        return _marked(cast, course_of(cast.groups["4B"])).pk


def schooling_of_ines(cast):
    """Inès, with that mark."""
    with scope(cast.college.pk):
        _marked(cast, course_of(cast.groups["4B"]))
        return Student.objects.get(person=cast.people["eleve"]).pk


def incoming_in_maths(cast):
    """A quiz of a tool, with a mark of Inès; made once."""
    with scope(cast.college.pk):
        course = course_of(cast.groups["4B"])
        _marked(cast, course)
        column = declare_column(
            source=Source("essai:1", "Exercices en ligne"),
            external_id="quiz",
            course=course,
            title="Quiz",
            maximum=Decimal(10),
        )
        student = Student.objects.get(person=cast.people["eleve"])
        sent = Sent(student.pk, Decimal(8), Decimal(10), clock.now())
        receive_marks(column=column, sent=[sent])
        return column.pk


def term_of_class(cast):
    """The first term, with its dates for the 4B; made once."""
    with scope(cast.college.pk):
        term = first_term()
        ClassTerm.objects.get_or_create(
            establishment=cast.college, term=term, division=cast.groups["4B"],
            defaults={"entry_ends_on": dt.date(2026, 11, 20)},
        )  # fmt: skip
        return term.pk


def class_marked(cast):
    """The 4B, with that mark."""
    course_in_maths(cast)
    return cast.groups["4B"].pk


def _marked(cast, course):
    """The mark, and a level of mastery."""
    row = assessed(course, student_sees_at=clock.now(), guardian_sees_at=clock.now())
    student = Student.objects.get(person=cast.people["eleve"])
    StudentMark.objects.get_or_create(
        establishment=cast.college, assessment=row, student=student,
        defaults={"points": 12, "version": 1, "written_at": clock.now()},
    )  # fmt: skip
    AssessedSkill.objects.get_or_create(establishment=cast.college, assessment=row, skill="CPD_SCI.2")
    SkillLevel.objects.get_or_create(
        establishment=cast.college,
        assessment=row,
        student=student,
        skill="CPD_SCI.2",
        defaults={"level": 3, "noted_at": clock.now()},
    )
    return row


def all_of(people, status):
    return dict.fromkeys(people, status)


_COLLEGE = {"uai": "college"}
_COURSE = {**_COLLEGE, "pk": course_in_maths}
_INCOMING = {**_COLLEGE, "pk": incoming_in_maths}
_ASSESSMENT = {**_COLLEGE, "pk": assessment_in_maths}
_INES = {**_COLLEGE, "pk": schooling_of_ines}
_CLASS = {**_COLLEGE, "term": term_of_class, "pk": "4B"}

DOORS = [
    # One child or themselves: straight to their page. A guardian of two: the list.
    door("gradebook:home", at=_COLLEGE, eleve=302, parent=200, collegue=200, **all_of(_READERS, 200)),
    # A colleague who does not teach it reads nothing of it; the CPE reads and writes nothing.
    door("gradebook:grid", at=_COURSE, **all_of(_READERS, 200)),
    door("gradebook:grid", "post", at=_COURSE),
    door("gradebook:export", at={**_COURSE, "kind": "csv"}, **all_of(_READERS, 200)),
    door("gradebook:export", at={**_COURSE, "kind": "xlsx"}, **all_of(_READERS, 200)),
    door("gradebook:create", at=_COURSE, **all_of(_MARKERS, 200)),
    door("gradebook:create", "post", at=_COURSE, **all_of(_MARKERS, 422)),
    door("gradebook:settings", at=_COURSE, **all_of(_MARKERS, 200)),
    door("gradebook:settings", "post", at=_COURSE, data={"ajouter": "1"}, **all_of(_MARKERS, 422)),
    door("gradebook:change", at=_ASSESSMENT, **all_of(_MARKERS, 200)),
    door("gradebook:change", "post", at=_ASSESSMENT, **all_of(_MARKERS, 422)),
    # Not what a device sends.
    door("gradebook:cells", "post", at=_ASSESSMENT, **all_of(_MARKERS, 400)),
    door("gradebook:one_by_one", at=_ASSESSMENT, **all_of(_MARKERS, 200)),
    door("gradebook:read_file", at=_ASSESSMENT, **all_of(_MARKERS, 200)),
    # Without a file.
    door("gradebook:read_file", "post", at=_ASSESSMENT, **all_of(_MARKERS, 422)),
    door("gradebook:received", at=_COLLEGE, collegue=200, **all_of(_MARKERS, 200)),
    door("gradebook:review", at=_INCOMING, **all_of(_MARKERS, 200)),
    # Nothing is taken.
    door("gradebook:review", "post", at=_INCOMING, **all_of(_MARKERS, 422)),
    door("gradebook:put_aside", "post", at=_INCOMING, **all_of(_MARKERS, 302)),
    door("gradebook:publish", "post", at=_ASSESSMENT, **all_of(_MARKERS, 302)),
    door("gradebook:student", at=_INES, eleve=200, parent=200, cpe=200, principal=200),
    door("gradebook:explain", at={**_INES, "course": course_in_maths}, eleve=200, parent=200, cpe=200, principal=200),
    door("gradebook:explain", "post", at={**_INES, "course": course_in_maths}, principal=302),
    door("gradebook:levels", at=_ASSESSMENT, **all_of(_MARKERS, 200)),
    # Nothing changed: back to the page.
    door("gradebook:levels", "post", at=_ASSESSMENT, **all_of(_MARKERS, 302)),
    door("gradebook:mastered", at=_INES, eleve=200, parent=200, cpe=200, principal=200),
    door("gradebook:skills", at=_COLLEGE, principal=200),
    door("gradebook:skills", "post", at=_COLLEGE, data={"ajouter": "1"}, principal=422),
    # The colleague teaches French to the 4B: their own service, and nothing else of the class.
    door(
        "gradebook:results", at={**_COLLEGE, "pk": class_marked}, enseignante=200, collegue=200, cpe=200, principal=200
    ),
    door("gradebook:periods", at=_COLLEGE, principal=200),
    door("gradebook:periods", "post", at=_COLLEGE, principal=200),
    door("gradebook:reopen_class", at=_CLASS, principal=200),
    # Without saying why.
    door("gradebook:reopen_class", "post", at=_CLASS, principal=422),
    door("gradebook:rules", at=_COLLEGE, principal=200),
    door("gradebook:rules", "post", at=_COLLEGE, principal=422),
]
