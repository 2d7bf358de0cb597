"""Marks of before Pupitre, taken over from another tool as it left them, and taken back while nobody touched them.

Nobody is told: families were, by the other tool. They read them as any marks that are shown: students first, guardians after
the delay of the school. An assessment says in its description where it comes from. Nobody here becomes the author of a mark.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.scope import current_establishment_id
from pupitre.files.queries import files_of
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import AssessedSkill, Assessment, MarkVersion, ServicePart, StudentMark
from pupitre.gradebook.queries.known import TestKey, key_of
from pupitre.gradebook.services.publishing import shown_from
from pupitre.gradebook.services.stamping import see_marks_again

_BATCH = 2000
_FIRST = 1
"""The version of a cell that was written once."""


@dataclass(frozen=True, slots=True)
class PastTest:
    """An assessment of the other tool, in a course and a term of ours."""

    course_id: int
    term_id: int
    title: str
    held_on: dt.date
    scale: int
    coefficient: Decimal


@dataclass(frozen=True, slots=True)
class PastMark:
    """What a student has there: a number, or an annotation."""

    test: PastTest
    student_id: int
    points: Decimal | None
    annotation: str = ""
    remark: str = ""


@transaction.atomic
def take_over(marks: Sequence[PastMark], *, origin: str, actor: Actor | None) -> dict[str, list[int]]:
    """Write the marks of another tool, called `origin`; what was made, by table. About ten statements a batch.

    An assessment of the same course, day and title that is here already receives the marks. Whoever calls has left aside
    those that are here.
    """
    if not marks:
        return {}
    seen = shown_from()
    here, made = _tests({each.test for each in marks}, origin, seen)
    now = clock.now()
    rows = StudentMark.objects.bulk_create(
        [
            StudentMark(
                establishment_id=current_establishment_id(), assessment_id=here[_key(each.test)].pk,
                student_id=each.student_id, points=each.points, annotation=each.annotation, remark=each.remark,
                version=_FIRST, written_at=now, student_sees_at=seen[0], guardian_sees_at=seen[1],
            )
            for each in marks
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    MarkVersion.objects.bulk_create((_version(row) for row in rows), batch_size=_BATCH)
    _record(actor, "gradebook.take_over", rows)
    return {"assessment": [each.pk for each in made], "mark": [each.pk for each in rows]}


@transaction.atomic
def take_back(made: Mapping[str, Sequence[int]], *, actor: Actor | None) -> int:
    """Remove what was taken over, but for what somebody changed or used since; how many marks stay."""
    marks = StudentMark.objects.filter(pk__in=made.get("mark", ()))
    held = marks.count()
    # Held, so that nobody changes one between the look and the gesture.
    gone = list(marks.filter(version=_FIRST).select_for_update())
    StudentMark.objects.filter(pk__in=[each.pk for each in gone]).delete()
    tests = Assessment.objects.filter(pk__in=made.get("assessment", ()), marks=None)
    empty = list(tests.exclude(pk__in=AssessedSkill.objects.values("assessment")))
    attached = files_of(empty)
    Assessment.objects.filter(pk__in=[each.pk for each in empty if not attached[each.pk]]).delete()
    _record(actor, "gradebook.take_back", gone)
    return held - len(gone)


def _tests(
    wanted: Iterable[PastTest], origin: str, seen: tuple[dt.datetime, dt.datetime]
) -> tuple[dict[TestKey, Assessment], list[Assessment]]:
    """The assessments by what makes them the same, and those that were made."""
    tests = {_key(each): each for each in wanted}
    courses, days = {each.course_id for each in tests.values()}, {each.held_on for each in tests.values()}
    here = {
        key_of(row.course_id, row.held_on, row.title): row
        for row in Assessment.objects.filter(course__in=courses, held_on__in=days)
    }
    parts: dict[int, int] = {}
    for course, pk in (
        ServicePart.objects.filter(course__in=courses).order_by("-position", "-pk").values_list("course", "pk")
    ):
        parts[course] = pk
    made = Assessment.objects.bulk_create(
        [
            Assessment(
                establishment_id=current_establishment_id(), course_id=each.course_id, term_id=each.term_id,
                part_id=parts.get(each.course_id), title=each.title, held_on=each.held_on, scale=each.scale,
                coefficient=each.coefficient, description=_("Repris de %(tool)s.") % {"tool": origin},
                student_sees_at=seen[0], guardian_sees_at=seen[1], created_at=clock.now(),
            )
            for key, each in tests.items()
            if key not in here
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    return here | {key_of(row.course_id, row.held_on, row.title): row for row in made}, made


def _key(test: PastTest) -> TestKey:
    return key_of(test.course_id, test.held_on, test.title)


def _version(row: StudentMark) -> MarkVersion:
    return MarkVersion(
        establishment_id=row.establishment_id, mark_id=row.pk, points=row.points, annotation=row.annotation,
        remark=row.remark, version=row.version, written_at=row.written_at,
    )  # fmt: skip


def _record(actor: Actor | None, verb: str, rows: Sequence[StudentMark]) -> None:
    audit.record(actor, verb, None, marks=len(rows), establishment_id=current_establishment_id())
    see_marks_again({each.student_id for each in rows})
