"""The services that somebody marks or may read, with where each stands in a term."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from pupitre.directory.models import Person
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment
from pupitre.gradebook.queries.incoming import waiting_for
from pupitre.timetable.models import Course, CourseTeacher


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in a list: how many assessments in the term, how many that students do not see yet.

    `awaits`: whether marks that a tool sent wait for whoever marks it.
    """

    course: Course
    teachers: str
    assessments: int
    hidden: int
    awaits: bool = False


def services_of(actor: Actor, term: Term | None, *, only_mine: bool) -> list[ServiceLine]:
    """The courses of the year that the actor marks, or all that they may read, by class; four statements."""
    today = clock.today()
    verb = "gradebook.mark_course" if only_mine else "gradebook.view_course"
    courses = list(
        allowed(actor, verb, Course.objects.select_related("group", "subject"))
        .annotate(awaits=Exists(waiting_for(OuterRef("pk"))))
        .filter(ends_on=None, group__school_year__starts_on__lte=today, group__school_year__ends_on__gte=today)
        .order_by("group__label", "subject__label", "pk")
    )
    counts = _counts(courses, term)
    names = _teachers(courses)
    return [
        ServiceLine(each, names.get(each.pk, ""), *counts.get(each.pk, (0, 0)), awaits=each.awaits) for each in courses
    ]


def _counts(courses: Sequence[Course], term: Term | None) -> dict[int, tuple[int, int]]:
    if term is None:
        return {}
    rows = Assessment.objects.filter(Q(term=term) | Q(other_term=term), course__in=courses)
    found = rows.values("course").annotate(n=Count("pk"), hidden=Count("pk", filter=Q(student_sees_at=None)))
    return {course: (n, hidden) for course, n, hidden in found.values_list("course", "n", "hidden")}


def _teachers(courses: Sequence[Course]) -> dict[int, str]:
    rows = CourseTeacher.objects.filter(course__in=courses).values_list("course_id", "person_id").order_by("course_id")
    pairs = list(rows)
    people = dict(Person.objects.filter(pk__in={person for _course, person in pairs}).values_list("pk", "formal_name"))
    names: dict[int, list[str]] = {}
    for course, person in pairs:
        names.setdefault(course, []).append(people[person])
    return {course: ", ".join(sorted(each)) for course, each in names.items()}
