"""The registers of a day: which are taken, which are missing, how many are away."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.attendance.half_days import Half
from pupitre.attendance.models import RollCall, RollMark
from pupitre.attendance.policies import VIEW
from pupitre.attendance.queries.naming import names_in
from pupitre.attendance.queries.roll_call import local_now
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

MISSING_AFTER = dt.timedelta(minutes=20)
"""How long after the beginning of a lesson its register is said to be missing (ATT-7)."""
AWAY = (RollMark.State.ABSENT, RollMark.State.LEFT)

Stage = Literal["done", "missing", "going_on", "coming", "cancelled"]


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """A register in the table of a half-day: where it stands, how many are away, who was to take it."""

    id: int
    stage: Stage
    away: int
    teachers: str
    subject: str
    is_reminded: bool


@dataclass(slots=True)
class GroupLine:
    """A class or a group, with its registers in the order of the hours; None where it has no lesson."""

    label: str
    kind: str
    cells: list[RegisterCell | None]
    away: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing or going on."""
        return all(cell is None or cell.stage in ("done", "coming", "cancelled") for cell in self.cells)


@dataclass(slots=True)
class RegistersOfDay:
    """The registers of half a day: `hours` of the columns, one line a group; `counts` by stage."""

    on: dt.date
    half: Half
    hours: list[dt.time] = field(default_factory=list)
    lines: list[GroupLine] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def is_prepared(day: dt.date) -> bool:
    """Whether the registers of a day were made in the open school; one statement."""
    return bool(RollCall.objects.filter(held_on=day).exists())


def half_now(cut: dt.time) -> Half:
    """The half-day going on, by the hour that cuts the day of the school."""
    return Half.MORNING if local_now().time() < cut else Half.AFTERNOON


def registers_of_day(
    actor: Actor, on: dt.date, half: Half | None = None, *, cut: dt.time | None = None
) -> RegistersOfDay:
    """What the actor may see of the registers of half a day, of the one going on by default; two statements.

    Those who see all see every teacher's. `cut`: that of the school, by whoever knows it already.
    """
    cut = cut or Establishment.objects.values_list("half_day_cut", flat=True).get(pk=current_establishment_id())
    half = half or half_now(cut)
    when = Q(starts_at__lt=cut) if half is Half.MORNING else Q(starts_at__gte=cut)
    mine = Q() if actor.has(VIEW) else Q(teacher_ids__contains=[actor.person_id])
    seen = allowed(actor, "attendance.view_roll_call", RollCall.objects.filter(when, mine, held_on=on))
    away = RollMark.objects.filter(roll_call=OuterRef("pk"), state__in=AWAY).order_by().values("roll_call")
    counted = Coalesce(Subquery(away.annotate(n=Count("pk")).values("n")), Value(0))
    rows = seen.select_related("group").annotate(away=counted, teachers=names_in("teacher_ids"))
    return _table(list(rows.order_by("group__kind", "group__label", "starts_at")), on, half)


def missing_registers(on: dt.date, *, after: dt.timedelta = MISSING_AFTER) -> list[RollCall]:
    """The registers not taken some time after their lesson began; one statement."""
    now = local_now()
    if on > now.date():
        return []
    rows = RollCall.objects.filter(held_on=on, state=RollCall.State.PREPARED).exclude(student_ids=[])
    if on == now.date():
        limit = now - after
        if limit.date() < on:
            return []
        rows = rows.filter(starts_at__lte=limit.time())
    return list(rows.select_related("group").order_by("starts_at", "group__label"))


def stage_of(register: RollCall, now: dt.datetime) -> Stage:
    """Where a register stands at a local instant."""
    if register.state == RollCall.State.DONE:
        return "done"
    if register.state == RollCall.State.CANCELLED:
        return "cancelled"
    starts = dt.datetime.combine(register.held_on, register.starts_at)
    if now < starts:
        return "coming"
    return "going_on" if now < starts + MISSING_AFTER else "missing"


def _table(rows: Sequence[RollCall], on: dt.date, half: Half) -> RegistersOfDay:
    table = RegistersOfDay(on, half, sorted({row.starts_at for row in rows}))
    now = local_now()
    lines: dict[int, GroupLine] = {}
    for row in rows:
        line = lines.setdefault(row.group_id, GroupLine(row.group.label, row.group.kind, [None] * len(table.hours)))
        stage = stage_of(row, now)
        table.counts[stage] += 1
        facts = vars(row)
        teachers = ", ".join(facts["teachers"])
        cell = RegisterCell(row.pk, stage, facts["away"], teachers, row.subject, row.reminded_at is not None)
        line.cells[table.hours.index(row.starts_at)] = cell
        line.away = max(line.away, cell.away)
    table.lines = list(lines.values())
    return table
