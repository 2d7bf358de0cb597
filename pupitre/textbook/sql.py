"""Work to do, as SQL: scalar sub-selects giving JSON, for the pages everyone opens. They stand in a statement that opens the
school (`wall.id`), as those of the timetable do.
"""

from pupitre.timetable.sql import CURRENT

_M = "%(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')"

_MINE = f"""directory_student st
join directory_membership m on m.establishment_id = wall.id and m.student_id = st.id and {_M}
join textbook_homework h on h.establishment_id = wall.id and h.group_id = m.group_id
  and {{when}} and h.visible_at <= %(now)s
  and (not h.is_individual or exists (select from textbook_homeworkstudent hs where hs.establishment_id = wall.id
    and hs.homework_id = h.id and hs.student_id = st.id))
left join timetable_course c on c.establishment_id = wall.id and c.id = h.course_id
left join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
left join textbook_homeworkmark k on k.establishment_id = wall.id and k.homework_id = h.id and k.student_id = st.id
left join textbook_submission s on s.establishment_id = wall.id and s.homework_id = h.id and s.student_id = st.id"""

_ROW = """json_build_object('id', h.id, 'title', h.title, 'kind', h.kind, 'mode', h.mode, 'minutes', h.minutes,
  'due_on', h.due_on, 'due_at', to_char(h.due_at, 'HH24:MI:SS'), 'change', h.change, 'changed_from_on', h.changed_from_on,
  'subject', coalesce(j.label, h.occasion), 'code', coalesce(j.code, ''), 'is_done', k.done_at is not null,
  'is_handed', s.id is not null, 'external_url', h.external_url{more})"""

_MORE = """, 'details', h.details, 'difficulty', h.difficulty, 'given_on', h.given_on,
  'teacher', (select t.formal_name from directory_person t where t.id = h.author_id),
  'is_unclear', {unclear}, 'planned_on', k.planned_on, 'late_until_at', h.late_until_at,
  'until_at', (select x.until_at from textbook_extension x where x.establishment_id = wall.id and x.homework_id = h.id
    and x.student_id = st.id),
  'is_late', coalesce(s.is_late, false),
  'is_returned', exists (select from textbook_correction y where y.establishment_id = wall.id and y.submission_id = s.id),
  'files', (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name) order by r.position, r.id), '[]')
    from files_filereference r join files_storedfile f on f.establishment_id = wall.id and f.id = r.file_id
    where r.establishment_id = wall.id and r.target = 'textbook.homework' and r.target_id = h.id)"""


def work_of_student(*, for_student: bool) -> str:
    """The work of `student` (a schooling) due between `first` and `last`, in order; parameters `today` and `now` too.

    What is « not understood » is told to the student alone, never to their guardians.
    """
    rows = _MINE.format(when="h.due_on between %(first)s and %(last)s")
    more = _MORE.format(unclear="k.unclear_at is not null" if for_student else "false")
    return f"""(select coalesce(json_agg({_ROW.format(more=more)} order by h.due_on, h.due_at nulls last, h.id), '[]')
from {rows} where st.establishment_id = wall.id and st.id = %(student)s)"""


# What is due on the first day after today with something due, within two weeks.
_SOON = "h.due_on between %(today)s::date + 1 and %(today)s::date + 14"
_HOME_NOW = "(%(today)s::date + %(time)s::time) at time zone 'Europe/Paris'"


def _home_rows() -> str:
    return _MINE.format(when=_SOON).replace("%(now)s", _HOME_NOW)


WORK_OF_HOME = f"""(select coalesce(json_agg(w.line order by w.due_on, w.due_at nulls last, w.id), '[]') from (
  select h.id, h.due_on, h.due_at, {_ROW.format(more="")} as line, rank() over (order by h.due_on) as place
  from {_home_rows()} where st.establishment_id = wall.id and st.person_id = %(person)s) w where w.place = 1)"""

WORK_OF_CHILDREN = f"""(select coalesce(json_agg(json_build_object('person', g.student_id, 'student', st0.id, 'due_on', n.due_on,
    'count', n.count, 'done', n.done)), '[]')
from directory_guardianship g
join directory_student st0 on st0.establishment_id = wall.id and st0.person_id = g.student_id
left join lateral (select h.due_on, count(*) as count, count(k.done_at) as done
  from {_home_rows()} where st.establishment_id = wall.id and st.id = st0.id
  group by h.due_on order by h.due_on limit 1) n on true
where g.establishment_id = wall.id and g.guardian_id = %(person)s and g.level < 3 and not g.is_restricted
  and {CURRENT.format("g").replace("day", "today")})"""
