"""A class in a term: its students, and everything that averages are made of since the beginning of the year."""

PUPILS = """
pupils as (
  select s.id, s.person_id, m.group_id as division_id
  from establishments_term t
  join directory_membership m on m.establishment_id = %(school)s and m.group_id = any(%(divisions)s::bigint[])
    and m.starts_on <= t.ends_on and coalesce(m.ends_on, 'infinity') >= least(t.ends_on, greatest(t.starts_on, %(today)s))
  join directory_student s on s.establishment_id = %(school)s and s.id = m.student_id
  where t.establishment_id = %(school)s and t.id = %(term)s
  group by s.id, s.person_id, m.group_id)"""
"""The students of classes in a term, who have not left them since."""

TEACHERS = """(select coalesce(json_agg(json_build_array(p.id, p.formal_name) order by p.sort_key), '[]')
        from timetable_courseteacher ct join directory_person p on p.id = ct.person_id
        where ct.establishment_id = %(school)s and ct.course_id = c.id
          and %(today)s between ct.starts_on and coalesce(ct.ends_on, 'infinity'))"""

RESULTS = (
    "with "
    + PUPILS
    + """,
terms as (
  select b.id, b.label, b.starts_on from establishments_term a
  join establishments_term b on b.establishment_id = %(school)s and b.school_year_id = a.school_year_id
    and b.starts_on <= a.starts_on
  where a.establishment_id = %(school)s and a.id = %(term)s),
marks as (
  select k.assessment_id, k.student_id, k.points, k.annotation
  from gradebook_studentmark k join pupils on pupils.id = k.student_id
  where k.establishment_id = %(school)s and (k.points is not null or k.annotation <> '')),
tests as (
  select a.* from gradebook_assessment a
  where a.establishment_id = %(school)s and a.id in (select assessment_id from marks)
    and (a.term_id in (select id from terms) or a.other_term_id in (select id from terms))),
taken as (
  select v.* from gradebook_takenaverage v
  where v.establishment_id = %(school)s and v.student_id in (select id from pupils) and v.term_id in (select id from terms))
select json_build_object(
  'students', (select coalesce(json_agg(json_build_object('id', u.id, 'person', u.person_id, 'last_name', p.last_name,
      'usage_name', p.usage_name, 'first_name', p.first_name, 'sex', p.sex)
      order by p.sort_key, u.id), '[]') from pupils u join directory_person p on p.id = u.person_id),
  'terms', (select coalesce(json_agg(json_build_array(id, label) order by starts_on), '[]') from terms),
  'services', (select coalesce(json_agg(json_build_object('course', c.id, 'code', j.code, 'subject', j.label,
      'group', g.label, 'teachers', """
    + TEACHERS
    + """)
      order by j.label, g.label, c.id), '[]')
    from timetable_course c
    join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
    join directory_group g on g.establishment_id = %(school)s and g.id = c.group_id
    where c.establishment_id = %(school)s
      and c.id in (select course_id from tests union select course_id from taken where course_id is not null)),
  'assessments', (select coalesce(json_agg(json_build_object('id', id, 'course', course_id, 'term', term_id,
      'other_term', other_term_id, 'part', part_id, 'scale', scale, 'coefficient', (coefficient * 100)::int,
      'is_brought', is_brought, 'option', option)), '[]') from tests),
  'marks', (select coalesce(json_agg(json_build_array(assessment_id, student_id, (points * 100)::int, annotation)), '[]')
    from marks where assessment_id in (select id from tests)),
  'parts', (select coalesce(json_agg(json_build_array(course_id, id, (coefficient * 100)::int) order by position, id), '[]')
    from gradebook_servicepart where establishment_id = %(school)s and course_id in (select course_id from tests)),
  'weights', (select coalesce(json_agg(json_build_array(course_id, term_id, (coefficient * 100)::int)), '[]')
    from gradebook_serviceweight where establishment_id = %(school)s and term_id in (select id from terms)),
  'finals', (select coalesce(json_agg(json_build_array(f.course_id, f.term_id, f.student_id, (f.value * 100)::int)), '[]')
    from gradebook_finalaverage f where f.establishment_id = %(school)s and f.term_id in (select id from terms)
      and f.student_id in (select id from pupils)),
  'taken', (select coalesce(json_agg(json_build_array(course_id, term_id, student_id, (value * 100)::int, origin)), '[]')
    from taken),
  'rules', (select json_build_object('direction', g.direction, 'step', g.step, 'annual', g.annual)
    from gradebook_gradingrules g where g.establishment_id = %(school)s)
)::text"""
)
"""Marks of the students of a class since the beginning of the year, with whatever averages are made of."""
