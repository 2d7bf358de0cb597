"""The last marks of a student, for their home page, and the last one of each child, for that of a guardian."""

import datetime as dt
from fractions import Fraction

import msgspec

from pupitre.gradebook.rounding import plain
from pupitre.gradebook.typed import SHORT

LATEST_OF_STUDENT = """(select coalesce(json_agg(json_build_object('id', k.id, 'student', k.student_id, 'title', k.title,
  'subject', k.subject, 'code', k.code, 'held_on', k.held_on, 'scale', k.scale, 'coefficient', k.coefficient,
  'points', k.points, 'annotation', k.annotation) order by k.seen_at desc, k.id desc), '[]')
from (select k.id, k.student_id, a.title, j.label as subject, j.code, a.held_on, a.scale,
    (a.coefficient * 100)::int as coefficient, (k.points * 100)::int as points, k.annotation, a.student_sees_at as seen_at
  from directory_student st
  join gradebook_studentmark k on k.establishment_id = wall.id and k.student_id = st.id
  join gradebook_assessment a on a.establishment_id = wall.id and a.id = k.assessment_id
    and a.student_sees_at <= (%(today)s::date + %(time)s::time) at time zone 'Europe/Paris' and a.held_on > %(today)s::date - 60
    and (k.student_sees_at is null or k.student_sees_at <= (%(today)s::date + %(time)s::time) at time zone 'Europe/Paris')
  join timetable_course c on c.establishment_id = wall.id and c.id = a.course_id
  join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
  where st.establishment_id = wall.id and st.person_id = %(person)s and (k.points is not null or k.annotation <> '')
  order by a.student_sees_at desc, k.id desc limit 3) k)"""


# The links are those of `directory/guardians.py`: legal or in charge, not shut, held today.
LATEST_OF_CHILDREN = """(select coalesce(json_agg(json_build_object('person', l.student_id, 'url_id', st.id, 'subject', k.subject,
  'scale', k.scale, 'points', k.points, 'annotation', k.annotation) order by l.student_id), '[]')
from directory_guardianship l
join directory_student st on st.establishment_id = wall.id and st.person_id = l.student_id
cross join lateral (select j.label as subject, a.scale, (k.points * 100)::int as points, k.annotation
  from gradebook_studentmark k
  join gradebook_assessment a on a.establishment_id = wall.id and a.id = k.assessment_id
    and a.guardian_sees_at <= (%(today)s::date + %(time)s::time) at time zone 'Europe/Paris'
    and a.held_on > %(today)s::date - 60
    and (k.guardian_sees_at is null or k.guardian_sees_at <= (%(today)s::date + %(time)s::time) at time zone 'Europe/Paris')
  join timetable_course c on c.establishment_id = wall.id and c.id = a.course_id
  join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
  where k.establishment_id = wall.id and k.student_id = st.id and (k.points is not null or k.annotation <> '')
  order by a.guardian_sees_at desc, k.id desc limit 1) k
where l.establishment_id = wall.id and l.guardian_id = %(person)s and l.level < 3 and not l.is_restricted
  and %(today)s between l.starts_on and coalesce(l.ends_on, 'infinity'))"""


class ChildMark(msgspec.Struct, frozen=True, gc=False):
    """The last mark of a child, by person; `points` in hundredths."""

    person: int
    url_id: int
    subject: str
    scale: int
    points: int | None
    annotation: str

    @property
    def text(self) -> str:
        """« 12,5 », or « Abs »."""
        return SHORT.get(self.annotation, "") if self.points is None else plain(Fraction(self.points, 100))


class LatestMark(msgspec.Struct, frozen=True, gc=False):
    """One of the last marks; `points` and `coefficient` in hundredths."""

    id: int
    student: int
    title: str
    subject: str
    code: str
    held_on: dt.date
    scale: int
    coefficient: int
    points: int | None
    annotation: str

    @property
    def text(self) -> str:
        """« 12,5 », or « Abs »."""
        return SHORT.get(self.annotation, "") if self.points is None else plain(Fraction(self.points, 100))

    @property
    def weight(self) -> str:
        """The coefficient as it is written."""
        return plain(Fraction(self.coefficient, 100))


decode_latest = msgspec.json.Decoder(list[LatestMark]).decode
decode_children = msgspec.json.Decoder(list[ChildMark]).decode
