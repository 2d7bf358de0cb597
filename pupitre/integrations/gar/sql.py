"""What a delivery reads. People stand outside the wall and are asked for a page at a time; each school is opened in turn."""

# People of these schools who are one of these profiles today, after a number: (id, names…, number, [[uai, profile, function]…]).
PEOPLE = """
select p.id, p.last_name, p.usage_name, p.first_name, p.sex, p.birth_date, p.email, n.value,
  array_agg(array[e.uai::text, a.profile::text, a.function::text] order by e.uai, a.profile)
from directory_affiliation a
join directory_person p on p.id = a.person_id
join establishments_establishment e on e.id = a.establishment_id
left join services_pseudonym n on n.person_id = p.id and n.service_id is null
where a.establishment_id = any(%(schools)s) and a.profile = any(%(profiles)s)
  and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity') and p.id > %(after)s
group by p.id, n.value
order by p.id
limit %(size)s
"""

# Everything of one school, in one statement: groups of the year with someone in them, members, courses, who teaches them.
SCHOOL = """
with team as materialized (
  select g.id, g.code, g.label, g.kind from directory_group g
  join establishments_schoolyear y on y.establishment_id = %(school)s and y.id = g.school_year_id
    and %(today)s between y.starts_on and y.ends_on
  where g.establishment_id = %(school)s and (g.ends_on is null or g.ends_on >= %(today)s)),
course as materialized (
  select c.id, c.group_id, s.code, s.label from timetable_course c
  join team on team.id = c.group_id
  join directory_subject s on s.establishment_id = %(school)s and s.id = c.subject_id
  where c.establishment_id = %(school)s and (c.ends_on is null or c.ends_on >= %(today)s))
select json_build_object(
  'teams', (select coalesce(json_agg(json_build_array(id, code, label, kind) order by kind, code), '[]') from team),
  'members', (select coalesce(json_agg(distinct jsonb_build_array(st.person_id, m.group_id)), '[]')
    from directory_membership m
    join team on team.id = m.group_id
    join directory_student st on st.establishment_id = %(school)s and st.id = m.student_id
    where m.establishment_id = %(school)s and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')),
  'students', (select coalesce(json_agg(json_build_array(st.person_id, st.mef)), '[]') from directory_student st
    where st.establishment_id = %(school)s and %(today)s <= coalesce(st.left_on, 'infinity')),
  'courses', (select coalesce(json_agg(json_build_array(id, group_id, code, label)), '[]') from course),
  'teachers', (select coalesce(json_agg(json_build_array(t.person_id, t.course_id)), '[]') from timetable_courseteacher t
    join course on course.id = t.course_id
    where t.establishment_id = %(school)s and %(today)s between t.starts_on and coalesce(t.ends_on, 'infinity')),
  'programmes', (select coalesce(json_agg(json_build_array(mef, label, stat)), '[]') from directory_programme
    where establishment_id = %(school)s))::text
"""

# How one school stands, in one statement: its access (none: all null), its enrolment, the last deliveries, whether the GAR is a
# service open there and who reads it (model of release « gar »), the last reports that speak of it or of a delivery it was in.
STANDING = """
select e.id, e.uai, e.name, e.kind, a.is_on, n.enrolled_at, coalesce(p.display_name, ''), sent.at, failed.at,
  coalesce(failed.why, ''),
  (select c.reader from services_connector c join services_service s on s.id = c.service_id
    where c.establishment_id = e.id and c.is_on and s.release = 'gar' and s.ended_at is null order by c.id limit 1),
  (select coalesce(json_agg(x), '[]') from (
    select json_build_array(r.id, r.received_at, r.verdict, d.started_at,
      coalesce((r.schools->e.uai->>0)::int, 0), coalesce((r.schools->e.uai->>1)::int, 0)) as x
    from gar_report r left join gar_delivery d on d.id = r.delivery_id
    where r.access_id = a.id and (r.schools ? e.uai or e.uai = any(d.schools))
    order by r.received_at desc, r.id desc limit 12) as answer)
from establishments_establishment e
left join lateral (select id, is_on from gar_access
  where e.academy <> '' and e.academy = any(academies) order by id limit 1) a on true
left join gar_enrolment n on n.establishment_id = e.id
left join directory_person p on p.id = n.enrolled_by_id
left join lateral (select max(d.started_at) as at from gar_delivery d
  where d.access_id = a.id and d.state = 'sent' and e.uai = any(d.schools)) sent on true
left join lateral (select d.started_at as at, d.why from gar_delivery d
  where d.access_id = a.id and d.state in ('failed', 'held', 'made') order by d.started_at desc limit 1) failed on true
where e.id = %(school)s
"""

# What a delivery that has just left told of the people of one school: (person, facts). What did not change is not written.
TELL = """
with told as materialized (
  select t.person, t.facts from jsonb_to_recordset(%(told)s::jsonb) as t (person bigint, facts varchar[])),
gone as (
  update gar_telling set until_at = %(now)s
  where establishment_id = %(school)s and until_at is null and person_id not in (select person from told))
insert into gar_telling as k (establishment_id, person_id, facts, first_at, changed_at)
select %(school)s, told.person, told.facts, %(now)s, %(now)s
from told join directory_person p on p.id = told.person
order by told.person
on conflict (establishment_id, person_id) do update
set facts = excluded.facts, changed_at = excluded.changed_at, until_at = null
where k.facts <> excluded.facts or k.until_at is not null
"""
