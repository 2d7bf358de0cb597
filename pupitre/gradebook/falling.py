"""Marks that fall: far below what the student had before in the same service (ATT-27). Only marks that the student sees."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection

from pupitre.directory.watching import Event
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock

FALL = 5
"""Points out of twenty below the mean of the marks before."""
AT_LEAST = 2
"""How many marks before make a mean."""

_FALLS = """
select student_id, held_on from (
  select k.student_id, a.held_on, 20 * k.points / a.scale as value,
    avg(20 * k.points / a.scale) over before as mean, count(*) over before as known
  from gradebook_studentmark k
  join gradebook_assessment a on a.establishment_id = k.establishment_id and a.id = k.assessment_id
  where k.establishment_id = %(school)s and k.points is not null and a.scale > 0 and a.student_sees_at <= %(now)s
    and (k.student_sees_at is null or k.student_sees_at <= %(now)s)
  window before as (partition by k.student_id, a.course_id order by a.held_on, a.id
    rows between unbounded preceding and 1 preceding)) marks
where held_on >= %(since)s and known >= %(at_least)s and mean - value >= %(fall)s
order by held_on, student_id"""


def falls_since(since: dt.date) -> Iterable[Event]:
    """Whose mark fell, and the day of the assessment; one statement."""
    parameters: dict[str, Any] = {
        "school": current_establishment_id(), "now": clock.now(), "since": since, "at_least": AT_LEAST, "fall": FALL
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FALLS, parameters)
        return [(student, on, None) for student, on in cursor.fetchall()]
