"""The two sums of the annual report: half-days missed, as they are stored, and half-days that students had."""

_DIVISION = """left join directory_membership m on m.establishment_id = %(school)s and m.student_id = d.student_id
  and d.on_day between m.starts_on and coalesce(m.ends_on, 'infinity')
  and exists (select from directory_group g where g.establishment_id = %(school)s and g.id = m.group_id and g.kind = 'division')"""

# By class of the day, month and standing. The rule is the school's.
MISSED = (
    """
with d as (select student_id, missed_on as on_day, standing,
  case %(method)s when 'gross' then gross when 'computed' then computed else by_lesson end as worth
  from attendance_countedhalfday where establishment_id = %(school)s and missed_on between %(first)s and %(last)s)
select m.group_id, date_trunc('month', d.on_day)::date, d.standing, sum(d.worth)::float8
from d """
    + _DIVISION
    + " group by 1, 2, 3"
)

# Half-days with a lesson of the student: from the registers, and from the timetable for days without any. Last, whether any
# register of the class was taken that month.
DUE = (
    """
with prepared as (select distinct held_on from attendance_rollcall
  where establishment_id = %(school)s and held_on between %(first)s and %(last)s),
d as (
  select distinct s.student_id, r.held_on as on_day, r.starts_at < %(cut)s as morning, r.state = 'done' as taken
  from attendance_rollcall r cross join lateral unnest(r.student_ids) s(student_id)
  where r.establishment_id = %(school)s and r.held_on between %(first)s and %(last)s and r.state <> 'cancelled'
  union
  select m.student_id, a.day::date, s.starts_at < %(cut)s, false
  from generate_series(%(first)s::timestamp, %(last)s::timestamp, '1 day') a(day)
  join establishments_schoolyear y on y.establishment_id = %(school)s and a.day::date between y.starts_on and y.ends_on
  join timetable_timetableslot s on s.establishment_id = %(school)s and s.weekday = extract(isodow from a.day)
    and s.weeks & (1::bigint << ((a.day::date - y.first_monday) / 7)) <> 0
    and not exists (select from timetable_lessonchange x where x.establishment_id = %(school)s and x.is_latest
      and x.course_id = s.course_id and x.held_on = a.day::date and x.starts_at = s.starts_at
      and (x.state <> 'held' or x.to_held_on <> x.held_on))
  join timetable_course c on c.establishment_id = %(school)s and c.id = s.course_id
    and a.day::date <= coalesce(c.ends_on, 'infinity')
  join directory_group g on g.establishment_id = %(school)s and g.id = c.group_id and g.school_year_id = y.id
  join directory_membership m on m.establishment_id = %(school)s and m.group_id = g.id
    and a.day::date between m.starts_on and coalesce(m.ends_on, 'infinity')
  where a.day::date not in (select held_on from prepared) and not exists (select from establishments_closure z
    where z.establishment_id = %(school)s and a.day::date between z.starts_on and z.ends_on)
)
select m.group_id, date_trunc('month', d.on_day)::date, count(*), count(distinct d.student_id), bool_or(d.taken)
from (select student_id, on_day, morning, bool_or(taken) as taken from d group by 1, 2, 3) d """
    + _DIVISION
    + " group by 1, 2"
)

# Students with so many unjustified half-days in a month, by month.
OVER_THRESHOLD = """
select month, count(*) from (
  select student_id, date_trunc('month', missed_on)::date as month
  from attendance_countedhalfday
  where establishment_id = %(school)s and missed_on between %(first)s and %(last)s and standing = 2
  group by 1, 2
  having sum(case %(method)s when 'gross' then gross when 'computed' then computed else by_lesson end) >= %(threshold)s
) over_it group by month"""

# Each class, and the training level that most of its students follow.
LEVELS = """
select g.id, g.label, coalesce((
  select p.label from directory_membership m
  join directory_student s on s.establishment_id = %(school)s and s.id = m.student_id
  join directory_programme p on p.establishment_id = %(school)s and p.mef = s.mef
  where m.establishment_id = %(school)s and m.group_id = g.id
  group by p.label order by count(*) desc, p.label limit 1), '')
from directory_group g where g.establishment_id = %(school)s and g.kind = 'division' and g.school_year_id = %(year)s
order by g.label"""

ANNUAL = f"""select json_build_object(
  'due', (select coalesce(json_agg(json_build_array(division, month, half_days, students, taken)), '[]')
    from ({DUE}) x(division, month, half_days, students, taken)),
  'missed', (select coalesce(json_agg(json_build_array(division, month, standing, half_days)), '[]')
    from ({MISSED}) x(division, month, standing, half_days)),
  'over', (select coalesce(json_agg(json_build_array(month, students)), '[]') from ({OVER_THRESHOLD}) x(month, students)),
  'levels', (select coalesce(json_agg(json_build_array(division, label, level) order by label), '[]')
    from ({LEVELS}) x(division, label, level))
)::text"""
"""All of it in one statement."""
