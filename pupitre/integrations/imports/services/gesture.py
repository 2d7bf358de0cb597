"""A whole import in one gesture, for the command line and the demonstration."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision, Difference, ImportJob, Verdict
from pupitre.integrations.imports.services.analysis import analyse
from pupitre.integrations.imports.services.application import apply as apply_job
from pupitre.integrations.imports.services.jobs import receive


def import_files(
    *,
    establishment: Establishment,
    paths: Sequence[Path],
    apply: bool,
    confirmed: bool = False,
    same_people: bool = False,
    progress: Callable[[str], None] | None = None,
) -> ImportJob:
    """Receive and analyse files for a school, then apply them unless they are refused, or held without `confirmed`.

    `same_people`: accept every proposal that two records are one person. Raises NotAppliable.
    """
    with scope(establishment.pk):
        job = receive((path.name, path.read_bytes()) for path in paths)
    job = analyse(job.pk, establishment.pk, progress)
    if same_people:
        with scope(establishment.pk):
            Difference.objects.filter(job=job, kind=Kind.SAME_PERSON).update(decision=Decision.APPLY)
    if apply and job.may_apply and job.verdict != Verdict.REJECT and (confirmed or job.verdict != Verdict.HOLD):
        job = apply_job(job.pk, establishment.pk, confirmed=confirmed)
    return job
