"""The facts of the bulletins of a class in a term, in one statement: marks, texts, cards, projects, names."""

from pupitre.attendance.queries.worth import WORTH

_SPAN = """select t.id, t.starts_on, t.ends_on, t.school_year_id, y.year from establishments_term t
  join establishments_schoolyear y on y.establishment_id = %(school)s and y.id = t.school_year_id
  where t.establishment_id = %(school)s and t.id = %(term)s"""

FACTS = f"""with span as ({_SPAN}),
terms as (
  select t.id, t.code, t.label, t.starts_on from span
  join establishments_term t on t.establishment_id = %(school)s and t.school_year_id = span.school_year_id
    and t.starts_on <= span.starts_on),
theirs as (
  select distinct m.student_id, m.group_id from span
  join directory_membership m on m.establishment_id = %(school)s and m.student_id = any(%(students)s::bigint[])
    and m.starts_on <= span.ends_on and coalesce(m.ends_on, 'infinity') >= span.starts_on),
courses as (
  select c.id, c.group_id, c.subject_id from span
  join timetable_course c on c.establishment_id = %(school)s and c.group_id in (select group_id from theirs)
    and coalesce(c.ends_on, 'infinity') >= span.starts_on),
tests as (
  select a.* from gradebook_assessment a where a.establishment_id = %(school)s and a.course_id in (select id from courses)
    and (a.term_id in (select id from terms) or a.other_term_id in (select id from terms))),
cards as (
  select c.* from reportcards_reportcard c where c.establishment_id = %(school)s and c.term_id = %(term)s
    and c.student_id = any(%(students)s::bigint[])),
projects as (
  select p.* from reportcards_project p where p.establishment_id = %(school)s and p.term_id = %(term)s
    and p.division_id = %(division)s)
select json_build_object(
  'year', (select year from span),
  'terms', (select json_agg(json_build_object('id', id, 'code', code, 'label', label) order by starts_on) from terms),
  'theirs', (select coalesce(json_agg(json_build_array(student_id, group_id)), '[]') from theirs),
  'courses', (select coalesce(json_agg(json_build_object('id', c.id, 'group', c.group_id, 'code', j.code, 'subject', j.label,
      'group_label', g.label, 'teachers', (select coalesce(string_agg(p.formal_name, ', ' order by p.sort_key), '')
        from timetable_courseteacher ct join directory_person p on p.id = ct.person_id
        where ct.establishment_id = %(school)s and ct.course_id = c.id
          and ct.starts_on <= span.ends_on and coalesce(ct.ends_on, 'infinity') >= span.starts_on))
      order by j.code, j.label, c.id), '[]')
    from span, courses c join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
    join directory_group g on g.establishment_id = %(school)s and g.id = c.group_id),
  'tests', (select coalesce(json_agg(json_build_object('id', a.id, 'course', a.course_id, 'term', a.term_id,
      'other_term', a.other_term_id, 'part', a.part_id, 'scale', a.scale, 'coefficient', (a.coefficient * 100)::int,
      'is_brought', a.is_brought, 'option', a.option)), '[]') from tests a),
  'marks', (select coalesce(json_agg(json_build_array(k.assessment_id, k.student_id, (k.points * 100)::int, k.annotation)),
      '[]') from tests a join gradebook_studentmark k on k.establishment_id = %(school)s and k.assessment_id = a.id
    where k.points is not null or k.annotation <> ''),
  'levels', (select coalesce(json_agg(json_build_array(l.student_id, a.course_id, l.total, l.n)), '[]') from (
      select v.assessment_id, v.student_id, sum(v.level) as total, count(*) as n from gradebook_skilllevel v
      where v.establishment_id = %(school)s and v.student_id = any(%(students)s::bigint[])
        and v.assessment_id in (select id from tests where term_id = %(term)s)
      group by v.assessment_id, v.student_id) l join tests a on a.id = l.assessment_id),
  'parts', (select coalesce(json_agg(json_build_array(r.course_id, r.id, (r.coefficient * 100)::int)), '[]')
    from gradebook_servicepart r where r.establishment_id = %(school)s and r.course_id in (select id from courses)),
  'weights', (select coalesce(json_agg(json_build_array(w.course_id, w.term_id, (w.coefficient * 100)::int)), '[]')
    from gradebook_serviceweight w where w.establishment_id = %(school)s and w.course_id in (select id from courses)),
  'finals', (select coalesce(json_agg(json_build_array(f.course_id, f.term_id, f.student_id, (f.value * 100)::int)), '[]')
    from gradebook_finalaverage f where f.establishment_id = %(school)s and f.course_id in (select id from courses)),
  'taken', (select coalesce(json_agg(json_build_array(v.course_id, v.term_id, v.student_id, (v.value * 100)::int, v.origin)),
      '[]') from gradebook_takenaverage v where v.establishment_id = %(school)s and v.term_id in (select id from terms)
      and (v.student_id = any(%(students)s::bigint[]) or v.course_id in (select id from courses))),
  'rules', (select json_build_object('direction', r.direction, 'step', r.step, 'shows_class', r.shows_class)
    from gradebook_gradingrules r where r.establishment_id = %(school)s),
  'report_rules', (select json_build_object('shows_spread', r.shows_spread, 'shows_previous', r.shows_previous)
    from reportcards_reportrules r where r.establishment_id = %(school)s),
  'texts', (select coalesce(json_agg(json_build_array(s.course_id, s.student_id, s.text, s.positioning)), '[]')
    from reportcards_subjectreport s where s.establishment_id = %(school)s and s.term_id = %(term)s
      and s.student_id = any(%(students)s::bigint[])),
  'elements', (select coalesce(json_agg(json_build_array(e.course_id, e.label) order by e.position, e.id), '[]')
    from reportcards_programmeelement e where e.establishment_id = %(school)s and e.term_id = %(term)s
      and e.course_id in (select id from courses)),
  'cards', (select coalesce(json_agg(json_build_object('student', c.student_id, 'status', c.status,
      'synthesis', c.synthesis, 'school_life', c.school_life, 'supports', c.supports, 'wishes', c.wishes,
      'decision', c.decision, 'mention', coalesce(m.label, ''), 'synthesis_by', coalesce(s.formal_name, ''),
      'school_life_by', coalesce(l.formal_name, ''))), '[]')
    from cards c left join reportcards_mention m on m.establishment_id = %(school)s and m.id = c.mention_id
    left join directory_person s on s.id = c.synthesis_by_id left join directory_person l on l.id = c.school_life_by_id),
  'projects', (select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'title', p.title, 'text', p.text,
      'subjects', (select coalesce(json_agg(j.label order by j.label), '[]') from reportcards_projectcourse pc
        join timetable_course c on c.establishment_id = %(school)s and c.id = pc.course_id
        join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
        where pc.establishment_id = %(school)s and pc.project_id = p.id)) order by p.position, p.id), '[]')
    from projects p),
  'project_texts', (select coalesce(json_agg(json_build_array(r.project_id, r.student_id, r.text)), '[]')
    from reportcards_projectreport r where r.establishment_id = %(school)s and r.project_id in (select id from projects)
      and r.student_id = any(%(students)s::bigint[])),
  'form_teachers', (select coalesce(json_agg(p.formal_name order by p.sort_key), '[]') from directory_formteacher f
    join directory_person p on p.id = f.person_id
    where f.establishment_id = %(school)s and f.group_id = %(division)s
      and %(day)s between f.starts_on and coalesce(f.ends_on, 'infinity')),
  'head', (select json_build_array(p.formal_name, a.function) from directory_affiliation a
    join directory_person p on p.id = a.person_id
    where a.establishment_id = %(school)s and a.profile = 'head'
      and %(day)s between a.starts_on and coalesce(a.ends_on, 'infinity')
    order by a.function ilike '%%adjoint%%', a.id limit 1),
  'school', (select json_build_object('name', e.name, 'town', e.town, 'uai', e.uai)
    from establishments_establishment e where e.id = %(school)s)
)::text"""
"""`students`: those whose bulletins are made; marks are those of all who share their courses."""

