"""What a teacher does of the marks that a tool sent: confirms them into an assessment, or sets them aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, IncomingColumn, IncomingMark
from pupitre.gradebook.services.assessing import create_assessment
from pupitre.gradebook.services.entering import Outcome, Told, note_marks


@dataclass(frozen=True, slots=True)
class Taken:
    """What the teacher takes of one student's mark, over the version of the tool's that they read; empty, nothing is taken."""

    told: Told
    seen: int


class NotAllTaken(Exception):
    """Nothing was written: some marks may not be, or met another hand's. Holds what became of each."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__(len(outcomes))
        self.outcomes = list(outcomes)


@transaction.atomic
def confirm_column(
    *, column: IncomingColumn, assessment: Assessment, taken: Sequence[Taken], actor: Actor
) -> Assessment:
    """Write what the teacher takes into an assessment, made when it is new: all of it, or nothing.

    What the tool sent again meanwhile goes on waiting. Raises NotAllTaken, and Refusal when the term is closed.
    """
    IncomingColumn.objects.select_for_update().get(pk=column.pk)
    if assessment.pk is None:
        create_assessment(assessment=assessment, actor=actor)
    told = [each.told for each in taken if each.told.text.strip()]
    refused = [each for each in note_marks(assessment=assessment, told=told, actor=actor) if each.sentence]
    if refused:
        raise NotAllTaken(refused)
    for version in {each.seen for each in taken}:
        students = [each.told.student for each in taken if each.seen == version]
        IncomingMark.objects.filter(column=column, student__in=students, version=version).update(settled=F("version"))
    IncomingColumn.objects.filter(pk=column.pk).update(assessment=assessment, set_aside_at=None)
    audit.record(actor, "gradebook.confirm_incoming", column, assessment=assessment.pk, marks=len(told))
    return assessment


@transaction.atomic
def set_aside(*, column: IncomingColumn, is_aside: bool, actor: Actor) -> None:
    """Put away a column of which nothing is wanted, with whatever the tool sends later; or take it back."""
    IncomingColumn.objects.filter(pk=column.pk).update(set_aside_at=clock.now() if is_aside else None)
    audit.record(actor, "gradebook.set_incoming_aside", column, is_aside=is_aside)
