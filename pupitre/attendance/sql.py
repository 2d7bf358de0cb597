"""Statements of the room, written once: registers made from the timetable, for a whole school at a time."""

# The lessons of one day as the timetable says today: weekly slots whose week is a school week, on no closed day.
_EXPECTED = """
with expected as (
  select s.id as slot_id, g.id as group_id, s.starts_at, s.ends_at, left(j.label, 80) as subject, j.code as subject_code,
    coalesce(r.code, '') as room, s.teacher_ids,
    coalesce((select array_agg(st.id order by p.sort_key, st.id)
      from directory_membership m
      join directory_student st on st.establishment_id = m.establishment_id and st.id = m.student_id
      join directory_person p on p.id = st.person_id
      where m.establishment_id = %(school)s and m.group_id = g.id
        and %(day)s between m.starts_on and coalesce(m.ends_on, 'infinity')
        and %(day)s <= coalesce(st.left_on, 'infinity')), '{}') as student_ids
  from establishments_schoolyear y
  join directory_group g on g.establishment_id = y.establishment_id and g.school_year_id = y.id
  join timetable_course c on c.establishment_id = y.establishment_id and c.group_id = g.id
    and %(day)s <= coalesce(c.ends_on, 'infinity')
  join directory_subject j on j.establishment_id = y.establishment_id and j.id = c.subject_id
  join timetable_timetableslot s on s.establishment_id = y.establishment_id and s.course_id = c.id
    and s.weekday = extract(isodow from %(day)s::date)
    and s.weeks & (1::bigint << ((%(day)s::date - y.first_monday) / 7)) <> 0
  left join timetable_classroom r on r.establishment_id = y.establishment_id and r.id = s.classroom_id
  where y.establishment_id = %(school)s and %(day)s between y.starts_on and y.ends_on
    and not exists (select from establishments_closure z where z.establishment_id = %(school)s
      and %(day)s between z.starts_on and z.ends_on))
"""

# An import replaced the slot: a register that was begun follows the lesson that took its place.
FOLLOW = (
    _EXPECTED
    + """
update attendance_rollcall r set slot_id = e.slot_id from expected e
where r.establishment_id = %(school)s and r.held_on = %(day)s
  and r.group_id = e.group_id and r.starts_at = e.starts_at and r.subject_code = e.subject_code
  and r.slot_id not in (select slot_id from expected)
  and not exists (select from attendance_rollcall other where other.establishment_id = %(school)s
    and other.held_on = %(day)s and other.slot_id = e.slot_id)
"""
)

# A lesson that takes place no longer, and whose register nobody touched.
FORGET = (
    _EXPECTED
    + """
delete from attendance_rollcall r
where r.establishment_id = %(school)s and r.held_on = %(day)s and r.state = 'prepared'
  and r.slot_id not in (select slot_id from expected)
  and not exists (select from attendance_rollmark k where k.establishment_id = %(school)s and k.roll_call_id = r.id)
"""
)

# What was taken stays as it was taken; what was not follows the timetable and the classes until it is.
PREPARE = (
    _EXPECTED
    + """
insert into attendance_rollcall as r (establishment_id, held_on, slot_id, group_id, starts_at, ends_at, subject,
  subject_code, room, teacher_ids, student_ids, state, cancel_reason)
select %(school)s, %(day)s, slot_id, group_id, starts_at, ends_at, subject, subject_code, room, teacher_ids, student_ids,
  'prepared', ''
from expected order by slot_id
on conflict (establishment_id, held_on, slot_id) do update set
  starts_at = excluded.starts_at, ends_at = excluded.ends_at, subject = excluded.subject,
  subject_code = excluded.subject_code, room = excluded.room, teacher_ids = excluded.teacher_ids,
  student_ids = excluded.student_ids
where r.state = 'prepared' and (r.starts_at, r.ends_at, r.subject, r.subject_code, r.room, r.teacher_ids, r.student_ids)
  is distinct from (excluded.starts_at, excluded.ends_at, excluded.subject, excluded.subject_code, excluded.room,
    excluded.teacher_ids, excluded.student_ids)
"""
)
