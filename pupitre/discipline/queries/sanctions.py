"""Sanctions in files, as the head and the CPE follow them; the register; one sanction whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from pupitre.attendance.queries.cases import division_of
from pupitre.discipline.models import Acknowledgement, RegisterEntry, Sanction
from pupitre.discipline.scale import Kind
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class SanctionList:
    """The sanctions in files, and those of which an erasure is asked."""

    rows: Sequence[Sanction]
    asked: Sequence[Sanction]


def sanctions_seen(actor: Actor) -> QuerySet[Sanction]:
    """Sanctions that the actor may see, with `division`. What is due is shown no more, even before the job of the day."""
    rows = allowed(actor, "discipline.view_sanction", Sanction.objects.exclude(erases_on__lte=clock.today()))
    return rows.select_related("student__person", "line").annotate(division=division_of("student"))


def list_sanctions(actor: Actor, *, kind: str = "") -> SanctionList:
    """Every sanction in a file, the last first; one statement."""
    rows = sanctions_seen(actor).order_by("-decided_on", "-pk")
    every = list(rows.filter(kind=kind) if kind in Kind.values else rows)
    return SanctionList(every, [each for each in every if each.erasure_asked_at and not each.erasure_refused_at])


def readings_of(sanction: Sanction) -> list[Acknowledgement]:
    """Who says to have read it; one statement."""
    return list(Acknowledgement.objects.filter(sanction=sanction).order_by("read_at"))


def register_of_year(year: int) -> list[RegisterEntry]:
    """The register of a school year, in order; one statement."""
    return list(RegisterEntry.objects.filter(year=year).order_by("number"))


def years_of_register() -> list[int]:
    """The school years that the register holds, the last first; one statement."""
    today = clock.today()
    here = today.year - (today.month < 9)
    return sorted({here, *RegisterEntry.objects.values_list("year", flat=True).distinct()}, reverse=True)
