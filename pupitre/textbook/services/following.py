"""Sessions and work follow the lessons of the timetable: moved, cancelled, held again."""

import datetime as dt

from django.db import transaction

from pupitre.foundation import clock
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.services.publishing import asked_instant, visible_instant
from pupitre.textbook.services.telling import tell_changed

Change = Homework.Change


@transaction.atomic
def lesson_moved(course_id: int, on: dt.date, at: dt.time, to_on: dt.date, to_at: dt.time) -> None:
    """The session goes with its lesson, and the work due in it too, with « déplacé » to be read."""
    for entry in _sessions(course_id, on, at):
        entry.moved_to_on, entry.moved_to_at, entry.is_cancelled = to_on, to_at, False
        _redate(entry)
    for homework in _due_in(course_id, on, at):
        _set_due(homework, to_on, to_at, Change.MOVED)


@transaction.atomic
def lesson_cancelled(course_id: int, on: dt.date, at: dt.time) -> None:
    """The session says that it was not held; the work due in it waits for the teacher to give it another day."""
    for entry in _sessions(course_id, on, at):
        entry.is_cancelled = True
        entry.save(update_fields=["is_cancelled"])
        raise_stamps([person_audience(entry.author_id)])
    for homework in _due_in(course_id, on, at):
        _set_due(homework, on, at, Change.CANCELLED)


@transaction.atomic
def lesson_restored(course_id: int, on: dt.date, at: dt.time) -> None:
    """Everything is back at the hour that the week gives."""
    for entry in _sessions(course_id, on, at):
        entry.moved_to_on, entry.moved_to_at, entry.is_cancelled = None, None, False
        _redate(entry)
    for homework in _due_in(course_id, on, at):
        _set_due(homework, on, at, "")


def _sessions(course_id: int, on: dt.date, at: dt.time) -> list[TextbookEntry]:
    return list(TextbookEntry.objects.select_for_update().filter(course=course_id, held_on=on, starts_at=at))


def _due_in(course_id: int, on: dt.date, at: dt.time) -> list[Homework]:
    rows = Homework.objects.filter(course=course_id, lesson_on=on, lesson_at=at)
    return list(rows.select_related("course__subject"))


def _redate(entry: TextbookEntry) -> None:
    """The rule of publication speaks of the hour at which the lesson is held; what families read already stays."""
    if entry.rule in (TextbookEntry.Rule.START, TextbookEntry.Rule.END):
        entry.asked_at = asked_instant(
            entry.rule, on=entry.shown_on, starts_at=entry.shown_at, ends_at=None, chosen_at=None
        )
        entry.visible_at = visible_instant(entry.asked_at, entry.visible_at)
    entry.save()
    Homework.objects.filter(entry=entry, visible_at__gt=clock.now()).update(visible_at=entry.visible_at)
    raise_stamps([person_audience(entry.author_id)])


def _set_due(homework: Homework, on: dt.date, at: dt.time, change: str) -> None:
    if (homework.due_on, homework.due_at, homework.change) == (on, at, change):
        return
    was_on = homework.due_on
    homework.due_on, homework.due_at, homework.change = on, at, change
    homework.changed_from_on = homework.lesson_on if change == Change.MOVED else None
    if homework.late_until_at is not None:
        homework.late_until_at += dt.timedelta(days=(on - was_on).days)
    homework.saved_at = clock.now()
    homework.save()
    tell_changed(homework)
