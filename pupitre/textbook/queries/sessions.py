"""The sessions around a lesson, for whoever writes them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Homework, SessionDraft, TextbookEntry
from pupitre.textbook.queries.lessons import Lesson

DUE_CHOICES, SISTERS_BACK, AHEAD = 4, 3, 24


@dataclass(frozen=True, slots=True)
class Line:
    """A lesson of the course in the week, and what is written of it."""

    lesson: Lesson
    entry: TextbookEntry | None
    is_open: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class Sister:
    """Another class of the same subject: the lesson where the session can be copied, and the day its work would be due."""

    lesson: Lesson
    due: Lesson | None


def local_now() -> dt.datetime:
    """The instant on the clock of schools, without zone."""
    return clock.now().astimezone(clock.PARIS).replace(tzinfo=None)


def open_lesson(lessons: Sequence[Lesson], now: dt.datetime) -> Lesson | None:
    """The lesson going on, else the last one that began, else the next; never one that is not held."""
    held = [each for each in lessons if each.is_held]
    begun = [each for each in held if dt.datetime.combine(*each.begins) <= now]
    return begun[-1] if begun else next(iter(held), None)


def entries_of_courses(
    course_ids: Iterable[int], first: dt.date, last: dt.date
) -> dict[tuple[int, dt.date, dt.time], TextbookEntry]:
    """What is written of the lessons of some courses between two days, by lesson; one statement."""
    rows = TextbookEntry.objects.filter(course__in=list(course_ids), held_on__range=(first, last))
    return {(each.course_id, each.held_on, each.starts_at): each for each in rows}


def lesson_key(lesson: Lesson) -> tuple[int, dt.date, dt.time]:
    """How a session names its lesson."""
    return lesson.course_id, lesson.held_on, lesson.starts_at


def due_lessons(lesson: Lesson, lessons: Sequence[Lesson], today: dt.date) -> list[Lesson]:
    """The next lessons of the course that are held, for which work can be due."""
    mine = [each for each in lessons if each.course_id == lesson.course_id and each.is_held]
    return [each for each in mine if each.begins > lesson.begins and each.shown_on >= today][:DUE_CHOICES]


def sister_courses(lesson: Lesson, lessons: Sequence[Lesson]) -> list[int]:
    """The other courses of the same subject and level that the same person teaches."""
    others = [each for each in lessons if each.code == lesson.code and each.course_id != lesson.course_id]
    return list(dict.fromkeys(each.course_id for each in others if _level(each.group) == _level(lesson.group)))


def _level(group: str) -> str:
    """« 4 » of « 4e B »: schools name classes by their level; a name that begins otherwise says nothing."""
    return group[:1] if group[:1].isdigit() else ""


def sisters_of(
    lesson: Lesson, lessons: Sequence[Lesson], written: Iterable[tuple[int, dt.date, dt.time]], steps: int = 1
) -> list[Sister]:
    """For each sister class, its first lesson from that day on that nothing is written of; the work keeps its offset.

    `steps`: how many lessons later the work is due.
    """
    taken, found = set(written), list[Sister]()
    for course in sister_courses(lesson, lessons):
        theirs = [
            each for each in lessons if each.course_id == course and each.is_held and each.shown_on >= lesson.shown_on
        ]
        place = next((n for n, each in enumerate(theirs) if lesson_key(each) not in taken), None)
        if place is not None:
            due = theirs[place + steps] if place + steps < len(theirs) else None
            found.append(Sister(theirs[place], due))
    return found


def steps_to(lesson: Lesson, due: tuple[dt.date, dt.time], lessons: Sequence[Lesson]) -> int | None:
    """How many lessons of the course separate a lesson from the one that work is due in; None when it is not one."""
    mine = [each for each in lessons if each.course_id == lesson.course_id and each.is_held]
    after = [(each.held_on, each.starts_at) for each in mine if each.begins > lesson.begins]
    return after.index(due) + 1 if due in after else None


def works_of(entry: TextbookEntry | None) -> list[Homework]:
    """The work given in a session; one statement, none without a session."""
    if entry is None:
        return []
    return list(Homework.objects.filter(entry=entry).order_by("due_on", "pk"))


def draft_at(place: str, actor: Actor) -> SessionDraft | None:
    """What this person had begun to type there; one statement."""
    found: SessionDraft | None = SessionDraft.objects.filter(person=actor.person_id, place=place).first()
    return found


def elements_of_subject(subject_code: str) -> list[str]:
    """The programme elements already written in a subject, the most recent first; one statement."""
    rows: QuerySet[TextbookEntry] = TextbookEntry.objects.filter(course__subject__code=subject_code)
    lists = rows.exclude(elements=[]).order_by("-held_on").values_list("elements", flat=True)[:80]
    return list(dict.fromkeys(element for each in lists for element in each))[:40]
