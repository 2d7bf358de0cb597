"""What the cahier de textes does when it hears news from the timetable and from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow, listen
from pupitre.textbook.models import (
    Correction,
    Homework,
    HomeworkMark,
    Progression,
    SessionDraft,
    TextbookEntry,
    Visa,
)
from pupitre.textbook.services.following import lesson_cancelled, lesson_moved, lesson_restored
from pupitre.timetable.events import LessonCancelled, LessonMoved, LessonRestored


@listen(LessonMoved)
def follow_moved(event: LessonMoved) -> None:
    with scope(event.establishment_id):
        lesson_moved(event.course_id, event.held_on, event.starts_at, event.to_held_on, event.to_starts_at)


@listen(LessonCancelled)
def follow_cancelled(event: LessonCancelled) -> None:
    with scope(event.establishment_id):
        lesson_cancelled(event.course_id, event.held_on, event.starts_at)


@listen(LessonRestored)
def follow_restored(event: LessonRestored) -> None:
    with scope(event.establishment_id):
        lesson_restored(event.course_id, event.held_on, event.starts_at)


@follow(PeopleMerged)
def move_sessions(event: PeopleMerged) -> None:
    """Sessions, work and progressions belong to the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            for model, field in (
                *((TextbookEntry, "author_id"), (Homework, "author_id"), (HomeworkMark, "done_by_id")),
                *((Correction, "author_id"), (Progression, "owner_id"), (Visa, "signed_by_id")),
            ):
                hand_over(model.objects.all(), field, event)
            hand_over(SessionDraft.objects.all(), "person_id", event, unlike=["place"])
