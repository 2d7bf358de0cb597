"""Whose photograph there is, and what families said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.urls import reverse

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group, Student
from pupitre.directory.queries import students_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.portraits.models import Portrait


@dataclass(frozen=True, slots=True)
class Face:
    """A student of a class, and what is known of their image."""

    student: Student
    portrait: Portrait | None
    photo: str = ""


@dataclass(frozen=True, slots=True)
class ClassFaces:
    """How far a class is: students, families that allow, photographs."""

    group: Group
    students: int
    allowed: int
    photos: int


def addresses_of(uai: str, students: Collection[int]) -> dict[int, str]:
    """The addresses of the photographs of these students, by schooling; one statement. None for those who have none."""
    rows = Portrait.objects.filter(student__in=students, consent=Portrait.Consent.GIVEN, file__isnull=False)
    return {student: address_of(uai, student, token) for student, token in rows.values_list("student_id", "token")}


def address_of(uai: str, student: int, token: str) -> str:
    """Where one photograph is."""
    return reverse("portraits:photo", args=[uai, student, token])


def faces_of(group: Group) -> list[Face]:
    """The students of a class by name, with their portrait; three statements."""
    students = list(students_of(group))
    rows = Portrait.objects.filter(student__in=[each.pk for each in students]).select_related("recorded_by")
    known = {each.student_id: each for each in rows}
    uai: str = Establishment.objects.values_list("uai", flat=True).get(pk=current_establishment_id())
    return [_face(each, known.get(each.pk), uai) for each in students]


def children_faces(actor: Actor) -> list[Face]:
    """The children of a guardian in the open school, by name, with their portrait; two statements."""
    students = list(
        allowed(actor, "portraits.answer", Student.objects.select_related("person")).order_by("person__sort_key")
    )
    known = {each.student_id: each for each in Portrait.objects.filter(student__in=students)}
    return [_face(each, known.get(each.pk), actor.uai) for each in students]


def portrait_of(student: Student) -> Portrait | None:
    """What is known of a student's image; one statement."""
    found: Portrait | None = Portrait.objects.filter(student=student).select_related("recorded_by").first()
    return found


def classes_with_counts() -> Sequence[ClassFaces]:
    """The classes of the year; one statement."""
    here = Q(memberships__ends_on=None)
    yes = here & Q(memberships__student__portraits__consent=Portrait.Consent.GIVEN)
    rows = divisions_of_today().annotate(
        students=Count("memberships", filter=here, distinct=True),
        allowed=Count("memberships", filter=yes, distinct=True),
        photos=Count("memberships", filter=yes & Q(memberships__student__portraits__file__isnull=False), distinct=True),
    )
    return [ClassFaces(each, each.students, each.allowed, each.photos) for each in rows.order_by(F("label"))]


def _face(student: Student, portrait: Portrait | None, uai: str) -> Face:
    shown = portrait is not None and portrait.is_allowed and portrait.file_id is not None
    photo = address_of(uai, student.pk, portrait.token) if portrait is not None and shown else ""
    return Face(student, portrait, photo)
