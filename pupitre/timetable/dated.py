"""The lessons of a week as they are held: weekly slots with what single days changed. The one place that knows how.

`dated` gives SQL for the inside of a `join lateral (…) s on true`, after the tables `y` (the school year) and `c` (the
course). One row for each place where a lesson is seen: at its usual hour, and, when it is moved, at its new one too.

Columns: `slot_id` (null for an added lesson), `weekday`, `on_day`, `starts_at`, `ends_at`, `alternation`; `classroom_id` and
`teacher_ids` as they are, `usual_room` and `usual_teachers` as the week says; `place`: « » where nothing moved, « away » at the
usual hour of a lesson held elsewhere, « here » at its new hour; `is_held`; and `x`, the columns of the change (`x_id`,
`x_state`, `x_is_test`, `x_is_added`, `x_held_on`, `x_starts_at`, `x_to_held_on`, `x_to_starts_at`, `x_reason`), null without one.
"""

PUBLISHED, LATEST = "is_published", "is_latest"
"""What families see, and what those who work in the school see."""

_CHANGE = """x.id as x_id, x.state as x_state, x.is_test as x_is_test, x.is_added as x_is_added, x.held_on as x_held_on,
    x.starts_at as x_starts_at, x.to_held_on as x_to_held_on, x.to_starts_at as x_to_starts_at, x.reason as x_reason,
    x.sequence as x_sequence"""

_DATED = """
  select s.id as slot_id, s.weekday, {monday} + s.weekday - 1 as on_day, s.starts_at,
    case when {moved} or x.id is null or x.to_ends_at = x.ends_at then s.ends_at else x.to_ends_at end as ends_at, s.alternation,
    coalesce(x.classroom_id, s.classroom_id) as classroom_id, coalesce(x.teacher_ids, s.teacher_ids) as teacher_ids,
    s.classroom_id as usual_room, s.teacher_ids as usual_teachers,
    case when x.state = 'held' and {moved} then 'away' else '' end as place,
    x.id is null or (x.state = 'held' and not {moved}) as is_held, {change}
  from timetable_timetableslot s
  left join timetable_lessonchange x on x.establishment_id = {school} and x.{seen} and x.course_id = s.course_id
    and x.held_on = {monday} + s.weekday - 1 and x.starts_at = s.starts_at and not x.is_added
  where s.establishment_id = {school} and s.course_id = c.id
    and s.weeks & (1::bigint << (({day} - y.first_monday) / 7)) <> 0
    and not exists (select from establishments_closure z where z.establishment_id = {school}
      and {monday} + s.weekday - 1 between z.starts_on and z.ends_on)
  union all
  select s.id, extract(isodow from x.to_held_on)::int, x.to_held_on, x.to_starts_at, x.to_ends_at, coalesce(s.alternation, ''),
    coalesce(x.classroom_id, s.classroom_id), coalesce(x.teacher_ids, s.teacher_ids, '{{}}'), s.classroom_id,
    coalesce(s.teacher_ids, x.teacher_ids, '{{}}'), case when x.is_added then '' else 'here' end, x.state = 'held', {change}
  from timetable_lessonchange x
  left join timetable_timetableslot s on not x.is_added and s.establishment_id = {school} and s.course_id = x.course_id
    and s.weekday = extract(isodow from x.held_on) and s.starts_at = x.starts_at
    and s.weeks & (1::bigint << ((x.held_on - y.first_monday) / 7)) <> 0
  where x.establishment_id = {school} and x.{seen} and x.course_id = c.id
    and x.to_held_on between {monday} and {monday} + 6
    and (x.is_added or (s.id is not null and x.state = 'held' and {moved}))"""


def dated(seen: str, *, school: str = "wall.id", day: str = "%(day)s::date") -> str:
    """The lessons of course `c` in the week of the SQL date `day`; `seen` is PUBLISHED or LATEST."""
    return _DATED.format(
        seen=seen,
        school=school,
        day=day,
        monday=f"(y.first_monday + 7 * (({day} - y.first_monday) / 7))",
        moved="(x.to_held_on, x.to_starts_at) <> (x.held_on, x.starts_at)",
        change=_CHANGE,
    )
