"""The same session for a sister class, or for a later lesson: its work keeps its place, counted in lessons."""

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from pupitre.files.models import FileReference
from pupitre.files.queries import label_of
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.queries.lessons import Lesson
from pupitre.textbook.services.giving import Due, Work, due_in, give
from pupitre.textbook.services.writing import Session, entry_at, place_of, save_session


class AlreadyWritten(ValueError):
    """The lesson has its session already: it is not written over."""


@transaction.atomic
def copy_session(*, entry: TextbookEntry, to: Lesson, due: Lesson | None, actor: Actor) -> TextbookEntry:
    """Copy a session, its files and its work to a lesson of another class, whose families see it by the same rule.

    Work is due in `due`, as many lessons later as in the first class; work due on a day rather than in a lesson keeps its
    day. Asked twice, it is copied once. Raises AlreadyWritten, Refusal.
    """
    place = place_of(to)
    key = uuid5(NAMESPACE_URL, f"{entry.key}/{to.course_id}/{to.held_on}/{to.starts_at}")
    existing = entry_at(place)
    if existing is not None and existing.key != key:
        raise AlreadyWritten
    session = Session(
        title=entry.title, kind=entry.kind, room=to.room or entry.room, body=entry.body, private_note=entry.private_note,
        elements=entry.elements, rule=entry.rule, chosen_at=entry.asked_at,
    )  # fmt: skip
    # A session that only gives work has no words of its own.
    made = save_session(place=place, key=key, session=_with_title(session, entry), actor=actor)
    _same_files(entry, made)
    for homework in Homework.objects.filter(entry=entry, is_individual=False):
        on = due_in(due) if due and homework.lesson_at else Due(homework.due_on)
        copied = give(entry=made, work=_work(homework, on, made), actor=actor)
        _same_files(homework, copied)
    audit.record(actor, "textbook.copy_session", made, source=entry.pk)
    return made


def _with_title(session: Session, entry: TextbookEntry) -> Session:
    if session.title or session.body:
        return session
    title = Homework.objects.filter(entry=entry).values_list("title", flat=True).first() or ""
    return Session(title=title, kind=session.kind, room=session.room, rule=session.rule, chosen_at=session.chosen_at)


def _work(homework: Homework, due: Due, made: TextbookEntry) -> Work:
    late = (homework.late_until_at.date() - homework.due_on).days if homework.late_until_at else 0
    return Work(
        key=uuid5(NAMESPACE_URL, f"{homework.key}/{made.key}"),
        title=homework.title,
        due=due,
        details=homework.details,
        kind=homework.kind,
        minutes=homework.minutes,
        difficulty=homework.difficulty,
        mode=homework.mode,
        external_url=homework.external_url,
        late_days=max(0, late),
    )


def _same_files(source: TextbookEntry | Homework, copy: TextbookEntry | Homework) -> None:
    """The copy refers to the same documents: nothing is stored twice."""
    rows = FileReference.objects.filter(target=label_of(source), target_id=source.pk)
    FileReference.objects.bulk_create(
        [
            FileReference(
                establishment_id=each.establishment_id,
                file_id=each.file_id,
                target=label_of(copy),
                target_id=copy.pk,
                position=each.position,
            )
            for each in rows
        ],
        ignore_conflicts=True,
    )
