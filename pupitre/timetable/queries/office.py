"""What a change would meet: lessons at the same time with the same class, teacher or room, and what is free instead."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONArray

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.timetable.models import Classroom, CourseTeacher
from pupitre.timetable.queries.planned import Facts, Key
from pupitre.timetable.sql_office import WEEK

MOST_HOURS = 8
"""Free hours that are proposed."""


@dataclass(frozen=True, slots=True)
class Held:
    """A lesson held in a week, as it stands after what changed; `shares`: it has students of the groups asked for."""

    key: Key
    group_id: int
    group: str
    subject_id: int
    subject: str
    on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    classroom_id: int | None
    teacher_ids: tuple[int, ...]
    shares: bool

    def meets(self, on: dt.date, starts_at: dt.time, ends_at: dt.time) -> bool:
        """Whether it is held during some hours."""
        return self.on == on and self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Clash:
    """A lesson that would be met, and by what: « class », « teacher », « room »."""

    held: Held
    what: str
    person_id: int = 0


def week_held(day: dt.date, groups: Iterable[int]) -> list[Held]:
    """Every lesson held in the week of a day; one statement."""
    parameters: dict[str, Any] = {"school": current_establishment_id(), "day": day, "groups": list(groups)}
    with connection.cursor() as cursor:
        cursor.execute(WEEK, parameters)
        return [_held(*row) for row in cursor.fetchall()]


def _held(course: int, on: dt.date, at: dt.time, *facts: Any) -> Held:
    key: Key = (course, on, at)
    return Held(key, *facts[:-2], tuple(facts[-2]), facts[-1])  # type: ignore[call-arg]


def clashes_of(facts: Facts, key: Key, week: Sequence[Held]) -> list[Clash]:
    """What a lesson held as said would meet, itself left out. `week` was read for its group."""
    if not facts.is_held:
        return []
    found = []
    for held in week:
        if held.key == key or not held.meets(facts.on, facts.starts_at, facts.ends_at):
            continue
        if held.shares:
            found.append(Clash(held, "class"))
        found += [Clash(held, "teacher", each) for each in facts.teacher_ids if each in held.teacher_ids]
        if facts.classroom_id and facts.classroom_id == held.classroom_id:
            found.append(Clash(held, "room"))
    return found


def busy(facts: Facts, key: Key, week: Iterable[Held]) -> tuple[set[int], set[int]]:
    """The rooms and the people taken by other lessons at the hours said."""
    rooms, people = set(), set()
    for held in week:
        if held.key != key and held.meets(facts.on, facts.starts_at, facts.ends_at):
            people |= set(held.teacher_ids)
            rooms |= {held.classroom_id} if held.classroom_id else set()
    return rooms, people


def free_hours(facts: Facts, key: Key, week: Sequence[Held]) -> list[Facts]:
    """Hours of the week when the class, the teachers and the room are free, among those at which the school has lessons."""
    length = _minutes(facts.ends_at) - _minutes(facts.starts_at)
    grid = Counter((each.starts_at, each.ends_at) for each in week)
    hours = sorted(pair for pair, _times in grid.most_common(12) if _minutes(pair[1]) - _minutes(pair[0]) == length)
    days = sorted({each.on for each in week})
    found = []
    for on in days:
        for starts, ends in hours:
            other = Facts(on, starts, ends, facts.classroom_id, facts.teacher_ids)
            if (on, starts) != (facts.on, facts.starts_at) and not clashes_of(other, key, week):
                found.append(other)
    return sorted(found, key=lambda each: (abs((each.on - facts.on).days), each.on, each.starts_at))


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who might take a lesson."""

    person: Person
    same_subject: bool
    knows_class: bool
    is_busy: bool


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who teaches in the school on a day, which subjects and which groups."""

    people: Sequence[Person]
    subjects: Mapping[int, set[int]]
    groups: Mapping[int, set[int]]

    def for_lesson(self, subject_id: int, group_id: int, taken: set[int]) -> list[Teacher]:
        """Everyone, the free ones first, then those of the subject, those of the class, by name."""
        found = [
            Teacher(
                each,
                subject_id in self.subjects.get(each.pk, ()),
                group_id in self.groups.get(each.pk, ()),
                each.pk in taken,
            )
            for each in self.people
        ]
        return sorted(found, key=lambda each: (each.is_busy, not each.same_subject, not each.knows_class))


def staffing_on(day: dt.date) -> Staffing:
    """The teachers of the school on a day, with what they teach; one statement."""
    roles = Affiliation.objects.filter(
        held_on(day), person=OuterRef("pk"), establishment=current_establishment_id(), profile=Profile.TEACHER
    )
    teaching = CourseTeacher.objects.filter(held_on(day), course__ends_on=None, person=OuterRef("pk"))
    pairs = ArraySubquery(teaching.values(pair=JSONArray("course__subject_id", "course__group_id")))
    people = list(Person.objects.filter(Exists(roles)).annotate(teaching=pairs).order_by("sort_key"))
    pairs_of = {each.pk: vars(each)["teaching"] for each in people}
    return Staffing(
        people,
        {pk: {subject for subject, _group in found} for pk, found in pairs_of.items()},
        {pk: {group for _subject, group in found} for pk, found in pairs_of.items()},
    )


def room_by_id(pk: int) -> Classroom | None:
    """A room of the school; one statement."""
    return Classroom.objects.filter(pk=pk).first()


def _minutes(at: dt.time) -> int:
    return at.hour * 60 + at.minute
