"""Statements of the room, written once: registers made from the timetable, for a whole school at a time."""

from pupitre.timetable.dated import LATEST, dated

# The lessons of one day as they are held: weekly slots and what the day changed of them (`timetable.dated`). One that
# is not held has a register all the same, cancelled and without students, unless it is held elsewhere. One of another day, or
# of no week, is named by its change, below zero: the same slot may have its own lesson that day.
_EXPECTED = f"""
with expected as (
  select case when s.slot_id is null or s.x_held_on <> s.on_day then -s.x_id else s.slot_id end as slot_id,
    n.part, g.id as group_id,
    s.starts_at + (s.ends_at - s.starts_at) * (n.part - 1) / n.parts as starts_at,
    s.starts_at + (s.ends_at - s.starts_at) * n.part / n.parts as ends_at, left(j.label, 80) as subject, j.code as subject_code,
    coalesce(r.code, '') as room, s.teacher_ids,
    case when s.is_held then '' when s.x_state in ('outing', 'internship') then 'dated_' || s.x_state
      else 'dated' end as cancel_reason,
    coalesce((select array_agg(st.id order by p.sort_key, st.id) filter (where s.is_held)
      from directory_membership m
      join directory_student st on st.establishment_id = m.establishment_id and st.id = m.student_id
      join directory_person p on p.id = st.person_id
      where m.establishment_id = %(school)s and m.group_id = g.id
        and %(day)s between m.starts_on and coalesce(m.ends_on, 'infinity')
        and %(day)s <= coalesce(st.left_on, 'infinity')), '{{}}') as student_ids
  from establishments_schoolyear y
  join directory_group g on g.establishment_id = y.establishment_id and g.school_year_id = y.id
  join timetable_course c on c.establishment_id = y.establishment_id and c.group_id = g.id
    and %(day)s <= coalesce(c.ends_on, 'infinity')
  join directory_subject j on j.establishment_id = y.establishment_id and j.id = c.subject_id
  join lateral ({dated(LATEST, school="%(school)s")}) s on s.on_day = %(day)s and s.place <> 'away'
  cross join lateral (
    select p.part, q.parts from (
      select case when exists (select from attendance_attendancerules a where a.establishment_id = y.establishment_id
          and a.splits_long_from_on <= %(day)s)
        then greatest(1, round(extract(epoch from s.ends_at - s.starts_at) / 3600)::int) else 1 end as parts) q
    cross join generate_series(1, q.parts) p(part)) n
  left join timetable_classroom r on r.establishment_id = y.establishment_id and r.id = s.classroom_id
  where y.establishment_id = %(school)s and %(day)s between y.starts_on and y.ends_on)
"""

# An import replaced the slot: a register that was begun follows the lesson that took its place.
FOLLOW = (
    _EXPECTED
    + """
update attendance_rollcall r set slot_id = e.slot_id from expected e
where r.establishment_id = %(school)s and r.held_on = %(day)s
  and r.group_id = e.group_id and r.starts_at = e.starts_at and r.subject_code = e.subject_code and r.part = e.part
  and r.slot_id not in (select slot_id from expected)
  and not exists (select from attendance_rollcall other where other.establishment_id = %(school)s
    and other.held_on = %(day)s and other.slot_id = e.slot_id and other.part = e.part)
"""
)

# A lesson that takes place no longer, and whose register nobody touched.
FORGET = (
    _EXPECTED
    + """
delete from attendance_rollcall r
where r.establishment_id = %(school)s and r.held_on = %(day)s
  and (r.state = 'prepared' or (r.state = 'cancelled' and r.cancel_reason like 'dated%%'))
  and (r.slot_id, r.part) not in (select slot_id, part from expected)
  and not exists (select from attendance_rollmark k where k.establishment_id = %(school)s and k.roll_call_id = r.id)
"""
)

