"""Who works in a company, as SQL for the statements of `sql.py`: only those whose agreement is signed."""

_GOING = """timetable_placedstudent ps
  join timetable_workplacement pl on pl.establishment_id = wall.id and pl.id = ps.placement_id and pl.cancelled_at is null
  where ps.establishment_id = wall.id and ps.agreement = 'signed'"""
# The week of the parameter `day`, Monday to Sunday.
_THIS_WEEK = """pl.starts_on <= date_trunc('week', %(day)s::timestamp)::date + 6
  and pl.ends_on >= date_trunc('week', %(day)s::timestamp)::date"""


def company_on(student: str, day: str) -> str:
    """A select of the company of a schooling on a day; no row when the student is expected at school."""
    return f"select ps.company from {_GOING} and ps.student_id = {student} and {day} between pl.starts_on and pl.ends_on limit 1"


def placements_of_student(person: str) -> str:
    """What a student, given as a person, has in the week of `day`: when, where, with whom."""
    return f"""(select coalesce(json_agg(json_build_object('label', pl.label, 'starts_on', pl.starts_on, 'ends_on', pl.ends_on,
  'company', ps.company, 'place', ps.place, 'tutor', ps.tutor) order by pl.starts_on), '[]')
  from {_GOING} and {_THIS_WEEK} and ps.student_id in (select st.id from directory_student st
    where st.establishment_id = wall.id and st.person_id = {person}))"""


def placements_of_group(group: str) -> str:
    """What a class has in the week of `day`: when, and how many go."""
    return f"""(select coalesce(json_agg(json_build_object('label', pl.label, 'starts_on', pl.starts_on, 'ends_on', pl.ends_on,
  'going', (select count(*) from timetable_placedstudent ps where ps.establishment_id = wall.id and ps.placement_id = pl.id
    and ps.agreement = 'signed')) order by pl.starts_on), '[]')
  from timetable_workplacement pl where pl.establishment_id = wall.id and pl.group_id = {group} and pl.cancelled_at is null
    and {_THIS_WEEK})"""


def placements_of_year(person: str) -> str:
    """What a student has in the school year `y`, for calendars."""
    return f"""(select coalesce(json_agg(json_build_object('starts_on', pl.starts_on, 'ends_on', pl.ends_on,
  'company', ps.company) order by pl.starts_on), '[]')
  from {_GOING} and pl.starts_on <= y.ends_on and pl.ends_on >= y.starts_on
    and ps.student_id in (select st.id from directory_student st
      where st.establishment_id = wall.id and st.person_id = {person}))"""
