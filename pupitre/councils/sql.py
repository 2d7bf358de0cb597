"""A class in a term: what was written of it for its council, and what misses."""

from pupitre.attendance.queries.worth import WORTH
from pupitre.gradebook.sql_class import PUPILS, TEACHERS
from pupitre.reportcards.queries.past import PAST_OF_STUDENT

# A student is owed an appreciation in each course of theirs that assessed something in the term.
_OWED = """
owed as (
  select distinct u.division_id, u.id as student_id, c.id as course_id
  from establishments_term t, pupils u
  join directory_membership m on m.establishment_id = %(school)s and m.student_id = u.id
  join timetable_course c on c.establishment_id = %(school)s and c.group_id = m.group_id
  where t.establishment_id = %(school)s and t.id = %(term)s
    and m.starts_on <= t.ends_on and coalesce(m.ends_on, 'infinity') >= least(t.ends_on, greatest(t.starts_on, %(today)s))
    and exists (select from gradebook_assessment a where a.establishment_id = %(school)s and a.course_id = c.id
      and (a.term_id = t.id or a.other_term_id = t.id))),
missing as (
  select o.* from owed o where not exists (
    select from reportcards_subjectreport r where r.establishment_id = %(school)s and r.term_id = %(term)s
      and r.course_id = o.course_id and r.student_id = o.student_id and r.text <> ''))"""

FACTS = (
    "with "
    + PUPILS
    + ","
    + _OWED
    + """,
term as (select * from establishments_term where establishment_id = %(school)s and id = %(term)s),
sitting as (
  select s.* from councils_sitting s
  where s.establishment_id = %(school)s and s.term_id = %(term)s and s.division_id = any(%(divisions)s::bigint[])),
planned as (
  select e.id, e.starts_on, e.starts_at, e.ends_at, e.place,  n.convened_at is not null as is_convened
  from agenda_meeting n join agenda_event e on e.establishment_id = %(school)s and e.id = n.event_id
  where n.establishment_id = %(school)s and n.term_id = %(term)s and n.group_id = any(%(divisions)s::bigint[])
    and e.kind = 'council' and e.cancelled_at is null order by n.id desc limit 1),
dated as (
  select null::bigint as id, d.council_on as starts_on, null::time as starts_at, null::time as ends_at,
    '' as place, false as is_convened
  from gradebook_classterm d where d.establishment_id = %(school)s and d.term_id = %(term)s
    and d.division_id = any(%(divisions)s::bigint[]) and d.council_on is not null and not exists (select from planned))
select json_build_object(
  'sitting', (select json_build_object('id', id, 'state', state, 'opened_at', opened_at, 'closed_at', closed_at,
      'summary', summary, 'minutes', minutes, 'version', version, 'by', written_by_name, 'at', written_at,
      'published_at', published_at, 'reminded_at', reminded_at, 'reminded_by', reminded_by_name) from sitting),
  'planned', (select json_build_object('event', id, 'on', starts_on, 'starts_at', starts_at, 'ends_at', ends_at,
      'place', place, 'is_convened', is_convened) from (select id, starts_on, starts_at, ends_at, place, is_convened from planned
      union all select * from dated) p),
  'cards', (select coalesce(json_agg(json_build_array(r.student_id, r.status, r.synthesis <> '', m.label)), '[]')
    from reportcards_reportcard r
    left join reportcards_mention m on m.establishment_id = %(school)s and m.id = r.mention_id
    where r.establishment_id = %(school)s and r.term_id = %(term)s and r.student_id in (select id from pupils)),
  'missing', (select coalesce(json_agg(json_build_array(student_id, course_id)), '[]') from missing),
  'mentions', (select json_agg(json_build_array(label, is_active) order by position, id)
    from reportcards_mention where establishment_id = %(school)s),
  'delegates', (select coalesce(json_agg(person_id), '[]') from councils_member
    where establishment_id = %(school)s and role = 'student' and sitting_id in (select id from sitting)),
  'convened', (select coalesce(json_agg(person_id), '[]') from agenda_participant
    where establishment_id = %(school)s and role = 'delegate' and event_id in (select id from planned)),
  'card', (select json_build_object('status', r.status, 'synthesis', r.synthesis, 'version', r.synthesis_version,
      'by', p.formal_name, 'at', r.synthesis_at, 'school_life', r.school_life,
      'school_life_version', r.school_life_version, 'mention', coalesce(n.label, ''),
      'wishes', r.wishes, 'decision', r.decision, 'supports', r.supports)
    from reportcards_reportcard r left join directory_person p on p.id = r.synthesis_by_id
    left join reportcards_mention n on n.establishment_id = %(school)s and n.id = r.mention_id
    where r.establishment_id = %(school)s and r.term_id = %(term)s and r.student_id = %(student)s),
  'texts', (select coalesce(json_agg(json_build_object('course', r.course_id, 'text', r.text, 'version', r.version,
      'by', p.formal_name, 'at', r.written_at)), '[]')
    from reportcards_subjectreport r left join directory_person p on p.id = r.written_by_id
    where r.establishment_id = %(school)s and r.term_id = %(term)s and r.student_id = %(student)s),
  'before', (select r.synthesis from reportcards_reportcard r
    join establishments_term b on b.establishment_id = %(school)s and b.id = r.term_id
    join term on b.school_year_id = term.school_year_id and b.starts_on < term.starts_on
    where r.establishment_id = %(school)s and r.student_id = %(student)s and r.synthesis <> ''
    order by b.starts_on desc limit 1),
  'half_days', (select coalesce(json_agg(json_build_array(standing, worth)), '[]') from (
    select h.standing, sum("""
    + WORTH
    + """)::float8 as worth
    from attendance_countedhalfday h, term where h.establishment_id = %(school)s and h.student_id = %(student)s
      and h.missed_on between term.starts_on and term.ends_on group by h.standing) d),
  'late', (select count(*) from attendance_absenceentry a, term where a.establishment_id = %(school)s
    and a.student_id = %(student)s and a.kind = 'lateness' and a.cancelled_at is null
    and a.away_on between term.starts_on and term.ends_on),
  'proposal', (select json_build_object('path', o.path, 'reason', o.reason)
    from councils_orientationproposal o where o.establishment_id = %(school)s and o.student_id = %(student)s
      and o.sitting_id in (select id from sitting)),
  'past', """
    + PAST_OF_STUDENT
    + """
)::text"""
)
"""What was written of a class for its council, and all that is known of one of its students (none: null)."""