MISSED = (
    """select json_build_object(
  'half_days', (select coalesce(json_agg(json_build_array(student_id, standing, worth::text)), '[]') from (
    select h.student_id, h.standing, sum("""
    + WORTH
    + """) as worth
    from attendance_countedhalfday h where h.establishment_id = %(school)s and h.student_id = any(%(students)s::bigint[])
      and h.missed_on between %(first)s and %(last)s group by 1, 2) d),
  'lates', (select coalesce(json_agg(json_build_array(student_id, n)), '[]') from (
    select a.student_id, count(*) as n from attendance_absenceentry a where a.establishment_id = %(school)s
      and a.student_id = any(%(students)s::bigint[]) and a.kind = 'lateness' and a.cancelled_at is null
      and a.away_on between %(first)s and %(last)s group by 1) l)
)::text"""
)
"""Half-days by the method of the school and by standing, and latenesses, of these students between two days."""

STANDINGS = """select coalesce(json_agg(json_build_array(s.id, d.group_id, coalesce(c.status, 'draft'),
  t.comments_end_on)), '[]')::text
from unnest(%(students)s::bigint[]) as s(id)
left join lateral (
  select m.group_id from directory_membership m
  join directory_group g on g.establishment_id = %(school)s and g.id = m.group_id and g.kind = 'division'
  where m.establishment_id = %(school)s and m.student_id = s.id
    and m.starts_on <= %(last)s and coalesce(m.ends_on, 'infinity') >= %(first)s
  order by m.starts_on desc, m.id desc limit 1) d on true
left join gradebook_classterm t on t.establishment_id = %(school)s and t.term_id = %(term)s and t.division_id = d.group_id
left join reportcards_reportcard c on c.establishment_id = %(school)s and c.term_id = %(term)s and c.student_id = s.id"""
"""The last class of each of these students in a term, where their bulletin stands, until when appreciations are entered."""
