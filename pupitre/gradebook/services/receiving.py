"""Marks that outside tools send: kept as a draft, once each, the newest only. Rooms of tools call these."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from pupitre.directory.models import Membership
from pupitre.foundation import audit, clock
from pupitre.gradebook.models import IncomingColumn, IncomingMark
from pupitre.timetable.models import Course

_CENT, _MOST = Decimal("0.01"), Decimal("99999.99")
LONGEST_TITLE, LONGEST_COMMENT = 80, 500


class OlderMark(ValueError):
    """The tool has already said something newer, or as new, of this student."""


class NotInCourse(ValueError):
    """The student is not taught in this course."""


@dataclass(frozen=True, slots=True)
class Source:
    """A tool: `key` names it for us, for ever (« lti:12 », « moodle:3 »), `name` for people."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What a tool says of a student (`Student` id). Without points, nothing is to be marked yet. `sent_at` is its own clock."""

    student: int
    points: Decimal | None
    maximum: Decimal
    sent_at: dt.datetime
    comment: str = ""


@dataclass(slots=True)
class Received:
    """What became of what was sent, by student: `kept` is new, `older` was known or overtaken, `unknown` is not of the course."""

    kept: list[int] = field(default_factory=list)
    older: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


@transaction.atomic
def declare_column(*, source: Source, external_id: str, course: Course, title: str, maximum: Decimal) -> IncomingColumn:
    """The column of a tool, made or renamed; the same for the same external id. Raises ValueError for a maximum that is none."""
    maximum = _rounded(maximum)
    if maximum <= 0:
        raise ValueError(maximum)
    column, created = IncomingColumn.objects.get_or_create(
        source=source.key,
        external_id=external_id,
        defaults={
            "course": course,
            "source_name": source.name,
            "title": title[:LONGEST_TITLE],
            "maximum": maximum,
            "declared_at": clock.now(),
        },
    )
    if created:
        audit.record(None, "gradebook.declare_incoming", column, establishment_id=column.establishment_id)
        return column
    column.source_name, column.title, column.maximum = source.name, title[:LONGEST_TITLE], maximum
    column.save(update_fields=["source_name", "title", "maximum"])
    return column


@transaction.atomic
def receive_marks(*, column: IncomingColumn, sent: Sequence[Sent]) -> Received:
    """Keep what a tool sends; the same thing sent twice changes nothing. Four statements, whatever the number."""
    # One tool may send twice at once: they wait for each other here.
    IncomingColumn.objects.select_for_update().get(pk=column.pk)
    wanted = {each.student for each in sent}
    taught = set(
        Membership.objects.filter(group=column.course.group_id, student__in=wanted).values_list("student_id", flat=True)
    )
    held = {each.student_id: each for each in IncomingMark.objects.filter(column=column, student__in=wanted)}
    received, fresh = Received(), dict[int, IncomingMark]()
    for each in sent:
        known = fresh.get(each.student) or held.get(each.student)
        if each.student not in taught:
            received.unknown.append(each.student)
        elif known is not None and each.sent_at <= known.sent_at:
            received.older.append(each.student)
        else:
            fresh[each.student] = _kept(column, each, held.get(each.student))
            received.kept.append(each.student)
    _save(list(fresh.values()))
    return received


def receive_mark(*, column: IncomingColumn, sent: Sent) -> None:
    """Keep one mark. Raises OlderMark and NotInCourse."""
    received = receive_marks(column=column, sent=[sent])
    if received.older:
        raise OlderMark(sent.student)
    if received.unknown:
        raise NotInCourse(sent.student)


@transaction.atomic
def withdraw_column(column: IncomingColumn) -> None:
    """The tool takes its column back, with what waits in it. What was confirmed is the teacher's, and stays."""
    audit.record(None, "gradebook.withdraw_incoming", column, establishment_id=column.establishment_id)
    column.delete()


def _kept(column: IncomingColumn, sent: Sent, held: IncomingMark | None) -> IncomingMark:
    row = held or IncomingMark(
        establishment_id=column.establishment_id, column=column, student_id=sent.student, version=0
    )
    points = None if sent.points is None else _rounded(sent.points)
    # Said again, newer but the same: nothing for the teacher to look at again.
    maximum, comment = _rounded(sent.maximum), sent.comment[:LONGEST_COMMENT]
    is_same = (row.points, row.maximum, row.comment) == (points, maximum, comment)
    is_settled = points is None or (is_same and row.settled == row.version > 0)
    row.points, row.maximum, row.comment = points, maximum, comment
    row.sent_at, row.received_at = sent.sent_at, clock.now()
    row.version += 1
    if is_settled:
        row.settled = row.version
    return row


def _save(rows: Sequence[IncomingMark]) -> None:
    names = ["points", "maximum", "comment", "sent_at", "received_at", "version", "settled"]
    changed = [each for each in rows if each.pk is not None]
    IncomingMark.objects.bulk_create([each for each in rows if each.pk is None])
    if changed:
        IncomingMark.objects.bulk_update(changed, names)


def _rounded(number: Decimal) -> Decimal:
    return min(number.quantize(_CENT, ROUND_HALF_UP), _MOST)
