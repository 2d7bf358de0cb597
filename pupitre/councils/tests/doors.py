from decimal import Decimal

from pupitre.councils.models import Member, Sitting
from pupitre.councils.services.sitting import sitting_of
from pupitre.councils.tests.factories import marked_class
from pupitre.directory.models import FormTeacher, Student
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.gradebook.models import StudentMark
from pupitre.gradebook.tests.factories import course_of, first_term
from pupitre.reportcards.models import ReportCard
from tests.doors import door

_RUNNERS = ("enseignante", "principal")
_READERS = ("enseignante", "cpe", "principal")


def term_of_council(cast):
    """The first term, Mme Roussel leading the 4B, where Inès has two marks and a synthesis; made once."""
    with scope(cast.college.pk):
        term, group = first_term(), cast.groups["4B"]
        FormTeacher.objects.get_or_create(
            establishment=cast.college, group=group, person=cast.people["enseignante"],
            defaults={"starts_on": FIRST_DAY},
        )  # fmt: skip
        ines = Student.objects.get(person=cast.people["eleve"])
        if not StudentMark.objects.filter(student=ines).exists():
            courses = course_of(group), course_of(group, "020700")
            marked_class({ines: (Decimal("13.6"), Decimal("13.2"))}, *courses)
        ReportCard.objects.get_or_create(
            establishment=cast.college, student=ines, term=term, division=group,
            defaults={"synthesis": "Un trimestre encourageant.", "synthesis_version": 1, "synthesis_at": clock.now()},
        )  # fmt: skip
        return term.pk


def term_published(cast):
    """The same once its summary is published: Inès sits for her class."""
    number = term_of_council(cast)
    with scope(cast.college.pk):
        sitting = sitting_of(first_term(), cast.groups["4B"])
        Sitting.objects.filter(pk=sitting.pk).update(
            state="closed", summary="Une classe agréable.", opened_at=clock.now(), published_at=clock.now()
        )
        Member.objects.get_or_create(
            establishment=cast.college, sitting=sitting, person=cast.people["eleve"],
            defaults={"name": "Inès Belkacem", "role": "student"},
        )  # fmt: skip
        return number


def schooling_of_ines(cast):
    with scope(cast.college.pk):
        return Student.objects.get(person=cast.people["eleve"]).pk


def seat_of_head(cast):
    """A seat of the council, made again when it was taken back."""
    term_of_council(cast)
    with scope(cast.college.pk):
        return Member.objects.get_or_create(
            establishment=cast.college,
            sitting=sitting_of(first_term(), cast.groups["4B"]),
            person=cast.people["principal"],
            defaults={"name": "Anne Vasseur", "role": "president"},
        )[0].pk


def all_of(people, status):
    return dict.fromkeys(people, status)


_COLLEGE = {"uai": "college"}
_CLASS = {**_COLLEGE, "term": term_of_council, "pk": "4B"}
_INES = {**_CLASS, "student": schooling_of_ines}

DOORS = [
    # A teacher who leads no class is told so, and finds the councils that sit.
    door("councils:councils", at=_COLLEGE, collegue=200, **all_of(_READERS, 200)),
    door("councils:division", at=_CLASS, **all_of(_READERS, 200)),
    # The first reminds; the second is told that it was done today.
    door("councils:remind", "post", at=_CLASS, enseignante=302, principal=422),
    # No gesture of that name.
    door("councils:step", "post", at=_CLASS, **all_of(_RUNNERS, 422)),
    # Without anything.
    door("councils:write", "post", at=_CLASS, **all_of(_RUNNERS, 422)),
    door("councils:members", at=_CLASS, **all_of(_RUNNERS, 200)),
    door("councils:members", "post", at=_CLASS, data={"geste": "ajouter"}, **all_of(_RUNNERS, 422)),
    # The second finds that the first took it back.
    door("councils:remove", "post", at={**_CLASS, "member": seat_of_head}, enseignante=302),
    door("councils:student", at=_INES, **all_of(_READERS, 200)),
    door("councils:student", "post", at=_INES, **all_of(_RUNNERS, 422)),
    # In no place of a bulletin.
    door("councils:text", "post", at=_INES),
    door("councils:file", at=_CLASS, **all_of(_READERS, 200)),
    # Without a passphrase.
    door("councils:file", "post", at=_CLASS, **all_of(_READERS, 422)),
    door("councils:minutes", at=_CLASS, **all_of(_READERS, 200)),
    # Those who sat, and the team of the class; a guardian who is no delegate reads nothing.
    door("councils:summary", at={**_CLASS, "term": term_published}, eleve=200, collegue=200, **all_of(_READERS, 200)),
]
