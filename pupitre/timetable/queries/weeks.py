"""A person's day and week."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

import msgspec
from django.db.models import QuerySet

from pupitre.directory.models import Membership, Person
from pupitre.directory.periods import held_on
from pupitre.establishments.asking import ask
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.timetable import sql, sql_placements
from pupitre.timetable.dated import PUBLISHED
from pupitre.timetable.models import CalendarFeed
from pupitre.timetable.policies import is_still_due

EVENING = dt.time(18, 0)
"""From here on people look at tomorrow."""


class Change(msgspec.Struct, frozen=True, gc=False):
    """What one day changed of a lesson: `models.LessonChange`, and how it looks from this page.

    `place`: « away » at the usual hour of a lesson held elsewhere, « here » at its new one. `usual_teachers` when others
    teach it. `is_handed`: the teacher, or the room, whose page it is has it no more.
    """

    state: str
    place: str
    is_test: bool
    is_added: bool
    held_on: dt.date
    starts_at: dt.time
    to_held_on: dt.date
    to_starts_at: dt.time
    reason: str
    changes_room: bool
    usual_teachers: str
    is_handed: bool


class Lesson(msgspec.Struct, frozen=True, gc=False):
    """One lesson of a week. Hours are those of the school; `weekday` 1 is Monday."""

    starts_at: dt.time
    ends_at: dt.time
    weekday: int
    code: str
    subject: str
    group: str
    group_id: int
    room: str
    alternation: str
    teachers: str
    course: int = 0
    change: Change | None = None

    @property
    def is_held(self) -> bool:
        """Whether it takes place, here, at this hour, for whoever reads."""
        change = self.change
        return change is None or (change.state == "held" and change.place != "away" and not change.is_handed)


class Child(msgspec.Struct, frozen=True, gc=False):
    """A guardian's child in the open school, with the lessons asked for."""

    person: int
    first_name: str
    born_on: dt.date | None
    division: str
    lessons: list[Lesson]


class TaughtGroup(msgspec.Struct, frozen=True, gc=False):
    """A group that a teacher has this year."""

    id: int
    label: str
    kind: str
    subjects: str
    students: int


class NextLesson(msgspec.Struct, frozen=True, gc=False):
    """When a teacher's lessons start again, and with which class."""

    on: dt.date
    starts_at: dt.time
    group: str


class TaughtDay(msgspec.Struct, frozen=True, gc=False):
    """What a person teaches on a day; without lessons, what follows within three weeks."""

    lessons: list[Lesson]
    following: NextLesson | None


decode_lessons = msgspec.json.Decoder(list[Lesson]).decode
decode_children = msgspec.json.Decoder(list[Child]).decode
decode_taught_day = msgspec.json.Decoder(TaughtDay).decode
decode_groups = msgspec.json.Decoder(list[TaughtGroup]).decode


class Placement(msgspec.Struct, frozen=True, gc=False):
    """Days in a company: of a student, where and with whom; of a class, how many go."""

    label: str
    starts_on: dt.date
    ends_on: dt.date
    company: str = ""
    place: str = ""
    tutor: str = ""
    going: int = 0


class Lessons(list[Lesson]):
    """The lessons of a week; `closed`: its days without any for the whole school, each with the reason (« Armistice »).

    `alternates`: these students have lessons some weeks only, all their slots say so. `placements`: their days in companies.
    """

    def __init__(
        self,
        lessons: Iterable[Lesson] = (),
        closed: dict[dt.date, str] | None = None,
        *,
        alternates: bool = False,
        placements: Iterable[Placement] = (),
    ) -> None:
        super().__init__(lessons)
        self.closed = closed or {}
        self.alternates = alternates
        self.placements = list(placements)

    @property
    def is_internship(self) -> bool:
        """Whether a work placement takes the place of every lesson."""
        return bool(self) and all(each.change is not None and each.change.state == "internship" for each in self)


class _Closure(msgspec.Struct, frozen=True, gc=False):
    starts_on: dt.date
    ends_on: dt.date
    label: str


class _Week(msgspec.Struct, frozen=True, gc=False):
    lessons: list[Lesson]
    closures: list[_Closure]
    alternates: bool
    placements: list[Placement]


class ChildrenWeek(msgspec.Struct, frozen=True, gc=False):
    """A week of the children whom a guardian has in one school; `closures`, days without lessons around it."""

    children: list[Child]
    closures: list[_Closure]

    def closed_on(self, day: dt.date) -> str:
        """Why the school is closed on a day of the week; « » when it is open."""
        return next((each.label for each in self.closures if each.starts_on <= day <= each.ends_on), "")


_decode_children_week = msgspec.json.Decoder(ChildrenWeek).decode
_decode_week = msgspec.json.Decoder(_Week).decode
_CLOSURES = """(select coalesce(json_agg(json_build_object('starts_on', z.starts_on, 'ends_on', z.ends_on, 'label', z.label)
  order by z.starts_on), '[]') from establishments_closure z where z.establishment_id = wall.id
  and z.ends_on >= %(day)s::date - 6 and z.starts_on <= %(day)s::date + 6)"""


