"""Line items, and the scores that become drafts of the gradebook (LTI Assignment and Grade Services 2.0)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from pupitre.directory.models import Student
from pupitre.gradebook.models import IncomingColumn, IncomingMark
from pupitre.gradebook.services.receiving import (
    NotInCourse,
    OlderMark,
    Sent,
    Source,
    declare_column,
    receive_mark,
    withdraw_column,
)
from pupitre.integrations.lti.models import LineItem, Tool
from pupitre.integrations.services.models import Pseudonym

__all__ = [
    "NotInCourse",
    "OlderMark",
    "column_of",
    "marks_of",
    "receive_score",
    "remove_line_item",
    "source_of",
    "student_named",
]


def source_of(tool: Tool) -> Source:
    """How the gradebook knows a tool."""
    return Source(f"lti:{tool.pk}", tool.service.name)


def student_named(tool: Tool, subject: str) -> Student | None:
    """The student of the open school that the tool knows by a number; two statements."""
    person = Pseudonym.objects.filter(service=tool.service_id, value=subject).values("person")
    found: Student | None = Student.objects.filter(person__in=person).first()
    return found


@transaction.atomic
def receive_score(
    *, item: LineItem, student: Student, points: Decimal | None, maximum: Decimal, sent_at: dt.datetime, comment: str
) -> None:
    """Keep a score as a draft that the teacher of the course will read. Raises OlderMark and NotInCourse."""
    column = declare_column(
        source=source_of(item.tool),
        external_id=str(item.uid),
        course=item.course,
        title=item.label,
        maximum=item.maximum,
    )
    receive_mark(column=column, sent=Sent(student.pk, points, maximum, sent_at, comment))


def column_of(item: LineItem) -> IncomingColumn | None:
    """The drafts of a line item, once there is one; one statement."""
    found: IncomingColumn | None = IncomingColumn.objects.filter(
        source=source_of(item.tool).key, external_id=str(item.uid)
    ).first()
    return found


def marks_of(item: LineItem) -> list[dict[str, Any]]:
    """What the tool itself last sent, student by student: it learns nothing that it did not say. Two statements."""
    rows = IncomingMark.objects.filter(
        column__source=source_of(item.tool).key, column__external_id=str(item.uid), points__isnull=False
    ).select_related("student")
    marks = list(rows.order_by("student"))
    people = [each.student.person_id for each in marks]
    named = Pseudonym.objects.filter(service=item.tool.service_id, person__in=people)
    names = dict(named.values_list("person_id", "value"))
    return [
        {
            "user": names[each.student.person_id],
            "points": float(each.points),
            "maximum": float(each.maximum),
            "comment": each.comment,
        }
        for each in marks
        if each.student.person_id in names
    ]


@transaction.atomic
def remove_line_item(item: LineItem) -> None:
    """Take a line item away, with the drafts that nobody has confirmed; marks that were are the teacher's."""
    column = column_of(item)
    if column is not None:
        withdraw_column(column)
    item.delete()
