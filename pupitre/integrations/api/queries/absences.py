"""The absences of a student in the year, as their record shows them; a reason of health stays in the school."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import BooleanField, CharField, SmallIntegerField, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import AbsenceCase, AbsenceEntry
from pupitre.attendance.transitions import State
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.integrations.api.asked import page_of
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.queries.lessons import instant
from pupitre.integrations.api.records import Absence, Absences

_STANDINGS = {
    Standing.JUSTIFIED.value: "justified",
    Standing.PENDING.value: "pending",
    Standing.UNJUSTIFIED.value: "unjustified",
}


class _Row(NamedTuple):
    kind: str
    number: int
    starts_on: dt.date
    starts_at: dt.time
    ends_on: dt.date
    ends_at: dt.time
    state: str
    standing: int
    counts: bool
    reason: str
    is_health: bool


def year_too() -> dict[str, Combinable]:
    """The first day of the year, read with the access."""
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today)
    return {"year_on": Subquery(year.values("starts_on")[:1])}


def absences(call: Call, query: QueryDict) -> Absences:
    """The absences, exemptions and latenesses of the year, the latest first; one statement."""
    since = call.facts["year_on"] or clock.today() - dt.timedelta(days=365)
    shown, after = page_of(query, [_Row(*each) for each in _read(call, since)], _place, newest_first=True)
    return Absences([_absence(each) for each in shown], after)


def _read(call: Call, since: dt.date) -> Any:
    cases = allowed(call.actor, "attendance.view_case_as_family", AbsenceCase.objects.filter(student=call.student))
    today = clock.today()
    cases = cases.filter(ends_on__gte=since, starts_on__lte=today).exclude(state=State.MERGED)
    late = AbsenceEntry.objects.filter(
        student=call.student, kind=AbsenceEntry.Kind.LATENESS, away_on__range=(since, today), cancelled_at=None
    )
    nothing, never = Value("", output_field=CharField()), Value(False, output_field=BooleanField())
    return cases.values_list(
        "kind", "pk", "starts_on", "starts_at", "ends_on", "ends_at", "state", "standing", "counts",
        Coalesce("reason__label", nothing), Coalesce("reason__is_health", never),
    ).union(
        late.values_list(
            "kind", "pk", "away_on", "starts_at", "away_on", "ends_at", nothing, Value(-1, output_field=SmallIntegerField()),
            "counts", nothing, never,
        ),
        all=True,
    )  # fmt: skip


def _place(row: _Row) -> str:
    return f"{row.starts_on}T{row.starts_at} {row.kind}{row.number:012}"


def _absence(row: _Row) -> Absence:
    return Absence(
        id=f"{row.kind}-{row.number}",
        kind=row.kind,
        starts_at=instant(row.starts_on, row.starts_at),
        ends_at=instant(row.ends_on, row.ends_at),
        state=str(State(row.state).label) if row.state else "",
        standing=_STANDINGS.get(row.standing),
        counts=row.counts,
        reason=_("Motif connu de la vie scolaire") if row.is_health else row.reason,
    )