# What was taken, or begun, stays as it was; what was not follows the timetable and the classes until it is. A register that the
# office cancelled by hand stays cancelled; one that the timetable cancelled (« dated… ») is open again when the lesson is held.
PREPARE = (
    _EXPECTED
    + """
insert into attendance_rollcall as r (establishment_id, held_on, slot_id, part, group_id, starts_at, ends_at, subject,
  subject_code, room, teacher_ids, student_ids, state, cancel_reason)
select %(school)s, %(day)s, slot_id, part, group_id, starts_at, ends_at, subject, subject_code, room, teacher_ids, student_ids,
  case when cancel_reason = '' then 'prepared' else 'cancelled' end, cancel_reason
from expected order by slot_id, part
on conflict (establishment_id, held_on, slot_id, part) do update set
  starts_at = excluded.starts_at, ends_at = excluded.ends_at, subject = excluded.subject,
  subject_code = excluded.subject_code, room = excluded.room, teacher_ids = excluded.teacher_ids,
  student_ids = excluded.student_ids, state = excluded.state, cancel_reason = excluded.cancel_reason
where (r.state = 'prepared' or (r.state = 'cancelled' and r.cancel_reason like 'dated%%'))
  and (excluded.state = 'prepared' or not exists (select from attendance_rollmark k
    where k.establishment_id = %(school)s and k.roll_call_id = r.id))
  and (r.starts_at, r.ends_at, r.subject, r.subject_code, r.room, r.teacher_ids, r.student_ids, r.state, r.cancel_reason)
  is distinct from (excluded.starts_at, excluded.ends_at, excluded.subject, excluded.subject_code, excluded.room,
    excluded.teacher_ids, excluded.student_ids, excluded.state, excluded.cancel_reason)
"""
)

# A register as its page shows it, in one read: who is expected, how they stand, what was seen earlier in the half-day
# and what the office knows of this hour. `{which}`, `{who}` and `{order}` are written in this house, on `r`.
ROLL_CALL = """(with r as (
  select r.* from attendance_rollcall r where r.establishment_id = wall.id and ({which}) and ({who}) {order} limit 1
), earlier as (
  select distinct on (n.id) n.id as student_id, e.id as roll_call_id, e.starts_at
  from r join establishments_establishment school on school.id = wall.id
  join attendance_rollcall e on e.establishment_id = wall.id and e.held_on = r.held_on and e.state = 'done'
    and e.starts_at < r.starts_at and e.student_ids && r.student_ids
    and (e.starts_at < school.half_day_cut) = (r.starts_at < school.half_day_cut)
  cross join unnest(e.student_ids) n(id)
  order by n.id, e.starts_at desc
)
select json_build_object(
  'id', r.id, 'held_on', r.held_on, 'starts_at', to_char(r.starts_at, 'HH24:MI:SS'),
  'ends_at', to_char(r.ends_at, 'HH24:MI:SS'), 'subject', r.subject, 'subject_code', r.subject_code, 'room', r.room,
  'group', g.label, 'group_id', g.id, 'state', r.state, 'cancel_reason', r.cancel_reason, 'done_at', r.done_at,
  'done_by', coalesce((select p.formal_name from directory_person p where p.id = r.done_by_id), ''),
  'teachers', (select coalesce(string_agg(p.formal_name, ', ' order by p.sort_key), '')
    from directory_person p where p.id = any(r.teacher_ids)),
  'is_mine', %(person)s = any(r.teacher_ids),
  'students', (select coalesce(json_agg(json_build_object(
      'id', st.id, 'last_name', coalesce(nullif(p.usage_name, ''), p.last_name), 'first_name', p.first_name,
      'photo', coalesce((select f.token from portraits_portrait f where f.establishment_id = wall.id
        and f.student_id = st.id and f.consent = 'given' and f.file_id is not null), ''),
      'mark', (select json_build_object('state', k.state, 'at', to_char(k.at, 'HH24:MI:SS'), 'note', k.note,
          'version', k.version, 'by', coalesce((select b.formal_name from directory_person b where b.id = k.author_id), ''))
        from attendance_rollmark k
        where k.establishment_id = wall.id and k.roll_call_id = r.id and k.student_id = st.id),
      'before', (select json_build_object('state', k.state, 'at', to_char(earlier.starts_at, 'HH24:MI:SS'),
          'carries', coalesce((select a.carries_absence from attendance_attendancerules a
            where a.establishment_id = wall.id), true))
        from earlier join attendance_rollmark k on k.establishment_id = wall.id and k.roll_call_id = earlier.roll_call_id
          and k.student_id = st.id
        where earlier.student_id = st.id),
      'office', (select json_build_object('kind', e.kind, 'starts_at', to_char(e.starts_at, 'HH24:MI:SS'),
          'ends_at', to_char(e.ends_at, 'HH24:MI:SS'), 'place', e.place,
          'waits', coalesce(c.state in ('planned', 'exemption_asked'), false))
        from attendance_absenceentry e
        left join attendance_absencecase c on c.establishment_id = wall.id and c.id = e.case_id
        where e.establishment_id = wall.id and e.student_id = st.id and e.away_on = r.held_on
          and e.roll_call_id is null and e.cancelled_at is null and e.kind <> 'lateness'
          and e.starts_at < r.ends_at and e.ends_at > r.starts_at
        order by e.noted_at desc, e.id desc limit 1)) order by n.place), '[]')
    from unnest(r.student_ids) with ordinality n(id, place)
    join directory_student st on st.establishment_id = wall.id and st.id = n.id
    join directory_person p on p.id = st.person_id))
from r join directory_group g on g.establishment_id = wall.id and g.id = r.group_id)"""

