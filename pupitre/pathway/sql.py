"""What rooms below know of one student in the year, in one statement: half-days, latenesses, work, levels of mastery."""

from pupitre.attendance.queries.worth import WORTH
from pupitre.reportcards.queries.past import PAST_OF_STUDENT

FACTS = (
    """with year as (
  select y.starts_on, y.ends_on from establishments_schoolyear y
  where y.establishment_id = %(school)s and %(today)s between y.starts_on and y.ends_on),
given as (
  select h.id, h.due_on, h.mode from year
  join textbook_homework h on h.establishment_id = %(school)s and h.due_on between year.starts_on and %(today)s
    and h.visible_at <= %(now)s
  where case when h.is_individual then exists (select from textbook_homeworkstudent w
      where w.establishment_id = %(school)s and w.homework_id = h.id and w.student_id = %(student)s)
    else exists (select from directory_membership m
      where m.establishment_id = %(school)s and m.student_id = %(student)s and m.group_id = h.group_id
        and h.given_on between m.starts_on and coalesce(m.ends_on, 'infinity')) end)
select json_build_object(
  'half_days', (select coalesce(json_agg(json_build_array(to_char(h.missed_on, 'YYYY-MM'), h.standing, """
    + WORTH
    + """)), '[]')
    from year join attendance_countedhalfday h on h.establishment_id = %(school)s and h.student_id = %(student)s
      and h.missed_on between year.starts_on and %(today)s),
  'lateness', (select coalesce(json_agg(to_char(e.away_on, 'YYYY-MM')), '[]')
    from year join attendance_absenceentry e on e.establishment_id = %(school)s and e.student_id = %(student)s
      and e.kind = 'lateness' and e.cancelled_at is null and e.away_on between year.starts_on and %(today)s),
  'work', (select coalesce(json_agg(json_build_array(to_char(g.due_on, 'YYYY-MM'), g.mode in ('file', 'text', 'audio'),
      s.id is not null, coalesce(s.is_late, false), k.done_at is not null)), '[]')
    from given g
    left join textbook_submission s on s.establishment_id = %(school)s and s.homework_id = g.id
      and s.student_id = %(student)s
    left join textbook_homeworkmark k on k.establishment_id = %(school)s and k.homework_id = g.id
      and k.student_id = %(student)s),
  'levels', (select coalesce(json_agg(json_build_array(l.skill, coalesce(o.domain, split_part(l.skill, '.', 1)), l.level)
      order by a.held_on, a.id), '[]')
    from year
    join gradebook_skilllevel l on l.establishment_id = %(school)s and l.student_id = %(student)s
    join gradebook_assessment a on a.establishment_id = %(school)s and a.id = l.assessment_id
      and a.held_on between year.starts_on and year.ends_on
    left join gradebook_schoolskill o on o.establishment_id = %(school)s and l.skill = 'E.' || o.id),
  'modes', (select coalesce(json_agg(json_build_array(m.skill, m.mode, m.count)), '[]')
    from gradebook_skillmode m where m.establishment_id = %(school)s),
  'past', """
    + PAST_OF_STUDENT
    + """
)::text"""
)
