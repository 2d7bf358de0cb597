"""Who reads their home, told once to all the parts of it: the groups where they sit, their children, those they teach.

Each part that works it out again makes the statement of the home longer, and its plan is set up whole at each view.
"""

from functools import cache

from pupitre.directory.group_staff import group_staff_sql

_HELD = "%(today)s::date between {0}.starts_on and coalesce({0}.ends_on, 'infinity')"

_GROUPS = f"""select m.group_id from directory_membership m
  join directory_student st on st.establishment_id = wall.id and st.id = m.student_id
  where m.establishment_id = wall.id and {_HELD.format("m")} and st.person_id = any({{people}})"""  # noqa: S608

_MYSELF = f"""me as materialized (select role.profiles, child.wards,
  array({_GROUPS.format(people="role.learns")}) as groups, array({_GROUPS.format(people="child.wards")}) as ward_groups,
  array(select t.group_id from ({{staff}}) t where t.person_id = %(person)s
    and not role.profiles <@ array['student', 'guardian']) as team
from wall
cross join lateral (select given.profiles, case when 'student' = any(given.profiles) then array[%(person)s::bigint] end as learns
  from (select array(select f.profile::text from directory_affiliation f
    where f.establishment_id = wall.id and f.person_id = %(person)s
    and (f.profile = 'guardian') = (%(profile)s = 'guardian') and {_HELD.format("f")}) as profiles) given) role
cross join lateral (select array(select k.student_id from directory_guardianship k where 'guardian' = any(role.profiles)
    and k.establishment_id = wall.id and k.guardian_id = %(person)s and k.level < 3 and not k.is_restricted
    and {_HELD.format("k")}) as wards) child)"""  # noqa: S608


@cache
def myself_sql() -> str:
    """The table `me`, one row, for a statement that begins with `wall`; parameters `person`, `profile` and `today`.

    `profiles` (text[]): what they are in the school, as a guardian or otherwise. As arrays of ids: `groups` where they sit
    as a student, `wards` (their children, as persons), `ward_groups` where these sit, `team`: the groups they work with.
    """
    staff = group_staff_sql().replace("%(school)s", "wall.id").replace("%(today)s", "%(today)s::date")
    return _MYSELF.format(staff=staff)
