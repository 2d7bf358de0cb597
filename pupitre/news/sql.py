"""Whom news is for, as SQL of this house: which news concern one person, and which people one piece of news concerns.

Both read the same four rules. A target with neither group nor child is its profile in the whole school; of a class, a group
or a child: students, their guardians (links open to them), and teachers who work there.
"""

import datetime as dt

from pupitre.directory.group_staff import group_staff_sql
from pupitre.foundation.actor import Actor

_ROLE = "{day} between a.starts_on and coalesce(a.ends_on, 'infinity')"
_SEAT = "{day} between m.starts_on and coalesce(m.ends_on, 'infinity')"
_LINK = "k.level < 3 and not k.is_restricted and {day} between k.starts_on and coalesce(k.ends_on, 'infinity')"
_STAFF = "select w.group_id, w.person_id from ({staff}) w"

_CONCERNING = """select t.news_id from news_newstarget t where t.establishment_id = {school} and (
  (t.group_id is null and t.student_id is null and t.profile in (select a.profile from directory_affiliation a
    where a.establishment_id = {school} and a.person_id = {person} and {role}))
  or (t.profile = 'student' and (t.student_id in (select st.id from directory_student st
      where st.establishment_id = {school} and st.person_id = {person})
    or t.group_id in (select m.group_id from directory_membership m
      join directory_student st on st.establishment_id = {school} and st.id = m.student_id
      where m.establishment_id = {school} and st.person_id = {person} and {seat})))
  or (t.profile = 'guardian' and (t.student_id in (select st.id from directory_student st
      join directory_guardianship k on k.establishment_id = {school} and k.student_id = st.person_id
      where st.establishment_id = {school} and k.guardian_id = {person} and {link})
    or t.group_id in (select m.group_id from directory_membership m
      join directory_student st on st.establishment_id = {school} and st.id = m.student_id
      join directory_guardianship k on k.establishment_id = {school} and k.student_id = st.person_id
      where m.establishment_id = {school} and k.guardian_id = {person} and {link} and {seat})))
  or (t.profile = 'teacher' and (t.group_id in (select w.group_id from ({staff}) w where w.person_id = {person})
    or t.student_id in (select m.student_id from directory_membership m
      join ({staff}) w on w.group_id = m.group_id
      where m.establishment_id = {school} and w.person_id = {person} and {seat}))))"""

# The same, where the statement has the table `me`.
_CONCERNING_ME = """select t.news_id from news_newstarget t where t.establishment_id = wall.id and (
  (t.group_id is null and t.student_id is null and t.profile = any(me.profiles))
  or (t.profile = 'student' and (t.group_id = any(me.groups) or t.student_id in (select st.id from directory_student st
    where st.establishment_id = wall.id and st.person_id = %(person)s)))
  or (t.profile = 'guardian' and (t.group_id = any(me.ward_groups) or t.student_id in (select st.id from directory_student st
    where st.establishment_id = wall.id and st.person_id = any(me.wards))))
  or (t.profile = 'teacher' and (t.group_id = any(me.team) or t.student_id in (
    select m.student_id from directory_membership m where m.establishment_id = wall.id and m.group_id = any(me.team)
    and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')))))"""

_CONCERNED = """select a.person_id, null::bigint as child_id from news_newstarget t
  join directory_affiliation a on a.establishment_id = {school} and a.profile = t.profile and {role}
  where t.establishment_id = {school} and t.news_id = {news} and t.group_id is null and t.student_id is null
union
select st.person_id, null from news_newstarget t
  join directory_student st on st.establishment_id = {school} and (st.id = t.student_id or st.id in (
    select m.student_id from directory_membership m where m.establishment_id = {school} and m.group_id = t.group_id and {seat}))
  where t.establishment_id = {school} and t.news_id = {news} and t.profile = 'student'
    and (t.group_id is not null or t.student_id is not null)
union
select k.guardian_id, k.student_id from news_newstarget t
  join directory_student st on st.establishment_id = {school} and (st.id = t.student_id or st.id in (
    select m.student_id from directory_membership m where m.establishment_id = {school} and m.group_id = t.group_id and {seat}))
  join directory_guardianship k on k.establishment_id = {school} and k.student_id = st.person_id and {link}
  where t.establishment_id = {school} and t.news_id = {news} and t.profile = 'guardian'
    and (t.group_id is not null or t.student_id is not null)
union
select w.person_id, null from news_newstarget t
  join ({staff}) w on w.group_id = t.group_id or w.group_id in (select m.group_id from directory_membership m
    where m.establishment_id = {school} and m.student_id = t.student_id and {seat})
  where t.establishment_id = {school} and t.news_id = {news} and t.profile = 'teacher'
    and (t.group_id is not null or t.student_id is not null)"""


def concerning(*, person: str, school: str, day: str) -> str:
    """A select of the news that are for a person; the arguments are SQL of this house."""
    return _with(_CONCERNING, school=school, day=day, person=person)


def concerning_me() -> str:
    """A select of the news that are for the person whose home it is."""
    return _CONCERNING_ME


def concerned(*, news: str, school: str, day: str) -> str:
    """A select (person_id, child_id) of those a piece of news is for; a guardian once a child, when it is of a class."""
    return _with(_CONCERNED, school=school, day=day, news=news)


def for_actor(actor: Actor, day: dt.date) -> str:
    """The news that are for somebody in the open school."""
    school, person = int(actor.establishment_id), int(actor.person_id)
    return concerning(person=str(person), school=str(school), day=f"date '{day:%Y-%m-%d}'")


def for_family(actor: Actor, day: dt.date) -> str:
    """Those that are for somebody as a student or a guardian, whatever else they are there."""
    # The rules of `_CONCERNING` stand in parentheses: this narrows each of them.
    return f"{for_actor(actor, day)} and t.profile in ('student', 'guardian')"


def _with(text: str, *, school: str, day: str, **more: str) -> str:
    rules = {"role": _ROLE.format(day=day), "seat": _SEAT.format(day=day), "link": _LINK.format(day=day)}
    staff = group_staff_sql().replace("%(school)s", school).replace("%(today)s", day)
    return text.format(school=school, staff=staff, **rules, **more)
