"""The marks of one student in a year, in one statement: what they have, and what the class has in one term."""

# Who reads: a family only what is published, when it is.
SEEN_BY_STUDENT = "a.student_sees_at <= %(now)s"
SEEN_BY_GUARDIAN = "a.guardian_sees_at <= %(now)s"
SEEN_BY_STAFF = "true"
# What was added after an assessment was shown waits its own delay (16.4), and so does an average set by hand.
_OWN = {
    SEEN_BY_STUDENT: "({row}.student_sees_at is null or {row}.student_sees_at <= %(now)s)",
    SEEN_BY_GUARDIAN: "({row}.guardian_sees_at is null or {row}.guardian_sees_at <= %(now)s)",
    SEEN_BY_STAFF: "true",
}
# What another tool gave, to a family.
_TAKEN = "v.seen_at <= %(now)s"

_YEAR = """select y.id, y.starts_on, y.ends_on from establishments_schoolyear y
  where y.establishment_id = %(school)s and %(today)s between y.starts_on and y.ends_on"""

_STUDENT = """with year as ({year}),
mine as (
  select a.*, k.points, k.annotation, k.remark, c.subject_id, c.group_id from year
  join establishments_term t on t.establishment_id = %(school)s and t.school_year_id = year.id
  join gradebook_assessment a on a.establishment_id = %(school)s and a.term_id = t.id and {seen}
  join timetable_course c on c.establishment_id = %(school)s and c.id = a.course_id
  left join gradebook_studentmark k on k.establishment_id = %(school)s and k.assessment_id = a.id
    and k.student_id = %(student)s and {mark}
  where k.points is not null or k.annotation <> '' or exists (
    select from directory_membership m where m.establishment_id = %(school)s and m.student_id = %(student)s
      and m.group_id = c.group_id and a.held_on between m.starts_on and coalesce(m.ends_on, 'infinity'))),
taken as (
  select v.course_id, v.term_id, v.value, v.origin from year
  join establishments_term t on t.establishment_id = %(school)s and t.school_year_id = year.id
  join gradebook_takenaverage v on v.establishment_id = %(school)s and v.term_id = t.id and v.student_id = %(student)s
    and {taken}),
courses as (select course_id from mine union select course_id from taken where course_id is not null)
select json_build_object(
  'assessments', (select coalesce(json_agg(json_build_object('id', a.id, 'course', a.course_id, 'term', a.term_id,
      'other_term', a.other_term_id, 'part', a.part_id, 'title', a.title, 'description', a.description, 'kind', a.kind,
      'held_on', a.held_on, 'scale', a.scale, 'coefficient', (a.coefficient * 100)::int, 'is_brought', a.is_brought,
      'option', a.option, 'student_sees_at', a.student_sees_at, 'guardian_sees_at', a.guardian_sees_at,
      'has_files', exists (select from files_filereference f where f.establishment_id = %(school)s
        and f.target = 'gradebook.assessment' and f.target_id = a.id),
      'points', (a.points * 100)::int, 'annotation', coalesce(a.annotation, ''), 'remark', coalesce(a.remark, ''))
      order by a.held_on desc, a.id desc), '[]') from mine a),
  'services', (select coalesce(json_agg(json_build_object('course', c.id, 'code', j.code, 'subject', j.label,
      'group', g.label, 'teachers', (select coalesce(string_agg(p.formal_name, ', ' order by p.sort_key), '')
        from timetable_courseteacher ct join directory_person p on p.id = ct.person_id
        where ct.establishment_id = %(school)s and ct.course_id = c.id
          and %(today)s between ct.starts_on and coalesce(ct.ends_on, 'infinity')))
      order by j.label, g.label, c.id), '[]')
    from timetable_course c
    join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
    join directory_group g on g.establishment_id = %(school)s and g.id = c.group_id
    where c.establishment_id = %(school)s and c.id in (select course_id from courses)),
  'parts', (select coalesce(json_agg(json_build_object('id', r.id, 'course', r.course_id, 'label', r.label,
      'coefficient', (r.coefficient * 100)::int) order by r.position, r.id), '[]')
    from gradebook_servicepart r where r.establishment_id = %(school)s and r.course_id in (select course_id from courses)),
  'weights', (select coalesce(json_agg(json_build_array(w.course_id, w.term_id, (w.coefficient * 100)::int)), '[]')
    from gradebook_serviceweight w where w.establishment_id = %(school)s
      and w.course_id in (select course_id from courses)),
  'finals', (select coalesce(json_agg(json_build_array(f.course_id, f.term_id, (f.value * 100)::int)), '[]')
    from gradebook_finalaverage f where f.establishment_id = %(school)s and f.student_id = %(student)s and {final}),
  'others', (select coalesce(json_agg(json_build_array(k.assessment_id, k.student_id, (k.points * 100)::int, k.annotation)),
      '[]') from mine a
    join gradebook_studentmark k on k.establishment_id = %(school)s and k.assessment_id = a.id and {mark}
    where a.term_id = %(term)s or a.other_term_id = %(term)s),
  'class_finals', (select coalesce(json_agg(json_build_array(f.course_id, f.student_id, (f.value * 100)::int)), '[]')
    from gradebook_finalaverage f where f.establishment_id = %(school)s and f.term_id = %(term)s
      and f.course_id in (select course_id from courses) and {final}),
  'taken', (select coalesce(json_agg(json_build_array(course_id, term_id, (value * 100)::int, origin)), '[]') from taken),
  'class_taken', (select coalesce(json_agg(json_build_array(v.course_id, v.student_id, (v.value * 100)::int)), '[]')
    from gradebook_takenaverage v where v.establishment_id = %(school)s and v.term_id = %(term)s
      and v.course_id in (select course_id from courses) and {taken}),
  'rules', (select json_build_object('direction', g.direction, 'step', g.step, 'annual', g.annual,
      'shows_class', g.shows_class) from gradebook_gradingrules g where g.establishment_id = %(school)s)
)::text"""


def marks_of_student(seen: str) -> str:
    """The statement, for a reader who sees the assessments that meet `seen`, one of the conditions above."""
    own = _OWN[seen]
    return _STUDENT.format(
        year=_YEAR, seen=seen, mark=own.format(row="k"), final=own.format(row="f"),
        taken="true" if seen == SEEN_BY_STAFF else _TAKEN,
    )  # fmt: skip
