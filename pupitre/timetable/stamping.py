"""Whose pages must be made again when a lesson changes: its students, their guardians, its teachers, and the office."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock, live
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience

# Restricted guardians and contacts are told too: a page made again for nothing says nothing more.
_CONCERNED = """
with here as (
  select distinct st.person_id from directory_membership m
  join directory_student st on st.establishment_id = %(school)s and st.id = m.student_id
  where m.establishment_id = %(school)s and m.group_id = any(%(groups)s)
    and %(today)s <= coalesce(m.ends_on, 'infinity')
)
select person_id from here
union select k.guardian_id from directory_guardianship k join here on here.person_id = k.student_id
  where k.establishment_id = %(school)s and %(today)s <= coalesce(k.ends_on, 'infinity')
union select a.person_id from directory_affiliation a where a.establishment_id = %(school)s
  and a.profile in ('school_life', 'head', 'administrative')
  and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity')"""


def see_again(*, groups: Iterable[int], people: Iterable[int], opens_day: bool = False) -> None:
    """Have the pages of those who learn in these groups, of these teachers and of the office made again; two statements.

    `opens_day`: a lesson may now stand on a day that had none; which day homes show is then everybody's business.
    """
    school = current_establishment_id()
    parameters: dict[str, Any] = {"school": school, "groups": list(groups), "today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(_CONCERNED, parameters)
        found = {row[0] for row in cursor.fetchall()}.union(people)
    raise_stamps([*map(person_audience, found), *([school_audience(school)] if opens_day else [])])
    live.tell(sorted(people))
