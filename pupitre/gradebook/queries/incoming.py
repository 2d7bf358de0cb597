"""Marks that outside tools have sent: which wait for a teacher, and what each says beside what is already there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from pupitre.directory.names import capitalise
from pupitre.establishments.models import Term
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, IncomingColumn, IncomingMark
from pupitre.gradebook.queries.grid import GridMark, grid_of
from pupitre.gradebook.typed import shown

LONGEST_PROPOSED = 200
_NEW = Q(marks__settled__lt=F("marks__version"))


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A column of a tool: how many marks wait to be read, and when the last one came."""

    column: IncomingColumn
    waiting: int
    last_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """What a tool says of a student, and what the assessment holds. `text` and `remark` are what is proposed."""

    student: int
    name: str
    said: str
    text: str
    remark: str
    held: str
    base: int
    version: int
    sent_at: dt.datetime
    is_new: bool


def waiting_for(course: Any) -> QuerySet[IncomingMark]:
    """What waits for whoever marks a course, as a subquery."""
    found: QuerySet[IncomingMark] = IncomingMark.objects.filter(
        column__course=course, column__set_aside_at=None, settled__lt=F("version")
    )
    return found


def awaiting_of(actor: Actor) -> list[Awaiting]:
    """The columns that tools sent for the courses that the actor marks, the newest first; one statement."""
    rows = IncomingColumn.objects.select_related("course__group", "course__subject", "assessment")
    mine = allowed(actor, "gradebook.confirm_incoming", rows)
    counted = mine.annotate(waiting=Count("marks", filter=_NEW), last_at=Max("marks__received_at"))
    ordered = counted.exclude(last_at=None).order_by("-last_at", "pk")
    return [Awaiting(each, each.waiting, each.last_at) for each in ordered]


def targets_of(column: IncomingColumn, terms: Sequence[Term]) -> list[Assessment]:
    """The assessments of the course in these terms, which the marks may join; one statement."""
    rows = Assessment.objects.filter(course=column.course_id, term__in=terms, is_locked=False)
    return list(rows.select_related("course", "term__school_year", "part").order_by("-held_on", "-pk"))


def lines_of(column: IncomingColumn, assessment: Assessment | None, scale: int) -> list[Line]:
    """What a tool says, student by student, brought to the scale; two statements when the assessment exists, else one."""
    cells = grid_of(column.course, assessment.term).cells if assessment is not None else {}
    rows = IncomingMark.objects.filter(column=column, points__isnull=False).select_related("student__person")
    lines = []
    for row in rows.order_by("student__person__sort_key", "pk"):
        cell = cells.get((assessment.pk, row.student_id)) if assessment is not None else None
        person, is_new = row.student.person, row.settled < row.version
        held, proposed = cell.text if cell else "", shown(brought(row.points, row.maximum, scale), "")
        lines.append(
            Line(
                student=row.student_id,
                name=f"{capitalise(person.usage_name or person.last_name)} {capitalise(person.first_name)}",
                said=f"{shown(row.points, '')} / {shown(row.maximum, '')}",
                text=proposed if is_new else held,
                remark=_remark(row, cell),
                held=held,
                base=cell.version if cell else 0,
                version=row.version,
                sent_at=row.sent_at,
                is_new=is_new,
            )
        )
    return lines


def _remark(row: IncomingMark, cell: GridMark | None) -> str:
    """The comment of the tool while it is new, else what the cell holds."""
    here = cell.remark if cell else ""
    return (str(row.comment[:LONGEST_PROPOSED]) or here) if row.settled < row.version else here


def brought(points: Decimal, maximum: Decimal, scale: int) -> Decimal:
    """A mark out of `maximum` brought to another scale, to the hundredth, halves up."""
    return (points * scale / maximum).quantize(Decimal("0.01"), ROUND_HALF_UP)
