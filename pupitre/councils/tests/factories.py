"""Marks, councils and actors for tests, made inside an open scope."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pupitre.agenda.models import Event
from pupitre.agenda.services.meetings import Council, plan_council
from pupitre.directory.models import Group, Student
from pupitre.directory.profiles import capabilities_of, given_by
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import StudentMark
from pupitre.gradebook.tests.factories import assessed
from pupitre.timetable.models import Course


def read_by(cast: Any, slug: str, profile: str, function: str = "") -> Actor:
    """Somebody of the cast acting in the collège with one profile."""
    person, profiles = cast.people[slug], frozenset({str(profile)})
    rights = capabilities_of(profiles, given_by(profile, function))
    return Actor(person.user_id or 0, person.pk, cast.college.pk, cast.college.uai, profiles, rights)


def marked_class(points: Mapping[Student, tuple[Decimal, ...]], *courses: Course, **facts: Any) -> None:
    """One mark out of twenty in each course, in this order."""
    for rank, course in enumerate(courses):
        row = assessed(course, f"Contrôle {course.subject.code} {facts.get('term', '')}", **facts)
        for student, given in points.items():
            StudentMark(assessment=row, student=student, points=given[rank], version=1, written_at=clock.now()).save()


def plan(group: Group, term: Term, head: Actor, on: dt.date | None = None) -> Event:
    """A council in the calendar, from 10 h to 11 h in room 204; today unless told."""
    council = Council(
        group=group, on=on or clock.today(), starts_at=dt.time(10), ends_at=dt.time(11), place="salle 204", term=term
    )
    return plan_council(council=council, actor=head)
