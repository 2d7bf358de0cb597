"""Punishments as people list and open them; a few statements a page, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from pupitre.attendance.queries.cases import division_of
from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.discipline.models import Acknowledgement, Detention, Punishment
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

A_PAGE = 25
Kind, State = Punishment.Kind, Punishment.State
FILTERS: dict[str, Q] = {
    "a-suivre": Q(state__in=(State.TO_DO, State.NOT_DONE)),
    "retenues": Q(kind=Kind.DETENTION),
    "exclusions": Q(kind=Kind.LESSON_EXCLUSION),
    "toutes": Q(),
}


@dataclass(slots=True)
class PunishmentList:
    """A page of punishments, how many each filter holds, and the sitting of each detention."""

    page: "Page[Punishment]"
    rows: Sequence[tuple[Punishment, Detention | None]]
    counts: dict[str, int]


def punishments_seen(actor: Actor) -> QuerySet[Punishment]:
    """Punishments that the actor may see, with `division`, the student's class today."""
    rows = allowed(actor, "discipline.view_punishment", Punishment.objects.all())
    return rows.select_related("student__person").annotate(division=division_of("student"))


def list_punishments(actor: Actor, *, filtered: str, division: int | None, number: int) -> PunishmentList:
    """A page of those of one filter, the last first; four statements."""
    rows = punishments_seen(actor)
    if division:
        here = Membership.objects.filter(held_on(clock.today()), group=division).values("student")
        rows = rows.filter(student__in=here)
    counted = {name.replace("-", "_"): Count("pk", filter=which) for name, which in FILTERS.items()}
    bare = Punishment.objects.filter(pk__in=rows.values("pk"))
    counts = {name.replace("_", "-"): number for name, number in bare.aggregate(**counted).items()}
    page = Paginator(rows.filter(FILTERS[filtered]).order_by("-happened_on", "-pk"), A_PAGE).get_page(number)
    return PunishmentList(page, with_sittings(list(page.object_list)), counts)


def with_sittings(punishments: Sequence[Punishment]) -> list[tuple[Punishment, Detention | None]]:
    """Punishments, each with its last sitting when it is a detention; one statement."""
    wanted = [each.pk for each in punishments if each.kind == Kind.DETENTION]
    rows = Detention.objects.filter(punishment__in=wanted).order_by("planned_at", "pk") if wanted else ()
    last = {each.punishment_id: each for each in rows}
    return [(each, last.get(each.pk)) for each in punishments]


def sittings_of(punishment: Punishment) -> list[Detention]:
    """Every sitting of a detention, in order; one statement."""
    rows = Detention.objects.filter(punishment=punishment).select_related("supervisor")
    return list(rows.order_by("planned_at", "pk"))


def readings_of(punishment: Punishment) -> list[Acknowledgement]:
    """Who says to have read it; one statement."""
    return list(Acknowledgement.objects.filter(punishment=punishment).order_by("read_at"))
