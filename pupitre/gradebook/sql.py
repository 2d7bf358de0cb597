"""The statements of the grid: read in one, written in one."""

_STUDENTS = """
  select st.id, st.person_id, p.last_name, p.usage_name, p.first_name, p.sort_key,
    max(coalesce(m.ends_on, 'infinity')) as ends_on,
    (select min(ct.entry_ends_on) from directory_membership dm
       join directory_group d on d.establishment_id = {school} and d.id = dm.group_id and d.kind = 'division'
       join gradebook_classterm ct on ct.establishment_id = {school} and ct.division_id = d.id
         and {closing}
     where dm.establishment_id = {school} and dm.student_id = st.id
       and dm.starts_on <= t.ends_on and coalesce(dm.ends_on, 'infinity') >= t.starts_on) as closed_after
  from establishments_term t
  join directory_membership m on m.establishment_id = {school} and m.group_id = {group}
    and m.starts_on <= t.ends_on and coalesce(m.ends_on, 'infinity') >= t.starts_on
  join directory_student st on st.establishment_id = {school} and st.id = m.student_id
  join directory_person p on p.id = st.person_id
  where t.establishment_id = {school} and t.id = {term} {only}
  group by st.id, st.person_id, p.last_name, p.usage_name, p.first_name, p.sort_key, t.starts_on, t.ends_on"""

_IN_TERM = "(a.term_id = {term} or a.other_term_id = {term})"

GRID = f"""select json_build_object(
  'students', (select coalesce(json_agg(json_build_object('id', s.id, 'last_name', s.last_name, 'usage_name', s.usage_name,
      'first_name', s.first_name, 'left_on', nullif(s.ends_on, 'infinity'), 'closed_after', s.closed_after)
      order by s.sort_key, s.id), '[]') from ({
    _STUDENTS.format(school="%(school)s", group="%(group)s", term="%(term)s", closing="ct.term_id = %(term)s", only="")
}) s),
  'assessments', (select coalesce(json_agg(json_build_object('id', a.id, 'title', a.title, 'held_on', a.held_on,
      'scale', a.scale, 'coefficient', (a.coefficient * 100)::int, 'is_brought', a.is_brought, 'option', a.option,
      'part', a.part_id, 'kind', a.kind, 'is_locked', a.is_locked, 'student_sees_at', a.student_sees_at,
      'guardian_sees_at', a.guardian_sees_at, 'description', a.description) order by a.held_on, a.id), '[]')
    from gradebook_assessment a where a.establishment_id = %(school)s and a.course_id = %(course)s
      and {_IN_TERM.format(term="%(term)s")}),
  'marks', (select coalesce(json_agg(json_build_array(k.assessment_id, k.student_id, (k.points * 100)::int, k.annotation,
      k.remark, k.version)), '[]')
    from gradebook_assessment a join gradebook_studentmark k on k.establishment_id = %(school)s and k.assessment_id = a.id
    where a.establishment_id = %(school)s and a.course_id = %(course)s and {_IN_TERM.format(term="%(term)s")}),
  'parts', (select coalesce(json_agg(json_build_object('id', r.id, 'label', r.label, 'coefficient', (r.coefficient * 100)::int)
      order by r.position, r.id), '[]')
    from gradebook_servicepart r where r.establishment_id = %(school)s and r.course_id = %(course)s),
  'finals', (select coalesce(json_agg(json_build_array(f.student_id, (f.value * 100)::int)), '[]')
    from gradebook_finalaverage f where f.establishment_id = %(school)s and f.course_id = %(course)s
      and f.term_id = %(term)s),
  'taken', (select coalesce(json_agg(json_build_array(v.student_id, (v.value * 100)::int, v.origin)), '[]')
    from gradebook_takenaverage v where v.establishment_id = %(school)s and v.course_id = %(course)s
      and v.term_id = %(term)s),
  'rules', (select json_build_object('direction', g.direction, 'step', g.step)
    from gradebook_gradingrules g where g.establishment_id = %(school)s)
)::text"""
"""Everything a grid shows: students of the term, assessments, marks, parts, averages set by hand or taken over, the rule of
rounding."""

CELLS = f"""select s.id, s.last_name, s.usage_name, s.first_name, nullif(s.ends_on, 'infinity'), s.closed_after,
    k.id, k.points, k.annotation, coalesce(k.remark, ''), coalesce(k.version, 0), w.formal_name, k.written_at
  from ({
    _STUDENTS.format(
        school="%(school)s",
        group="%(group)s",
        term="%(term)s",
        closing="ct.term_id = any(%(terms)s::bigint[])",
        only="and st.id = any(%(students)s::bigint[])",
    )
}) s
  left join gradebook_studentmark k on k.establishment_id = %(school)s and k.assessment_id = %(assessment)s
    and k.student_id = s.id
  left join directory_person w on w.id = k.written_by_id"""
"""What a few cells of an assessment hold now, and what may be written there: nothing once a term where it counts is closed."""

WRITE = """with told as (
  select * from unnest(%(students)s::bigint[], %(points)s::numeric[], %(annotations)s::text[], %(remarks)s::text[],
    %(bases)s::int[]) as t(student_id, points, annotation, remark, base)),
kept as (
  insert into gradebook_studentmark as k (establishment_id, assessment_id, student_id, points, annotation, remark, version,
    written_by_id, written_at, student_sees_at, guardian_sees_at)
  select %(school)s, %(assessment)s, student_id, points, annotation, remark, 1, %(by)s, %(now)s,
    %(student_sees_at)s::timestamptz, %(guardian_sees_at)s::timestamptz from told
  on conflict (establishment_id, assessment_id, student_id) do update
    set points = excluded.points, annotation = excluded.annotation, remark = excluded.remark, version = k.version + 1,
      written_by_id = excluded.written_by_id, written_at = excluded.written_at,
      student_sees_at = case when k.points is null and k.annotation = '' then excluded.student_sees_at
        else k.student_sees_at end,
      guardian_sees_at = case when k.points is null and k.annotation = '' then excluded.guardian_sees_at
        else k.guardian_sees_at end
    where k.version = (select base from told where told.student_id = excluded.student_id)
  returning k.id, k.student_id, k.points, k.annotation, k.remark, k.version),
history as (
  insert into gradebook_markversion (establishment_id, mark_id, points, annotation, remark, version, written_by_id,
    written_at, is_kept)
  select %(school)s, id, points, annotation, remark, version, %(by)s, %(now)s, true from kept)
select student_id, version from kept"""
"""Write cells that nobody changed since they were read, and their history; gives those that were written. The two instants are
those of a cell that was empty: a mark that is corrected keeps its own.
"""