# Whom the policy `attendance.view_roll_call` lets in, said in SQL for the one read of the page; a test holds them equal.
MAY_VIEW = """%(sees_all)s or %(person)s = any(r.teacher_ids) or exists (select from directory_formteacher f
  where f.establishment_id = wall.id and f.group_id = r.group_id and f.person_id = %(person)s
    and %(today)s between f.starts_on and coalesce(f.ends_on, 'infinity'))"""
MAY_CALL = "%(calls_any)s or %(person)s = any(r.teacher_ids)"

# Of one's own lessons today: the one going on or about to begin, else the next one, else the last.
MINE_TODAY = "r.held_on = %(today)s and r.state <> 'cancelled' and %(person)s = any(r.teacher_ids)"
NEAREST = """order by case when %(soon)s >= r.starts_at and %(time)s < r.ends_at then 0
    when r.starts_at > %(time)s then 1 else 2 end,
  case when r.starts_at > %(time)s then r.starts_at - %(time)s else %(time)s - r.starts_at end, r.id"""

# The register of the marks to come, held until the end of the transaction: two devices write one after the other.
HOLD = """with wall as materialized (select open_wall(%(establishment)s) as id)
select json_build_object(
  'id', r.id, 'held_on', r.held_on, 'starts_at', to_char(r.starts_at, 'HH24:MI:SS'),
  'ends_at', to_char(r.ends_at, 'HH24:MI:SS'), 'state', r.state, 'students', r.student_ids,
  'marks', (select coalesce(json_agg(json_build_object('student', k.student_id, 'state', k.state,
      'at', to_char(k.at, 'HH24:MI:SS'), 'version', k.version, 'key', k.key,
      'by', coalesce((select b.formal_name from directory_person b where b.id = k.author_id), ''))), '[]')
    from attendance_rollmark k
    where k.establishment_id = wall.id and k.roll_call_id = r.id and k.student_id = any(%(students)s)),
  'replayed', (select coalesce(json_agg(v.key), '[]') from attendance_rollmark k
    join attendance_pastversion v on v.establishment_id = wall.id and v.table = 'rollmark' and v.row_id = k.id
      and v.key = any(%(keys)s)
    where k.establishment_id = wall.id and k.roll_call_id = r.id and k.student_id = any(%(students)s)))::text
from wall join attendance_rollcall r on r.establishment_id = wall.id
where r.id = %(roll_call)s and ({who})
for no key update of r"""

# Every mark of a device at once. What each said before is kept; a mark that nobody had written is its first version.
MARK = """with told as (
  select * from unnest(%(students)s::bigint[], %(states)s::text[], %(ats)s::time[], %(notes)s::text[], %(keys)s::text[])
    as told(student_id, state, at, note, key)
), kept as (
  insert into attendance_pastversion (establishment_id, "table", row_id, version, facts, key, replaced_by_id, replaced_at)
  select k.establishment_id, 'rollmark', k.id, k.version,
    json_build_object('state', k.state, 'at', k.at, 'note', k.note, 'author', k.author_id, 'marked_at', k.marked_at),
    k.key, %(author)s, %(now)s
  from attendance_rollmark k join told on told.student_id = k.student_id
  where k.establishment_id = %(establishment)s and k.roll_call_id = %(roll_call)s
)
insert into attendance_rollmark as k
  (establishment_id, roll_call_id, student_id, state, at, note, version, key, author_id, marked_at)
select %(establishment)s, %(roll_call)s, student_id, state, at, note, 1, key, %(author)s, %(now)s from told
on conflict (establishment_id, roll_call_id, student_id) do update set
  state = excluded.state, at = excluded.at, note = excluded.note, version = k.version + 1, key = excluded.key,
  author_id = excluded.author_id, marked_at = excluded.marked_at
returning student_id, version"""

