"""The lessons that students had on given days: from the registers, else from the timetable."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from pupitre.attendance.sql import DAYS_PREPARED, LESSONS_OF_SUBJECT, LESSONS_PLANNED, LESSONS_TAKEN
from pupitre.directory.models import Subject
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.timetable.models import Course

Day = tuple[int, dt.date]
"""A student and a day."""


class HeldLesson(NamedTuple):
    """A lesson of one student. `attended`: its register was taken, and the student was there."""

    starts_at: dt.time
    ends_at: dt.time
    attended: bool


def lessons_of(days: Iterable[Day]) -> dict[Day, list[HeldLesson]]:
    """The lessons of each student and day, by hour; two statements, three when some days have no register at all."""
    wanted = sorted(set(days))
    found: dict[Day, list[HeldLesson]] = defaultdict(list)
    if not wanted:
        return found
    prepared = {row[0] for row in _rows(DAYS_PREPARED, days=sorted({day for _student, day in wanted}))}
    for statement, part in (
        (LESSONS_TAKEN, [pair for pair in wanted if pair[1] in prepared]),
        (LESSONS_PLANNED, [pair for pair in wanted if pair[1] not in prepared]),
    ):
        if not part:
            continue
        for student, day, starts, ends, attended in _rows(
            statement, students=[student for student, _day in part], days=[day for _student, day in part]
        ):
            found[student, day].append(HeldLesson(starts, ends, attended))
    return found


def lessons_of_subject(days: Iterable[Day], subject: int) -> dict[Day, list[tuple[dt.time, dt.time]]]:
    """The hours of one subject, for each student and day that has some, by the timetable; one statement."""
    wanted = sorted(set(days))
    found: dict[Day, list[tuple[dt.time, dt.time]]] = defaultdict(list)
    students, dates = [student for student, _day in wanted], [day for _student, day in wanted]
    for student, day, starts, ends in _rows(LESSONS_OF_SUBJECT, students=students, days=dates, subject=subject):
        found[student, day].append((starts, ends))
    return found


def subjects_taught() -> list[Subject]:
    """The subjects that have a course now, by name; one statement."""
    today = clock.today()
    taught = Course.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), subject=OuterRef("pk"))
    return list(Subject.objects.filter(Exists(taught)).order_by("label"))


def _rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": current_establishment_id(), **parameters})
        return list(cursor.fetchall())
