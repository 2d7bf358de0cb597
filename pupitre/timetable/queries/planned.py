"""One lesson of one day, as its week gives it and as it is now: what the office looks at before it changes something."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from pupitre.directory.models import Group, Person
from pupitre.directory.periods import held_on
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import clock
from pupitre.timetable.models import Classroom, Course, CourseTeacher, LessonChange, TimetableSlot

Key = tuple[int, dt.date, dt.time]
"""A lesson: its course, and the day and hour that its week gives it."""


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """A lesson by its key, what its week says of it, and the change that the staff sees, when there is one."""

    course: Course
    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    classroom_id: int | None
    teacher_ids: tuple[int, ...]
    latest: LessonChange | None = None
    # No weekly slot gives it: added for one day, or dropped by an import since it was changed.
    has_slot: bool = True

    @property
    def key(self) -> Key:
        return self.course.pk, self.held_on, self.starts_at

    @property
    def is_added(self) -> bool:
        return self.latest is not None and self.latest.is_added

    @property
    def is_orphan(self) -> bool:
        """Changed, then dropped from the timetable by an import."""
        return not self.has_slot and not self.is_added

    @property
    def facts(self) -> "Facts":
        """How it is now."""
        return facts_now(self)


@dataclass(frozen=True, slots=True)
class Facts:
    """When, where, with whom and whether a lesson is held."""

    on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    classroom_id: int | None
    teacher_ids: tuple[int, ...]
    state: str = LessonChange.State.HELD.value
    is_test: bool = False
    reason: str = ""

    @property
    def is_held(self) -> bool:
        return self.state == LessonChange.State.HELD


def usual_facts(lesson: PlannedLesson) -> Facts:
    """What its week says."""
    return Facts(lesson.held_on, lesson.starts_at, lesson.ends_at, lesson.classroom_id, lesson.teacher_ids)


def facts_now(lesson: PlannedLesson) -> Facts:
    """What its week says, with what changed."""
    row = lesson.latest
    if row is None:
        return usual_facts(lesson)
    return Facts(
        row.to_held_on,
        row.to_starts_at,
        row.to_ends_at,
        row.classroom_id or lesson.classroom_id,
        tuple(lesson.teacher_ids if row.teacher_ids is None else row.teacher_ids),
        row.state,
        row.is_test,
        row.reason,
    )


def planned_lesson(course_id: int, held_on: dt.date, starts_at: dt.time) -> PlannedLesson | None:
    """A lesson by its key; nothing when neither the week nor a change gives it. Four statements."""
    return planned_lessons([(course_id, held_on, starts_at)]).get((course_id, held_on, starts_at))


def planned_lessons(keys: Iterable[Key]) -> dict[Key, PlannedLesson]:
    """Lessons by their keys; those that neither the week nor a change gives are left out. Four statements."""
    wanted = sorted(set(keys))
    ids = {course for course, _day, _hour in wanted}
    rows = Course.objects.filter(pk__in=ids).select_related("group__school_year", "subject")
    courses: dict[int, Course] = {each.pk: each for each in rows}
    slots = list(TimetableSlot.objects.filter(course__in=ids))
    latest = {
        (each.course_id, each.held_on, each.starts_at): each
        for each in LessonChange.objects.filter(
            course__in=ids, is_latest=True, held_on__in={day for _course, day, _hour in wanted}
        )
    }
    found = {}
    for key in wanted:
        course = courses.get(key[0])
        if course is None:
            continue
        slot = next((each for each in slots if _is_given(each, key, course.group.school_year)), None)
        change = latest.get(key)
        if slot is not None:
            teachers = tuple(slot.teacher_ids)
            found[key] = PlannedLesson(course, key[1], key[2], slot.ends_at, slot.classroom_id, teachers, change)
        elif change is not None:
            teachers = tuple(change.teacher_ids or ())
            found[key] = PlannedLesson(
                course, key[1], key[2], change.ends_at, change.classroom_id, teachers, change, has_slot=False
            )
    return found


def _is_given(slot: TimetableSlot, key: Key, year: SchoolYear) -> bool:
    course_id, day, starts_at = key
    week = (day - year.first_monday).days // 7
    return (
        slot.course_id == course_id
        and slot.weekday == day.isoweekday()
        and slot.starts_at == starts_at
        and week >= 0
        and bool(slot.weeks >> week & 1)
    )


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """« Mme Roussel », by person; one statement."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "formal_name"))


def rooms() -> list[Classroom]:
    """The rooms of the school, by code; one statement."""
    return list(Classroom.objects.order_by("code"))


def changes_between(first: dt.date, last: dt.date) -> list[LessonChange]:
    """What changes of the lessons of some days, by day and hour; one statement."""
    rows = LessonChange.objects.filter(
        Q(held_on__range=(first, last)) | Q(to_held_on__range=(first, last)), is_latest=True
    )
    return list(rows.select_related("course__group", "course__subject", "classroom").order_by("held_on", "starts_at"))


def groups_with_courses() -> list[Group]:
    """The classes and groups that have lessons this year, by label; one statement."""
    today = clock.today()
    taught = Course.objects.filter(group=OuterRef("pk"), ends_on=None)
    rows = Group.objects.filter(Exists(taught), ends_on=None, school_year__ends_on__gte=today)
    return list(rows.order_by("kind", "label"))


def teachers_of_school(day: dt.date) -> list[Person]:
    """Who teaches on a day, by name; one statement."""
    taught = CourseTeacher.objects.filter(held_on(day), person=OuterRef("pk"), course__ends_on=None)
    return list(Person.objects.filter(Exists(taught)).order_by("sort_key"))


def courses_of(group: Group) -> list[tuple[int, str]]:
    """The courses of a group that go on, by subject; one statement."""
    rows = Course.objects.filter(group=group, ends_on=None).select_related("subject").order_by("subject__label")
    return [(each.pk, each.subject.label) for each in rows]


def course_of(pk: int) -> tuple[Course, tuple[int, ...]]:
    """A course, and who teaches it today; two statements."""
    course = Course.objects.select_related("group__school_year", "subject").get(pk=pk)
    people = CourseTeacher.objects.filter(held_on(clock.today()), course=course).values_list("person_id", flat=True)
    return course, tuple(sorted(people))