MISSING = (
    "with "
    + PUPILS
    + ","
    + _OWED
    + """
select json_build_object(
  'courses', (select coalesce(json_agg(json_build_object('division', x.division_id, 'course', c.id, 'subject', j.label,
      'students', x.students, 'teachers', """
    + TEACHERS
    + """) order by j.label, c.id), '[]')
    from (select division_id, course_id, count(*) as students from missing group by 1, 2) x
    join timetable_course c on c.establishment_id = %(school)s and c.id = x.course_id
    join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id),
  'classes', (select coalesce(json_agg(json_build_object('division', u.division_id, 'students', u.students,
      'unwritten', u.unwritten, 'seen', u.seen, 'ready', u.ready, 'led_by',
        (select coalesce(json_agg(json_build_array(p.id, p.formal_name) order by p.sort_key), '[]')
          from directory_formteacher f join directory_person p on p.id = f.person_id
          where f.establishment_id = %(school)s and f.group_id = u.division_id
            and %(today)s between f.starts_on and coalesce(f.ends_on, 'infinity')))), '[]')
    from (select k.division_id, count(*) as students, count(*) filter (where coalesce(r.synthesis, '') = '') as unwritten,
        count(*) filter (where r.status <> 'draft') as seen,
        count(*) filter (where coalesce(r.synthesis, '') <> ''
          and not exists (select from missing w where w.student_id = k.id)) as ready
      from pupils k left join reportcards_reportcard r on r.establishment_id = %(school)s and r.term_id = %(term)s
        and r.student_id = k.id
      group by k.division_id) u)
)::text"""
)
"""What misses in the bulletins of classes before their councils: appreciations by course, syntheses by class."""

PLANNED = """
with planned as (
  select distinct on (n.group_id) e.id, n.group_id, e.starts_on, e.starts_at, e.ends_at, e.place,
    n.convened_at is not null as is_convened
  from agenda_meeting n join agenda_event e on e.establishment_id = %(school)s and e.id = n.event_id
  where n.establishment_id = %(school)s and n.term_id = %(term)s and n.group_id = any(%(divisions)s::bigint[])
    and e.kind = 'council' and e.cancelled_at is null
  order by n.group_id, n.id desc)
select * from planned
union all
select null, d.division_id, d.council_on, null, null, '', false from gradebook_classterm d
where d.establishment_id = %(school)s and d.term_id = %(term)s and d.division_id = any(%(divisions)s::bigint[])
  and d.council_on is not null and d.division_id not in (select group_id from planned)"""
"""The day of the council of each class: the calendar's, else the one that « Périodes » holds."""
