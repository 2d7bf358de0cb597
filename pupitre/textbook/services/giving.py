"""Giving work: for when, for whom, and its changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.establishments.models import Closure, SchoolYear
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.foundation.text import plain
from pupitre.textbook.deadlines import late_until
from pupitre.textbook.models import Homework, HomeworkStudent, TextbookEntry
from pupitre.textbook.models.homework import DETAILS_LENGTH, WORK_LENGTH
from pupitre.textbook.queries.lessons import Lesson
from pupitre.textbook.refusals import DueInHolidays, DueInThePast, DueOutOfYear, DueTooEarly, NobodyChosen
from pupitre.textbook.services.telling import tell_changed, tell_given

_TOLD_WHEN_CHANGED = ("title", "details", "due_on", "due_at", "mode", "late_until_at")


@dataclass(frozen=True, slots=True)
class Due:
    """When work is due: a day, and the hour of the lesson it is for when it is for a lesson.

    `moved_to`: where this lesson is held, when it is not where its week says.
    """

    on: dt.date
    lesson_at: dt.time | None = None
    moved_to: tuple[dt.date, dt.time] | None = None

    @property
    def shown_on(self) -> dt.date:
        """The day it is really due."""
        return self.moved_to[0] if self.moved_to else self.on

    @property
    def shown_at(self) -> dt.time | None:
        """The hour, when it is due in a lesson."""
        return self.moved_to[1] if self.moved_to else self.lesson_at


def due_in(lesson: Lesson) -> Due:
    """Due in a lesson."""
    return Due(lesson.held_on, lesson.starts_at, lesson.begins if lesson.is_moved else None)


@dataclass(frozen=True, slots=True)
class Work:
    """Work as a teacher types it. `students`: of an individual work, their numbers; none for the whole group."""

    key: UUID
    title: str
    due: Due
    details: str = ""
    kind: str = Homework.Kind.EXERCISE
    minutes: int | None = None
    difficulty: int | None = None
    mode: str = Homework.Mode.NONE
    external_url: str = ""
    late_days: int = 0
    is_individual: bool = False
    students: Sequence[int] = field(default=())


def check_due(due: Due, given_on: dt.date) -> None:
    """Raise DueInThePast, DueTooEarly, DueInHolidays or DueOutOfYear; two statements at most."""
    on = due.shown_on
    if on < given_on:
        raise DueTooEarly(on)
    if on < clock.today():
        raise DueInThePast(on)
    closed = Closure.objects.filter(starts_on__lte=on, ends_on__gte=on).first()
    if closed is not None:
        raise DueInHolidays(on, closed.label)
    if not SchoolYear.objects.filter(starts_on__lte=on, ends_on__gte=on).exists():
        raise DueOutOfYear(on)


@transaction.atomic
def give(*, entry: TextbookEntry, work: Work, actor: Actor) -> Homework:
    """Give work in a session; sent twice (same key), it is given once. Families are told when they may read it.

    Raises Refusal. Source: circulaire du 10 juillet 2025 (le travail est noté en classe, et paraît aux heures ouvertes).
    """
    check_due(work.due, entry.shown_on)
    found = Homework.objects.filter(key=work.key).first()
    if found is not None:
        return change(homework=found, work=work, actor=actor)
    now = clock.now()
    homework = Homework(
        entry=entry, course=entry.course, group=entry.group, occasion=entry.occasion, key=work.key,
        author_id=actor.person_id, given_on=entry.shown_on, visible_at=entry.visible_at, created_at=now,
    )  # fmt: skip
    _fill(homework, work)
    homework.save()
    _name_students(homework, work)
    audit.record(actor, "textbook.give", homework)
    tell_given(homework)
    return homework


@transaction.atomic
def change(*, homework: Homework, work: Work, actor: Actor) -> Homework:
    """Change work; families who know of it are told what matters to them. Raises Refusal."""
    before = [getattr(homework, name) for name in _TOLD_WHEN_CHANGED]
    if not _is_same(homework, work.due):
        check_due(work.due, homework.given_on)
    _fill(homework, work)
    homework.save()
    _name_students(homework, work)
    audit.record(actor, "textbook.change_homework", homework)
    if before != [getattr(homework, name) for name in _TOLD_WHEN_CHANGED]:
        tell_changed(homework)
    return homework


@transaction.atomic
def postpone(*, homework: Homework, due: Due, actor: Actor) -> Homework:
    """Give work another day, the rest unchanged: after a lesson was cancelled, for one. Raises Refusal."""
    check_due(due, homework.given_on)
    was_on = homework.due_on
    _date(homework, due)
    if due.shown_on != was_on:
        homework.change, homework.changed_from_on = Homework.Change.MOVED, was_on
    if homework.late_until_at is not None:
        homework.late_until_at += dt.timedelta(days=(due.shown_on - was_on).days)
    homework.saved_at = clock.now()
    homework.save()
    audit.record(actor, "textbook.postpone", homework)
    tell_changed(homework)
    return homework


@transaction.atomic
def take_back(*, homework: Homework, actor: Actor) -> bool:
    """Remove work that nobody handed in; False, and it stays, when there are copies."""
    if homework.submissions.exists():
        return False
    tell = homework.visible_at is not None and homework.visible_at <= clock.now()
    audit.record(actor, "textbook.take_back", homework)
    if tell:
        from_students(homework)
    homework.delete()
    raise_stamps([person_audience(actor.person_id)])
    return True


def from_students(homework: Homework) -> None:
    """Have the pages of the students concerned made again."""
    rows = Membership.objects.filter(held_on(clock.today()), group=homework.group_id)
    raise_stamps(map(person_audience, rows.values_list("student__person", flat=True)))


def _date(homework: Homework, due: Due) -> None:
    homework.due_on, homework.due_at = due.shown_on, due.shown_at
    homework.lesson_on, homework.lesson_at = (due.on, due.lesson_at) if due.lesson_at else (None, None)


def _is_same(homework: Homework, due: Due) -> bool:
    """Whether this is when the work is due already. A day asked for that is the day of its cancelled lesson changes nothing."""
    if homework.change == Homework.Change.CANCELLED and due.lesson_at is None:
        return due.on == homework.due_on
    return (due.shown_on, due.shown_at) == (homework.due_on, homework.due_at)


def _fill(homework: Homework, work: Work) -> None:
    if not _is_same(homework, work.due):
        _date(homework, work.due)
        homework.change, homework.changed_from_on = "", None
    homework.title, homework.details = plain(work.title)[:WORK_LENGTH], plain(work.details)[:DETAILS_LENGTH]
    homework.kind, homework.mode, homework.external_url = work.kind, work.mode, work.external_url
    homework.minutes, homework.difficulty = work.minutes, work.difficulty
    homework.late_until_at = late_until(homework.due_on, homework.due_at, work.late_days)
    homework.is_individual = work.is_individual
    homework.saved_at = clock.now()


def _name_students(homework: Homework, work: Work) -> None:
    HomeworkStudent.objects.filter(homework=homework).exclude(student__in=work.students).delete()
    if not work.is_individual:
        HomeworkStudent.objects.filter(homework=homework).delete()
        return
    here = Membership.objects.filter(held_on(clock.today()), group=homework.group_id, student__in=work.students)
    chosen = set(here.values_list("student", flat=True))
    if not chosen:
        raise NobodyChosen
    HomeworkStudent.objects.bulk_create(
        [
            HomeworkStudent(establishment_id=homework.establishment_id, homework=homework, student_id=pk)
            for pk in chosen
        ],
        ignore_conflicts=True,
    )
