"""The lessons marked as tests (devoir surveillé), told to whoever asks what is held for a student (ATT-32)."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation.commitments import Commitment

# What families see; a test of a lesson that an import dropped since is none.
_TESTS = """select distinct m.student_id, j.label, x.to_held_on, x.to_starts_at, x.to_ends_at
from timetable_lessonchange x
join timetable_course c on c.establishment_id = %(school)s and c.id = x.course_id and c.ends_on is null
join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
join directory_group g on g.establishment_id = %(school)s and g.id = c.group_id
join establishments_schoolyear y on y.establishment_id = %(school)s and y.id = g.school_year_id
join directory_membership m on m.establishment_id = %(school)s and m.group_id = c.group_id and m.student_id = any(%(students)s)
  and x.to_held_on between m.starts_on and coalesce(m.ends_on, 'infinity')
where x.establishment_id = %(school)s and x.is_published and x.is_test and x.state = 'held'
  and x.to_held_on between %(first)s and %(last)s
  and (x.is_added or exists (select from timetable_timetableslot s where s.establishment_id = %(school)s
    and s.course_id = c.id and s.weekday = extract(isodow from x.held_on) and s.starts_at = x.starts_at
    and s.weeks & (1::bigint << ((x.held_on - y.first_monday) / 7)) <> 0))
order by x.to_held_on, x.to_starts_at, m.student_id"""


def tests_of(students: Collection[int], first: dt.date, last: dt.date) -> list[Commitment]:
    """The tests of some schoolings between two days, both included, as families see them; one statement."""
    wanted: dict[str, Any] = {"students": list(students), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(_TESTS, {"school": current_establishment_id(), **wanted})
        rows = cursor.fetchall()
    return [
        Commitment(student, day, _("Devoir surveillé, %(subject)s") % {"subject": subject}, starts, ends, is_exam=True)
        for student, subject, day, starts, ends in rows
    ]
