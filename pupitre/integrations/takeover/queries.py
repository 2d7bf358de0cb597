"""Reads: the files of a school, the lines of one that are not taken, what was answered before."""

import hashlib
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pupitre.directory.models import Subject
from pupitre.integrations.takeover.models import Fate, LineIssue, Remembered, TakeOver, Thing

Figures = list[tuple[Thing, dict[str, int]]]


def remembered_of(kind: str) -> dict[str, str]:
    """What the school answered; one statement."""
    return dict(Remembered.objects.filter(kind=kind).values_list("outside", "value"))


def digest_of(data: bytes) -> str:
    """What names the bytes of a file."""
    return hashlib.sha256(data).hexdigest()


def taken_before(take: TakeOver) -> TakeOver | None:
    """The same file, taken already; one statement."""
    found: TakeOver | None = (
        TakeOver.objects.filter(digest=take.digest, state=TakeOver.State.APPLIED)
        .exclude(pk=take.pk).defer("data").order_by("-applied_at").first()
    )  # fmt: skip
    return found


def origin_of(take: TakeOver) -> str:
    """The tool that a file comes from, as the school names it."""
    return str(take.said.get("origin") or _("l’ancien outil"))


def subjects_of_school() -> list[tuple[int, str]]:
    """Our subjects, by name; one statement."""
    return list(Subject.objects.order_by("label", "pk").values_list("pk", "label"))


def figures_of(take: TakeOver) -> Figures:
    """For each thing that the file tells: lines read, then by fate; what is never taken comes last."""
    return [
        (thing, {name: take.counts[thing].get(name, 0) for name in ("read", *Fate.values)})
        for thing in Thing
        if thing in take.counts
    ]


def total_of(take: TakeOver, fate: str) -> int:
    """How many lines have a fate, whatever they tell."""
    return sum(int(counts.get(fate, 0)) for counts in take.counts.values())


def issues_of(take: TakeOver, fate: str = "") -> QuerySet[LineIssue]:
    """The lines that are not taken, in the order of the file."""
    rows: QuerySet[LineIssue] = LineIssue.objects.filter(take_over=take)
    return (rows.filter(fate=fate) if fate in Fate.values else rows).order_by("number", "pk")


def told(take: TakeOver) -> dict[str, Any]:
    """A file and what becomes of it, for a machine."""
    return {
        "state": take.state,
        "counts": take.counts,
        "reasons": take.reasons,
        "subjects": take.subjects,
        "issues": [
            {"line": each.number, "thing": each.thing, "fate": each.fate, "record": each.told, "reason": each.reason}
            for each in issues_of(take).iterator()
        ],
    }
