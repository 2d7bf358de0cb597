"""What a human decides of the differences before they are applied."""

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.models import Decision, Difference, ImportJob, RememberedMatch
from pupitre.integrations.imports.services.analysis import skip_name


@transaction.atomic
def decide(job: ImportJob, keys: list[str], decision: Decision, actor: Actor, *, for_good: bool = False) -> int:
    """Apply or ignore some differences of a job that waits; `for_good`: an ignored one is ignored next time too."""
    if job.state != ImportJob.State.TO_REVIEW:
        return 0
    chosen = Difference.objects.filter(job=job, key__in=keys)
    changed: int = chosen.update(decision=decision, decided=True)
    names = [skip_name(each.key, each.new) for each in chosen]
    if decision == Decision.SKIP and for_good:
        RememberedMatch.objects.bulk_create(
            (
                RememberedMatch(establishment_id=job.establishment_id, kind="skip", outside=name,
                                decided_by_id=actor.person_id, decided_at=clock.now())
                for name in names
            ),
            ignore_conflicts=True,
        )  # fmt: skip
    elif decision == Decision.APPLY:
        RememberedMatch.objects.filter(kind="skip", outside__in=names).delete()
    audit.record(actor, "imports.decide", job, decision=str(decision), differences=changed)
    return changed


@transaction.atomic
def settle_group(job: ImportJob, outside: str, code: str, actor: Actor) -> None:
    """Say once and for all which of our groups another source means by a code; the job must be analysed again."""
    RememberedMatch.objects.update_or_create(
        establishment_id=job.establishment_id, kind="group", outside=outside,
        defaults={"value": code, "decided_by_id": actor.person_id, "decided_at": clock.now()},
    )  # fmt: skip
    audit.record(actor, "imports.settle_group", job, outside=outside, code=code)
