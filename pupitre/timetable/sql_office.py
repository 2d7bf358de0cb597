"""The lessons of a school as the office weighs them: which would meet, at some hours, a class, teachers or a room."""

from pupitre.timetable.dated import LATEST, dated

# Every lesson held in the week of `day`, and whether it shares a student with the groups named, or a teacher.
WEEK = f"""
with near as (
  select distinct other.group_id from directory_membership mine
  join directory_membership other on other.establishment_id = %(school)s and other.student_id = mine.student_id
    and %(day)s between other.starts_on and coalesce(other.ends_on, 'infinity')
  where mine.establishment_id = %(school)s and mine.group_id = any(%(groups)s)
    and %(day)s between mine.starts_on and coalesce(mine.ends_on, 'infinity')
)
select c.id, coalesce(s.x_held_on, s.on_day), coalesce(s.x_starts_at, s.starts_at), g.id, g.label, j.id, j.label, s.on_day,
  s.starts_at, s.ends_at, s.classroom_id, s.teacher_ids,
  g.id = any(%(groups)s) or g.id in (select group_id from near)
from establishments_schoolyear y
join directory_group g on g.establishment_id = %(school)s and g.school_year_id = y.id
join timetable_course c on c.establishment_id = %(school)s and c.group_id = g.id
  and %(day)s <= coalesce(c.ends_on, 'infinity')
join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
join lateral ({dated(LATEST, school="%(school)s")}) s on true
where y.establishment_id = %(school)s and %(day)s between y.starts_on and y.ends_on and s.is_held and s.place <> 'away'
order by s.on_day, s.starts_at, g.label"""
