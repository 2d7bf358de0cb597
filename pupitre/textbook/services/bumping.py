"""A session put off to the next lesson, and those prepared after it with it."""

import datetime as dt

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.queries.lessons import Lesson, next_lessons
from pupitre.textbook.refusals import AlreadyRead, NoNextLesson
from pupitre.textbook.services.giving import due_in, postpone
from pupitre.textbook.services.publishing import asked_instant, visible_instant

_MOST = 40


@transaction.atomic
def bump_session(*, entry: TextbookEntry, actor: Actor) -> TextbookEntry:
    """Put a session off to the next lesson of its course; the prepared ones that stand in the way go one lesson later too.

    Work due in a lesson keeps its place, counted in lessons. Raises AlreadyRead when families have read one of them,
    NoNextLesson at the end of the year.
    """
    if entry.course_id is None:
        raise NoNextLesson
    lessons = next_lessons(entry.course_id, entry.held_on, entry.starts_at, _MOST)
    chain = [entry]
    for lesson in lessons:
        held = TextbookEntry.objects.filter(
            course=entry.course_id, held_on=lesson.held_on, starts_at=lesson.starts_at
        ).first()
        if held is None:
            break
        chain.append(held)
    if len(chain) > len(lessons):
        raise NoNextLesson
    if any(each.is_published for each in chain):
        raise AlreadyRead
    # The last one first: each lesson has one session.
    for each, lesson in reversed(list(zip(chain, lessons, strict=False))):
        _move(each, lesson, actor)
    audit.record(actor, "textbook.bump", entry, sessions=len(chain))
    raise_stamps([person_audience(actor.person_id)])
    return entry


def _move(entry: TextbookEntry, to: Lesson, actor: Actor) -> None:
    entry.held_on, entry.starts_at, entry.ends_at = to.held_on, to.starts_at, to.ends_at
    entry.moved_to_on, entry.moved_to_at = to.begins if to.is_moved else (None, None)
    entry.is_cancelled = False
    if entry.rule in (TextbookEntry.Rule.START, TextbookEntry.Rule.END):
        entry.asked_at = asked_instant(
            entry.rule,
            on=to.shown_on,
            starts_at=to.shown_at,
            ends_at=None if to.is_moved else to.ends_at,
            chosen_at=None,
        )
        entry.visible_at = visible_instant(entry.asked_at, None)
    entry.saved_at = clock.now()
    entry.save()
    for homework in Homework.objects.filter(entry=entry).select_related("course__subject"):
        homework.given_on, homework.visible_at = to.shown_on, entry.visible_at
        homework.save(update_fields=["given_on", "visible_at"])
        after = _following(homework)
        if after is not None:
            postpone(homework=homework, due=due_in(after), actor=actor)


def _following(homework: Homework) -> Lesson | None:
    """The lesson after the one a work is due in."""
    if homework.course_id is None or homework.lesson_on is None:
        return None
    at = homework.lesson_at or dt.time()
    return next(iter(next_lessons(homework.course_id, homework.lesson_on, at, 1)), None)
