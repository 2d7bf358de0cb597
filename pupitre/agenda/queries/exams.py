"""The exams of students, told to whoever asks what is held: an absence announced on that day is worth a word (ATT-32)."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection

from pupitre.agenda.sql import Reader, seen
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.commitments import Commitment

# Not « st », which the condition uses itself: it would compare each student with themselves.
_READER = Reader(
    "pupil.person_id", "%(school)s", "%(today)s::date", "%(now)s", f"array['{Profile.STUDENT.value}']::text[]"
)

# Names of tables and columns of ours; what was typed goes as parameters.
_EXAMS = f"""select pupil.id, e.title, o.starts_on, o.ends_on, o.starts_at, o.ends_at
from agenda_occurrence o
join agenda_event e on e.establishment_id = %(school)s and e.id = o.event_id and e.kind = 'exam' and e.cancelled_at is null
join directory_student pupil on pupil.establishment_id = %(school)s and pupil.id = any(%(students)s)
where o.establishment_id = %(school)s and o.starts_on <= %(last)s and o.ends_on >= %(first)s and {seen(_READER)}
order by o.starts_on, o.starts_at nulls first, pupil.id"""  # noqa: S608 # nosec B608


def exams_of(students: Collection[int], first: dt.date, last: dt.date) -> list[Commitment]:
    """The exams that some schoolings sit between two days, both included, a day at a time; one statement.

    Only what students are told: a draft, or an exam that waits for the hours of families, is not said here.
    """
    wanted: dict[str, Any] = {"students": list(students), "first": first, "last": last}
    with connection.cursor() as cursor:
        parameters = {"school": current_establishment_id(), "today": clock.today(), "now": clock.now(), **wanted}
        cursor.execute(_EXAMS, parameters)
        rows = cursor.fetchall()
    return [
        Commitment(student, day, title, starts_at, ends_at, is_exam=True)
        for student, title, starts_on, ends_on, starts_at, ends_at in rows
        for day in _days(max(first, starts_on), min(last, ends_on))
    ]


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
