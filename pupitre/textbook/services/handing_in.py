"""Handing in a copy: received until the last hour, late after the first, with a receipt; given more time; given back."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.models import Student
from pupitre.establishments.scope import current_establishment_id
from pupitre.files.queries import files_of
from pupitre.files.services.attaching import attach, detach
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.foundation.text import plain
from pupitre.notifications.services.posting import notify
from pupitre.textbook.deadlines import deadline_of
from pupitre.textbook.models import Correction, Extension, Homework, Submission
from pupitre.textbook.models.hand_in import COMMENT_LENGTH, COPY_LENGTH
from pupitre.textbook.refusals import AlreadyReturned, NothingHandedIn, TooLate
from pupitre.textbook.services.marking import mark
from pupitre.textbook.services.publishing import family_of

RETURNED = "textbook.returned"


@dataclass(frozen=True, slots=True)
class Copy:
    """What a student hands in."""

    text: str = ""
    word: str = ""
    uploads: Sequence[int] = ()
    # Of the files already handed in, those that stay.
    held: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours that hold for one student: after `due_at` a copy is late, after `closes_at` it is not received."""

    due_at: dt.datetime
    closes_at: dt.datetime

    @property
    def is_open(self) -> bool:
        return clock.now() <= self.closes_at


def hours_for(homework: Homework, student: Student) -> Hours:
    """The hours of a homework for one student, their extension counted; one statement."""
    until = Extension.objects.filter(homework=homework, student=student).values_list("until_at", flat=True).first()
    return hours_until(homework, until)


def hours_until(homework: Homework, until: dt.datetime | None) -> Hours:
    """The hours of a homework for whoever was given until then, or nothing more."""
    due = deadline_of(homework.due_on, homework.due_at)
    due = max(due, until) if until else due
    return Hours(due, max(due, homework.late_until_at or due))


@transaction.atomic
def hand_in(*, homework: Homework, student: Student, copy: Copy, actor: Actor) -> Submission:
    """Hand in a copy, or replace the one handed in before; the same thing sent twice is one copy.

    The receipt is a SHA-256 of the text and of the hashes of the files. Raises TooLate, AlreadyReturned, NothingHandedIn,
    and the refusals of files.
    """
    hours = hours_for(homework, student)
    if not hours.is_open:
        raise TooLate
    row = Submission.objects.select_for_update().filter(homework=homework, student=student).first()
    if row is not None and row.corrections.exists():
        raise AlreadyReturned
    text = plain(copy.text)[:COPY_LENGTH]
    if not (text or copy.uploads or copy.held):
        raise NothingHandedIn
    now = clock.now()
    is_new = row is None
    if row is None:
        row = Submission(homework=homework, student=student, handed_at=now, receipt="")
    row.text, row.word = text, plain(copy.word)[:500]
    row.save()
    for file in files_of([row])[row.pk]:
        if file.pk not in copy.held and file.pk not in copy.uploads:
            detach(file=file, target=row)
    attach(upload_ids=list(copy.uploads), target=row, actor=actor)
    receipt = _receipt(row)
    if receipt != row.receipt:
        row.receipt, row.handed_at, row.is_late = receipt, now, now > hours.due_at
        row.version += 0 if is_new else 1
    row.save()
    mark(homework=homework, student=student, actor=actor, done=True)
    audit.record(actor, "textbook.hand_in", row, receipt=receipt)
    raise_stamps([person_audience(homework.author_id)])
    return row


@transaction.atomic
def extend(*, homework: Homework, student: Student, until_at: dt.datetime, actor: Actor) -> Extension:
    """Give one student more time; asked again, the last hour holds."""
    row, _new = Extension.objects.update_or_create(
        homework=homework,
        student=student,
        defaults={"until_at": until_at},
        create_defaults={"until_at": until_at, "establishment_id": actor.establishment_id},
    )
    copy = Submission.objects.filter(homework=homework, student=student).first()
    if copy is not None:
        copy.is_late = copy.handed_at > hours_for(homework, student).due_at
        copy.save(update_fields=["is_late"])
    audit.record(actor, "textbook.extend", row)
    raise_stamps([person_audience(student.person_id)])
    return row


@transaction.atomic
def give_back(*, submission: Submission, comment: str, uploads: Sequence[int], actor: Actor) -> Correction:
    """Give a copy back with a comment and files; the student and their guardians are told. Again, it is completed."""
    row = Correction.objects.filter(submission=submission).first()
    is_new = row is None
    if row is None:
        row = Correction(submission=submission, returned_at=clock.now())
    row.author_id, row.comment = actor.person_id, plain(comment)[:COMMENT_LENGTH]
    row.save()
    attach(upload_ids=list(uploads), target=row, actor=actor)
    audit.record(actor, "textbook.give_back", row)
    person = submission.student.person_id
    raise_stamps([person_audience(person)])
    if is_new:
        notify(
            RETURNED,
            family_of([person]),
            establishment_id=current_establishment_id(),
            title=_("Copie corrigée : %(work)s") % {"work": submission.homework.title},
            url=reverse("textbook:work", args=[actor.uai, submission.homework_id]),
            group_key=f"textbook:copy:{submission.pk}",
        )
    return row


def _receipt(row: Submission) -> str:
    parts = [row.text, *sorted(file.sha256 for file in files_of([row])[row.pk])]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