def _week(
    establishment_id: int,
    select: str,
    day: dt.date,
    *,
    alternates: str = "false",
    placements: str = "'[]'::json",
    **parameters: int,
) -> Lessons:
    both = f"""json_build_object('lessons', {select}, 'closures', {_CLOSURES}, 'alternates', {alternates},
      'placements', {placements})"""
    found = _decode_week(ask(establishment_id, both, {"day": day, **parameters}))
    monday = day - dt.timedelta(days=day.weekday())
    days = [monday + dt.timedelta(days=n) for n in range(7)]
    closed = {on: each.label for each in found.closures for on in days if each.starts_on <= on <= each.ends_on}
    return Lessons(found.lessons, closed, alternates=found.alternates, placements=found.placements)


def week_of_student(establishment_id: int, person_id: int, day: dt.date, *, seen: str = PUBLISHED) -> Lessons:
    """The lessons of the week of `day`, as families see them, or as the staff does (LATEST); one statement."""
    select = sql.lessons_of_student("%(person)s", seen=seen)
    alternates = sql.student_alternates("%(person)s")
    placements = sql_placements.placements_of_student("%(person)s")
    return _week(establishment_id, select, day, alternates=alternates, placements=placements, person=person_id)


def week_of_children(actor: Actor, day: dt.date) -> ChildrenWeek:
    """The lessons of a guardian's children of one school in the week of `day`, as families see them; one statement."""
    both = f"json_build_object('children', {sql.lessons_of_children('%(person)s')}, 'closures', {_CLOSURES})"
    return _decode_children_week(ask(actor.establishment_id, both, {"day": day, "person": actor.person_id}))


def week_of_teacher(establishment_id: int, person_id: int, day: dt.date) -> Lessons:
    """The lessons taught in the week of `day`; one statement."""
    select = sql.lessons_of_teacher("%(person)s")
    return _week(establishment_id, select, day, person=person_id)


def week_of_group(establishment_id: int, group_id: int, day: dt.date) -> Lessons:
    """The lessons of a division or a group in the week of `day`; one statement."""
    select = sql.lessons_of_group("%(group)s")
    alternates, placements = sql.division_alternates("%(group)s"), sql_placements.placements_of_group("%(group)s")
    return _week(establishment_id, select, day, alternates=alternates, placements=placements, group=group_id)


def week_of_room(establishment_id: int, room_id: int, day: dt.date) -> Lessons:
    """The lessons held in a room in the week of `day`; one statement."""
    return _week(establishment_id, sql.lessons_of_room("%(room)s"), day, room=room_id)


_OPEN_WEEKDAYS = """(select json_agg(distinct days.day) from (
  select (y.first_monday + 7 * week + s.weekday - 1) as day
  from establishments_schoolyear y
  join timetable_timetableslot s on s.establishment_id = wall.id
  join timetable_course c on c.establishment_id = wall.id and c.id = s.course_id and c.ends_on is null
  join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.school_year_id = y.id
  cross join generate_series((%(day)s::date - y.first_monday) / 7, (%(day)s::date - y.first_monday) / 7 + 3) week
  where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on
    and s.weeks & (1::bigint << week) <> 0
  union select x.to_held_on from timetable_lessonchange x where x.establishment_id = wall.id and x.state = 'held'
    and x.to_held_on between %(day)s and %(day)s::date + 27) days
  where days.day >= %(day)s and not exists (select from establishments_closure z where z.establishment_id = wall.id
    and days.day between z.starts_on and z.ends_on))"""


@lru_cache(maxsize=4096)
def _open_days(establishment_id: int, stamp: int, day: dt.date) -> tuple[dt.date, ...]:
    return school_days_from(establishment_id, day)


def school_day(establishment_id: int, stamp: int, now: dt.datetime) -> dt.date:
    """The day to show at a local instant: today while there is school, else the next day with lessons.

    In the evening, tomorrow; in the middle of long holidays, today. Kept in the process while the school's stamp
    stands: one statement a day and a school.
    """
    today = now.date()
    start = today if now.time() < EVENING else today + dt.timedelta(days=1)
    days = _open_days(establishment_id, stamp, start)
    return days[0] if days else today


def school_days_from(establishment_id: int, start: dt.date) -> tuple[dt.date, ...]:
    """The days with lessons within four weeks of a day, itself included; one statement."""
    found = msgspec.json.decode(ask(establishment_id, f"coalesce({_OPEN_WEEKDAYS}, '[]')", {"day": start}))
    return tuple(sorted(dt.date.fromisoformat(text) for text in found))


def children_of(actor: Actor) -> list[Person]:
    """The children whose week a guardian sees in the open school, the eldest first; one statement.

    Never all the students whom a guardian employed here may see: the verb is the one of families.
    """
    children = allowed(actor, "timetable.subscribe_to_student", Person.objects.exclude(pk=actor.person_id))
    return list(children.order_by("birth_date", "pk"))


def those_in(group: str, people: Iterable[Person]) -> list[Person]:
    """Those of some people who are in a group today; one statement."""
    there = Membership.objects.filter(held_on(clock.today()), group=int(group), student__person__in=people)
    inside = set(there.values_list("student__person_id", flat=True))
    return [each for each in people if each.pk in inside]


def feeds_of(actor: Actor) -> QuerySet[CalendarFeed]:
    """The addresses that a person opened in the open school; one statement."""
    return CalendarFeed.objects.filter(reader=actor.person_id)


def feed_still_due(pk: int, nonce: str) -> CalendarFeed | None:
    """The feed of an address, while its reader may see what it tells; one statement."""
    return CalendarFeed.objects.filter(is_still_due(), pk=pk, nonce=nonce).select_related("student").first()
