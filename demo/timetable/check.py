"""The proof, from the lessons alone, that nobody and no room is in two places at once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise

from demo.model import Lesson, SchoolLife
from demo.timetable.blocks import FORTNIGHT


def conflicts(schools: Iterable[SchoolLife]) -> list[str]:
    """One sentence for each collision of a student, a teacher or a room; empty when the timetable holds."""
    found: list[str] = []
    busy: dict[tuple[Hashable, int, int], list[tuple[int, int, Lesson]]] = defaultdict(list)
    for life in schools:
        for lesson in life.lessons:
            for who in _occupied(life, lesson):
                for week in (1, 2):
                    if FORTNIGHT[lesson.week] & week:
                        busy[who, lesson.weekday, week].append((lesson.start, lesson.start + lesson.minutes, lesson))
    for (who, weekday, week), lessons in busy.items():
        lessons.sort(key=lambda entry: entry[:2])
        for (_start, end, one), (start, _end, other) in pairwise(lessons):
            if start < end:
                found.append(
                    f"{who}, day {weekday}, week {week}: {one.group}/{one.subject}, {other.group}/{other.subject}"
                )
    return found


def _occupied(life: SchoolLife, lesson: Lesson) -> Iterator[Hashable]:
    yield "teacher", lesson.teacher
    yield "room", life.school.uai, lesson.room
    for key in members(life, lesson.group):
        yield "student", key


def members(life: SchoolLife, code: str) -> tuple[int, ...]:
    """Keys of the students of a division or a group."""
    for group in life.groups:
        if group.code == code:
            return group.members
    return tuple(student.key for student in life.students if student.division == code)
