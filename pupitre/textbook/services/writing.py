"""Writing a session of the cahier de textes, with the work given in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.files.services.attaching import attach, detach
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.foundation.text import plain
from pupitre.textbook.models import Homework, SessionDraft, TextbookEntry
from pupitre.textbook.models.entries import BODY_LENGTH, NOTE_LENGTH, TITLE_LENGTH
from pupitre.textbook.queries.lessons import Lesson
from pupitre.textbook.refusals import NoWords
from pupitre.textbook.services.giving import Work, give
from pupitre.textbook.services.publishing import (
    asked_instant,
    family_of,
    refresh,
    students_of_group,
    visible_instant,
)
from pupitre.textbook.services.telling import tell_given


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stands: a lesson of a course, or some hours of a group without one (`occasion` says what)."""

    group_id: int
    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time | None = None
    course_id: int | None = None
    occasion: str = ""
    until_on: dt.date | None = None
    # Where the lesson is held, when it is not where its week says.
    moved_to: tuple[dt.date, dt.time] | None = None


def place_of(lesson: Lesson) -> Place:
    """Where the session of a lesson stands."""
    moved_to = lesson.begins if lesson.is_moved else None
    return Place(
        lesson.group_id, lesson.held_on, lesson.starts_at, lesson.ends_at, lesson.course_id, moved_to=moved_to
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it is typed. `chosen_at`: for the rule of a date and an hour."""

    title: str = ""
    kind: str = TextbookEntry.Kind.LESSON
    room: str = ""
    body: str = ""
    private_note: str = ""
    elements: Sequence[str] = field(default=())
    rule: str = TextbookEntry.Rule.END
    chosen_at: dt.datetime | None = None


@transaction.atomic
def save_session(
    *,
    place: Place,
    key: UUID,
    session: Session,
    actor: Actor,
    uploads: Sequence[int] = (),
    keep: Sequence[int] | None = None,
    work: Work | None = None,
    work_has_files: bool = False,
) -> TextbookEntry:
    """Write a session, or write it again: one a lesson. The draft of its page goes.

    `uploads`: files to attach, as the picker posts them; `keep`: of those already attached, the ones that stay (None: all).
    `work_has_files`: they go with the work too. Raises Refusal (of this room and of files).
    """
    if not (session.title.strip() or session.body.strip() or work):
        raise NoWords
    entry = entry_at(place, key) or TextbookEntry(
        key=key, author_id=actor.person_id, created_at=clock.now(), course_id=place.course_id, group_id=place.group_id,
        held_on=place.held_on, starts_at=place.starts_at,
    )  # fmt: skip
    was_visible_at = entry.visible_at
    _fill(entry, place, session)
    entry.save()
    _files(entry, uploads, keep, actor)
    if entry.visible_at != was_visible_at:
        _publish_work(entry)
    if work is not None:
        given = give(entry=entry, work=work, actor=actor)
        if work_has_files:
            attach(upload_ids=list(uploads), target=given, actor=actor)
    SessionDraft.objects.filter(person=actor.person_id, place=draft_place(place, key)).delete()
    audit.record(actor, "textbook.save_session", entry)
    refresh(family_of(students_of_group(entry.group_id)), entry.visible_at)
    raise_stamps([person_audience(actor.person_id)])
    return entry


def entry_at(place: Place, key: UUID | None = None) -> TextbookEntry | None:
    """The session of a lesson, whoever wrote it; of a group without a course, the one with this key. One statement."""
    rows = TextbookEntry.objects.select_related("course__subject", "group")
    if place.course_id is None:
        return rows.filter(key=key).first()
    return rows.filter(course=place.course_id, held_on=place.held_on, starts_at=place.starts_at).first()


def draft_place(place: Place, key: UUID | None = None) -> str:
    """How the draft of a page is named."""
    if place.course_id is None:
        return f"hors/{key}"
    return f"{place.course_id}/{place.held_on}/{place.starts_at:%H%M}"


def _fill(entry: TextbookEntry, place: Place, session: Session) -> None:
    entry.ends_at, entry.occasion, entry.until_on = place.ends_at, place.occasion, place.until_on
    if place.moved_to is not None:
        entry.moved_to_on, entry.moved_to_at = place.moved_to
    if place.course_id is None:
        entry.group_id, entry.held_on, entry.starts_at = place.group_id, place.held_on, place.starts_at
    entry.title, entry.body = plain(session.title)[:TITLE_LENGTH], plain(session.body)[:BODY_LENGTH]
    entry.private_note = plain(session.private_note)[:NOTE_LENGTH]
    entry.kind, entry.room, entry.rule = session.kind, session.room.strip()[:40], session.rule
    entry.elements = list(dict.fromkeys(each.strip()[:200] for each in session.elements if each.strip()))[:20]
    entry.asked_at = asked_instant(
        session.rule, on=entry.shown_on, starts_at=entry.shown_at, chosen_at=session.chosen_at,
        ends_at=None if entry.moved_to_on else entry.ends_at,
    )  # fmt: skip
    entry.visible_at = visible_instant(entry.asked_at, entry.visible_at)
    entry.saved_at = clock.now()


def _files(entry: TextbookEntry, uploads: Sequence[int], keep: Sequence[int] | None, actor: Actor) -> None:
    if keep is not None:
        held: list[StoredFile] = files_of([entry])[entry.pk]
        for file in held:
            if file.pk not in keep and file.pk not in uploads:
                detach(file=file, target=entry)
    attach(upload_ids=list(uploads), target=entry, actor=actor)


def _publish_work(entry: TextbookEntry) -> None:
    """Work given in a session appears with it, and leaves with it when it becomes a draft again."""
    for homework in Homework.objects.filter(entry=entry).select_related("course__subject"):
        was_visible_at, homework.visible_at = homework.visible_at, entry.visible_at
        homework.save(update_fields=["visible_at"])
        if was_visible_at is None:
            tell_given(homework)
