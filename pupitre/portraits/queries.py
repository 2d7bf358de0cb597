"""Whose photograph there is, and what families said."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.urls import reverse

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import ExternalId, Group, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.directory.queries import students_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.portraits.matching import Pupil
from pupitre.portraits.models import PhotoRun, Portrait


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


def recent_runs() -> list[PhotoRun]:
    """The last large zips of the open school, the newest first; one statement."""
    return list(PhotoRun.objects.defer("lines").order_by("-pk")[:5])


def pupils_of_today() -> Iterator[Pupil]:
    """The students of today, as a file may name them; three statements."""
    today = clock.today()
    rows = Student.objects.filter(Q(left_on=None) | Q(left_on__gte=today)).select_related("person")
    numbers: dict[int, list[str]] = {}
    for person, value in ExternalId.objects.filter(person__in=rows.values("person")).values_list("person", "value"):
        numbers.setdefault(person, []).append(value)
    classes = dict(
        Membership.objects.filter(held_on(today), group__kind="division").values_list("student_id", "group__code")
    )
    for row in rows:
        who, division = row.person, classes.get(row.pk, "")
        families = {name for name in (who.last_name, who.usage_name) if name}
        yield Pupil(
            pk=row.pk,
            numbers=tuple(filter(None, [row.ine, *numbers.get(who.pk, [])])),
            names=tuple(f"{name} {who.first_name}" for name in families),
            division=division,
            shown=", ".join(filter(None, [f"{who.last_name} {who.first_name}", division])),
        )


def _face(student: Student, portrait: Portrait | None, uai: str) -> Face:
    shown = portrait is not None and portrait.is_allowed and portrait.file_id is not None
    photo = address_of(uai, student.pk, portrait.token) if portrait is not None and shown else ""
    return Face(student, portrait, photo)
