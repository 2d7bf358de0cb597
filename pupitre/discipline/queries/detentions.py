"""Detentions: those of a day, those to plan, and the times at which they can be held."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from pupitre.attendance.models import AbsenceEntry
from pupitre.attendance.queries.cases import division_of
from pupitre.discipline.models import Detention, DetentionSlot, Punishment
from pupitre.establishments.models import Closure
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

State = Detention.State
LISTED = (State.PLANNED, State.DONE, State.MISSED)
WEEKS = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """A student expected at a sitting. `away`: what attendance knows of them that day."""

    detention: Detention
    division: str
    away: str

    @property
    def has_begun(self) -> bool:
        """Whether the hour of the sitting has come."""
        return has_begun(self.detention)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A slot on a day to come, and how many are planned there already."""

    slot: DetentionSlot
    on: dt.date
    planned: int

    @property
    def key(self) -> str:
        """What a form sends back."""
        return f"{self.slot.pk}.{self.on.isoformat()}"

    @property
    def is_full(self) -> bool:
        return self.planned >= self.slot.seats


def has_begun(detention: Detention) -> bool:
    """Whether the hour of a sitting has come, on the clock of the school."""
    now = clock.now().astimezone(clock.PARIS).replace(tzinfo=None)
    return dt.datetime.combine(detention.held_on, detention.starts_at) <= now


def detentions_seen(actor: Actor) -> QuerySet[Detention]:
    """Sittings that the actor holds or looks after."""
    rows = allowed(actor, "discipline.attend_detention", Detention.objects.all())
    rows = rows.select_related("punishment__student__person", "supervisor")
    return rows.annotate(division=division_of("punishment__student"))


def detentions_of_day(actor: Actor, on: dt.date) -> list[Expected]:
    """The sittings of a day by hour, then by name; two statements."""
    rows = detentions_seen(actor).filter(held_on=on, state__in=LISTED)
    sittings = list(rows.order_by("starts_at", "room", "punishment__student__person__sort_key"))
    away = _away([each.punishment.student_id for each in sittings], on)
    return [
        Expected(each, each.division or "", away.get(each.punishment.student_id, ""))  # type: ignore[attr-defined]
        for each in sittings
    ]


def _away(students: Sequence[int], on: dt.date) -> dict[int, str]:
    """What is known of students who were away some time that day; the detention itself put aside."""
    rows = AbsenceEntry.objects.filter(student__in=students, away_on=on, cancelled_at=None)
    rows = rows.exclude(kind=AbsenceEntry.Kind.LATENESS)
    own = Detention.objects.filter(absence_case_id=OuterRef("case_id"))
    return {
        each.student_id: each.get_kind_display()
        for each in (rows.exclude(Exists(own)).order_by("starts_at") if students else ())
    }


def detentions_to_plan() -> list[Punishment]:
    """Detentions asked for and not planned, the oldest first; one statement."""
    rows = to_be_planned().select_related("student__person").annotate(division=division_of("student"))
    return list(rows.order_by("happened_on", "pk"))


def to_be_planned() -> QuerySet[Punishment]:
    """Detentions that nobody has planned, or that were missed and not moved yet."""
    to_come = Detention.objects.filter(punishment=OuterRef("pk"), state=State.PLANNED)
    waiting = (Punishment.State.TO_DO, Punishment.State.NOT_DONE)
    rows: QuerySet[Punishment] = Punishment.objects.filter(
        ~Exists(to_come), kind=Punishment.Kind.DETENTION, state__in=waiting
    )
    return rows


def active_slots() -> list[DetentionSlot]:
    """The times of the week for detentions; one statement."""
    rows = DetentionSlot.objects.filter(is_active=True).select_related("supervisor")
    return list(rows.order_by("weekday", "starts_at"))


def occasions() -> list[Occasion]:
    """The slots of the three weeks to come, closed days left out; three statements."""
    today = clock.today()
    slots = active_slots()
    if not slots:
        return []
    last = today + dt.timedelta(weeks=WEEKS)
    closed = list(Closure.objects.filter(ends_on__gte=today, starts_on__lte=last).values_list("starts_on", "ends_on"))
    days = [today + dt.timedelta(days=n) for n in range(WEEKS * 7)]
    days = [day for day in days if not any(first <= day <= end for first, end in closed)]
    planned = Counter(
        Detention.objects.filter(held_on__range=(today, last), state=State.PLANNED).values_list("held_on", "starts_at")
    )
    return [
        Occasion(slot, day, planned[day, slot.starts_at])
        for day in days
        for slot in slots
        if slot.weekday == day.isoweekday()
    ]
