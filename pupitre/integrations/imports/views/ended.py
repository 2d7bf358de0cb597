"""What an import did, once it is over."""

import datetime as dt
from typing import Any

from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision, Difference, ImportJob
from pupitre.integrations.imports.queries import figures_of
from pupitre.integrations.imports.services.undoing import DAYS
from pupitre.integrations.imports.views.review import key_figures


def ended_of(job: ImportJob) -> dict[str, Any]:
    """The context of an import that is over: key figures, what was done by kind, until when it may be taken back."""
    figures = figures_of(job, kept_only=True)
    return {
        "figures": figures,
        "key_figures": key_figures(job, figures),
        "done": done_by_kind(job),
        "undo_until": undo_until(job),
    }


def done_by_kind(job: ImportJob) -> list[tuple[str, int]]:
    """(what, how many) of the changes kept, in the order of the report; one statement."""
    rows = Difference.objects.filter(job=job, decision=Decision.APPLY).values_list("kind", flat=True)
    found: dict[str, int] = {}
    for kind in rows:
        found[kind] = found.get(kind, 0) + 1
    return [(str(kind.label), found[kind]) for kind in Kind if kind in found]


def undo_until(job: ImportJob) -> dt.datetime | None:
    """The instant after which an applied import stays."""
    return job.applied_at + dt.timedelta(days=DAYS) if job.applied_at else None
