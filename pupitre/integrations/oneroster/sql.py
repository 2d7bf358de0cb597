"""What a file reads: one statement for the school, one for its people, who stand outside the wall."""

_HELD = "%(today)s between {t}.starts_on and coalesce({t}.ends_on, 'infinity')"


def _list(columns: str, rest: str, order: str) -> str:
    return f"(select coalesce(json_agg(json_build_array({columns}) order by {order}), '[]') {rest})"


# The last year, when two of them hold today.
_YEAR = """year as materialized (
  select y.id, y.year, y.starts_on, y.ends_on from establishments_schoolyear y
  where y.establishment_id = %(school)s and %(today)s between y.starts_on and y.ends_on
  order by y.year desc limit 1),
team as materialized (
  select g.id, g.code, g.label, g.kind from directory_group g join year on year.id = g.school_year_id
  where g.establishment_id = %(school)s and (g.ends_on is null or g.ends_on >= %(today)s)),
course as materialized (
  select c.id, c.group_id, s.id as subject_id, s.code, s.label from timetable_course c
  join team on team.id = c.group_id
  join directory_subject s on s.establishment_id = %(school)s and s.id = c.subject_id
  where c.establishment_id = %(school)s and (c.ends_on is null or c.ends_on >= %(today)s))"""

_PARTS = {
    "id": "e.id",
    "uai": "e.uai",
    "name": "e.name",
    "year": "(select json_build_array(id, year, starts_on, ends_on) from year)",
    "terms": _list(
        "t.id, t.code, t.label, t.starts_on, t.ends_on",
        "from establishments_term t join year on year.id = t.school_year_id where t.establishment_id = e.id",
        "t.starts_on, t.id",
    ),
    "teams": _list("id, code, label, kind", "from team", "kind, code, id"),
    "members": _list(
        "x.person_id, x.group_id",
        f"""from (select distinct st.person_id, m.group_id from directory_membership m
             join team on team.id = m.group_id
             join directory_student st on st.establishment_id = %(school)s and st.id = m.student_id
             where m.establishment_id = %(school)s and {_HELD.format(t="m")}) x""",
        "x.person_id, x.group_id",
    ),
    "courses": _list("id, group_id, subject_id, code, label", "from course", "id"),
    "teachers": _list(
        "t.person_id, t.course_id",
        f"""from timetable_courseteacher t join course on course.id = t.course_id
            where t.establishment_id = e.id and {_HELD.format(t="t")}""",
        "t.course_id, t.id",
    ),
    "form_teachers": _list(
        "f.person_id, f.group_id",
        f"""from directory_formteacher f join team on team.id = f.group_id
            where f.establishment_id = e.id and {_HELD.format(t="f")}""",
        "f.group_id, f.id",
    ),
    # The rule of `directory/guardians.py::open_on`: not a mere contact, not shut by the head.
    "links": _list(
        "k.student_id, k.guardian_id, k.relation",
        f"""from directory_guardianship k where k.establishment_id = e.id and k.level < 3 and not k.is_restricted
            and {_HELD.format(t="k")}""",
        "k.student_id, k.level, k.id",
    ),
    "chosen": """(select coalesce(json_agg(c.group_id), '[]') from services_connectorgroup c
        where c.establishment_id = e.id and c.connector_id = %(connector)s)""",
}

SCHOOL = (
    f"with {_YEAR} select json_build_object("
    + ", ".join(f"'{name}', {part}" for name, part in _PARTS.items())
    + ")::text from establishments_establishment e where e.id = %(school)s"
)
"""Parameters: school, connector, today."""

PEOPLE = f"""
select p.id, coalesce(nullif(p.usage_name, ''), p.last_name), p.first_name, coalesce(max(st.ine), ''),
  array_agg(a.profile::text order by a.profile)
from directory_affiliation a
join directory_person p on p.id = a.person_id and not p.is_organisation
left join directory_student st on st.establishment_id = %(school)s and st.person_id = p.id
where a.establishment_id = %(school)s and a.profile = any(%(profiles)s) and {_HELD.format(t="a")}
group by p.id
order by p.id
"""
"""Parameters: school, profiles, today."""
