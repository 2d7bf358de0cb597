"""Saying once what a name of timetable software is here, and going back on it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.models import Correspondence, ImportJob, MatchQuestion

Verdict = Correspondence.Verdict
Answer = tuple[str, str]
"""A verdict, and our value when it is « same »."""


@transaction.atomic
def settle_names(job: ImportJob, answers: Iterable[tuple[MatchQuestion, Answer]], actor: Actor) -> int:
    """Remember what these names are, for this import and the following ones; how many. The job must be analysed again."""
    count = 0
    for question, (verdict, value) in answers:
        Correspondence.objects.update_or_create(
            establishment_id=job.establishment_id, source=question.source, kind=question.kind, outside=question.outside,
            defaults=_said(verdict, value, actor),
        )  # fmt: skip
        count += 1
    if count:
        audit.record(actor, "imports.settle_names", job, names=count)
    return count


@transaction.atomic
def change_correspondence(correspondence: Correspondence, answer: Answer, actor: Actor) -> None:
    """Say otherwise what a name is; the next import follows."""
    Correspondence.objects.filter(pk=correspondence.pk).update(**_said(*answer, actor))
    audit.record(actor, "imports.change_correspondence", correspondence, verdict=answer[0], value=answer[1])


@transaction.atomic
def forget_correspondence(rows: QuerySet[Correspondence], actor: Actor) -> bool:
    """Let the next import ask again; False when it already does. `rows`: the one to forget, if it is still there."""
    correspondence = rows.select_for_update().first()
    if correspondence is None:
        return False
    audit.record(actor, "imports.forget_correspondence", correspondence)
    correspondence.delete()
    return True


def _said(verdict: str, value: str, actor: Actor) -> dict[str, object]:
    value = value if verdict == Verdict.SAME else ""
    return {"verdict": verdict, "value": value, "decided_by_id": actor.person_id, "decided_at": clock.now()}