# The lessons of some students on some days, from the registers: `attended` when the register was taken with them in it.
# A day is known when the school has any register of it.
LESSONS_TAKEN = """
select a.student_id, a.away_on, r.starts_at, r.ends_at,
  r.state = 'done' and coalesce((select k.state in ('present', 'late', 'exempt_here') from attendance_rollmark k
    where k.establishment_id = %(school)s and k.roll_call_id = r.id and k.student_id = a.student_id), true)
from unnest(%(students)s::bigint[], %(days)s::date[]) a(student_id, away_on)
join attendance_rollcall r on r.establishment_id = %(school)s and r.held_on = a.away_on and r.state <> 'cancelled'
  and a.student_id = any(r.student_ids)
order by a.student_id, a.away_on, r.starts_at"""

DAYS_PREPARED = """select distinct held_on from attendance_rollcall
where establishment_id = %(school)s and held_on = any(%(days)s)"""

# The same from the timetable, for days of which no register was ever made.
LESSONS_PLANNED = f"""
select a.student_id, a.away_on, s.starts_at, s.ends_at, false
from unnest(%(students)s::bigint[], %(days)s::date[]) a(student_id, away_on)
join establishments_schoolyear y on y.establishment_id = %(school)s and a.away_on between y.starts_on and y.ends_on
join directory_membership m on m.establishment_id = %(school)s and m.student_id = a.student_id
  and a.away_on between m.starts_on and coalesce(m.ends_on, 'infinity')
join directory_group g on g.establishment_id = %(school)s and g.id = m.group_id and g.school_year_id = y.id
join timetable_course c on c.establishment_id = %(school)s and c.group_id = g.id
  and a.away_on <= coalesce(c.ends_on, 'infinity')
join lateral ({dated(LATEST, school="%(school)s", day="a.away_on")}) s on s.on_day = a.away_on and s.is_held
order by a.student_id, a.away_on, s.starts_at"""

# The lessons of one subject, hour by hour: what an exemption from sport is made of.
LESSONS_OF_SUBJECT = f"""
select a.student_id, a.away_on, s.starts_at, s.ends_at
from unnest(%(students)s::bigint[], %(days)s::date[]) a(student_id, away_on)
join establishments_schoolyear y on y.establishment_id = %(school)s and a.away_on between y.starts_on and y.ends_on
join directory_membership m on m.establishment_id = %(school)s and m.student_id = a.student_id
  and a.away_on between m.starts_on and coalesce(m.ends_on, 'infinity')
join directory_group g on g.establishment_id = %(school)s and g.id = m.group_id and g.school_year_id = y.id
join timetable_course c on c.establishment_id = %(school)s and c.group_id = g.id and c.subject_id = %(subject)s
  and a.away_on <= coalesce(c.ends_on, 'infinity')
join lateral ({dated(LATEST, school="%(school)s", day="a.away_on")}) s on s.on_day = a.away_on and s.is_held
order by a.student_id, a.away_on, s.starts_at"""

# The last register taken before an hour, and the first one after it that day, for each student expected in them.
NEIGHBOURS = """
select s.id,
  (select r.id from attendance_rollcall r where r.establishment_id = %(school)s and r.state = 'done'
     and s.id = any(r.student_ids) and (r.held_on, r.starts_at) < (%(day)s, %(starts_at)s)
     and r.held_on >= %(day)s::date - 10
   order by r.held_on desc, r.starts_at desc limit 1),
  (select r.id from attendance_rollcall r where r.establishment_id = %(school)s and r.state = 'done'
     and s.id = any(r.student_ids) and r.held_on = %(day)s and r.starts_at > %(starts_at)s
   order by r.starts_at limit 1)
from unnest(%(students)s::bigint[]) s(id)"""

# What changes whenever a page of the office should be read again: the stamp of whoever follows absences, nothing for others.
OFFICE_STAMP = """coalesce((select s.version from foundation_stamp s where s.audience = 'person:' || p.id
  and exists (select from directory_affiliation a where a.person_id = p.id
    and a.profile in ('school_life', 'head', 'administrative'))), 0)"""
