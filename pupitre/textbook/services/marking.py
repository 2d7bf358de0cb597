"""What a student says of their work: done, not understood, planned."""

import datetime as dt

from django.db import transaction

from pupitre.directory.models import Student
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.textbook.models import Homework, HomeworkMark


@transaction.atomic
def mark(
    *,
    homework: Homework,
    student: Student,
    actor: Actor,
    done: bool | None = None,
    unclear: bool | None = None,
    planned_on: dt.date | None = None,
    plans: bool = False,
) -> HomeworkMark:
    """Note what is said; what is None stays. `plans`: `planned_on` is said, None takes it back. The caller checked who may."""
    row, _new = HomeworkMark.objects.select_for_update().get_or_create(
        homework=homework, student=student, defaults={"establishment_id": actor.establishment_id}
    )
    now = clock.now()
    if done is not None:
        row.done_at = (row.done_at or now) if done else None
        row.done_by_id = actor.person_id if done else None
    if unclear is not None:
        row.unclear_at = (row.unclear_at or now) if unclear else None
    if plans:
        row.planned_on = planned_on
    row.save()
    raise_stamps([person_audience(student.person_id), person_audience(actor.person_id)])
    if unclear is not None:
        raise_stamps([person_audience(homework.author_id)])
    return row
