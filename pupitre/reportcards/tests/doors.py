import datetime as dt

from pupitre.directory.models import FormTeacher, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.tests.factories import course_of, first_term
from pupitre.reportcards.models import PrintRun, Project, ReportCard
from pupitre.reportcards.tests.factories import given, past_card
from tests.doors import door

_WRITERS = ("enseignante", "principal")
_READERS = ("enseignante", "cpe", "principal")


def term(cast):
    """The first term; Mme Roussel is the form teacher of the 4B."""
    with scope(cast.college.pk):
        FormTeacher.objects.get_or_create(
            establishment=cast.college, group=cast.groups["4B"], person=cast.people["enseignante"],
            defaults={"starts_on": dt.date(2026, 9, 1)},
        )  # fmt: skip
        return first_term().pk


def division(cast):
    """The 4B, with its term."""
    term(cast)
    return cast.groups["4B"].pk


def course(cast):
    """Mathematics of the 4B."""
    term(cast)
    with scope(cast.college.pk):
        return course_of(cast.groups["4B"]).pk


def ines(cast):
    """Inès, whose bulletin was given; made once."""
    term(cast)
    with scope(cast.college.pk):
        student = Student.objects.get(person=cast.people["eleve"])
        if not ReportCard.objects.filter(student=student).exists():
            head = Actor(0, cast.people["principal"].pk, cast.college.pk, cast.college.uai,
                         frozenset({str(Profile.HEAD)}), capabilities_of(frozenset({str(Profile.HEAD)})))  # fmt: skip
            given(cast.groups["4B"], first_term(), student, head)
        return student.pk


def past(cast):
    """Her bulletin of the year before, taken over from another tool."""
    pk = ines(cast)
    with scope(cast.college.pk):
        return past_card(Student.objects.get(pk=pk)).pk


def project(cast):
    """A path of the 4B."""
    term(cast)
    with scope(cast.college.pk):
        facts = {"division": cast.groups["4B"], "term": first_term(), "kind": "PAR_CIT", "title": "Délégués"}
        return Project.objects.get_or_create(establishment=cast.college, **facts)[0].pk


def run(cast):
    """A publication of the 4B, done."""
    term(cast)
    with scope(cast.college.pk):
        row = PrintRun.objects.first() or PrintRun(
            term=first_term(), division=cast.groups["4B"], state=PrintRun.State.DONE, total=1, done=1,
            asked_at=clock.now(),
        )  # fmt: skip
        row.save()
        return row.pk


def all_of(people, status):
    return dict.fromkeys(people, status)


_COLLEGE = {"uai": "college"}
_COURSE = {**_COLLEGE, "pk": course}
_CLASS = {**_COLLEGE, "pk": division}
_INES = {**_COLLEGE, "pk": ines}
_TERM = {**_INES, "term": term}

DOORS = [
    # One child or themselves: straight to their list. A guardian of two: the choice.
    door("reportcards:home", at=_COLLEGE, eleve=302, parent=200, collegue=200, **all_of(_READERS, 200)),
    door("reportcards:school", at=_COLLEGE, principal=200),
    # A list of mentions longer than the field takes.
    door("reportcards:school", "post", at=_COLLEGE, data={"regler": "1", "mentions": "x" * 601}, principal=422),
    # A colleague who does not teach it writes nothing of it; the CPE neither.
    door("reportcards:course", at=_COURSE, **all_of(_WRITERS, 200)),
    # Nothing was typed: back to the list.
    door("reportcards:course", "post", at=_COURSE, **all_of(_WRITERS, 302)),
    # Not what a device sends.
    door("reportcards:course_texts", "post", at=_COURSE, **all_of(_WRITERS, 400)),
    door("reportcards:division", at=_CLASS, **all_of(_READERS, 200)),
    # Reopened without saying why.
    door("reportcards:division", "post", at=_CLASS, data={"rouvrir": "1"}, principal=422),
    door("reportcards:school_life", at=_CLASS, cpe=200, principal=200),
    door("reportcards:school_life", "post", at=_CLASS, cpe=302, principal=302),
    door("reportcards:school_life_texts", "post", at=_CLASS, cpe=400, principal=400),
    door("reportcards:syntheses", at=_CLASS, **all_of(_WRITERS, 200)),
    door("reportcards:syntheses", "post", at=_CLASS, **all_of(_WRITERS, 302)),
    door("reportcards:syntheses_texts", "post", at=_CLASS, **all_of(_WRITERS, 400)),
    door("reportcards:class_zip", at={**_CLASS, "term": term}, **all_of(_READERS, 200)),
    door("reportcards:projects", at={**_CLASS, "term": term}, **all_of(_WRITERS, 200)),
    # Without a title.
    door("reportcards:projects", "post", at={**_CLASS, "term": term}, **all_of(_WRITERS, 422)),
    door("reportcards:project", at={**_COLLEGE, "pk": project}, **all_of(_WRITERS, 200)),
    door("reportcards:project", "post", at={**_COLLEGE, "pk": project}, **all_of(_WRITERS, 422)),
    door("reportcards:run", at={**_COLLEGE, "pk": run}, principal=200),
    door("reportcards:run", "post", at={**_COLLEGE, "pk": run}, principal=302),
    door("family_results:children", parent=200, parent_voisin=200),
    door("reportcards:listed", at=_INES, eleve=200, parent=200, **all_of(_READERS, 200)),
    door("reportcards:student_zip", at=_INES, eleve=200, parent=200, **all_of(_READERS, 200)),
    door("reportcards:student", at=_TERM, eleve=200, parent=200, **all_of(_READERS, 200)),
    door("reportcards:past", at={**_INES, "past": past}, eleve=200, parent=200, **all_of(_READERS, 200)),
    door("reportcards:received", "post", at=_TERM, parent=302),
    door("reportcards:draft", at=_TERM, **all_of(_READERS, 200)),
    door("reportcards:council", at=_TERM, **all_of(_WRITERS, 200)),
    # A mention that the school has not.
    door("reportcards:council", "post", at=_TERM, data={"mention": "Blâme"}, **all_of(_WRITERS, 422)),
]
