"""What the school-life office follows this week, and how many of each type since the beginning of the year."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import CharField, Count, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from pupitre.attendance.queries.cases import division_of
from pupitre.directory.models import Student
from pupitre.discipline.models import Detention, Incident, IncidentPerson, Punishment, RegisterEntry, Sanction
from pupitre.discipline.models.incidents import COUNTED_FROM
from pupitre.discipline.queries.detentions import LISTED, detentions_seen, detentions_to_plan, to_be_planned
from pupitre.discipline.scale import Kind
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

WORK = (Punishment.Kind.EXTRA_WORK, Punishment.Kind.EXCUSE)
ALERT_FROM = 3
"""Incidents of gravity 3 and more, as the one at fault, from which a student is to be followed (start value, ATT-27)."""


@dataclass(frozen=True, slots=True)
class FollowedWeek:
    """What is to be followed; all but the detentions is for those who see everything."""

    first: dt.date
    last: dt.date
    to_plan: Sequence[Punishment]
    days: Sequence[tuple[dt.date, Sequence[Detention]]]
    due: Sequence[Punishment] = ()
    reports: Sequence[Punishment] = ()
    incidents: Sequence[Incident] = ()
    exclusions: Sequence[Sanction] = ()
    suspended: Sequence[Sanction] = ()
    asked: Sequence[Sanction] = ()
    alerts: Sequence[tuple[Student, int]] = ()
    counts: Sequence[tuple[str, int]] = ()


def week_of(actor: Actor, day: dt.date, *, knows_all: bool) -> FollowedWeek:
    """The week of a day; two statements for an assistant, six for those who see everything."""
    first = day - dt.timedelta(days=day.weekday())
    last = first + dt.timedelta(days=6)
    sittings = detentions_seen(actor).filter(held_on__range=(first, last), state__in=LISTED)
    days: dict[dt.date, list[Detention]] = {}
    for each in sittings.order_by("held_on", "starts_at", "punishment__student__person__sort_key"):
        days.setdefault(each.held_on, []).append(each)
    if not knows_all:
        return FollowedWeek(first, last, detentions_to_plan(), sorted(days.items()))
    recent = Q(follow_up_on=None, happened_on__gte=first - dt.timedelta(days=14))
    incidents = Incident.objects.filter(Q(follow_up_on__lte=last) | recent, closed_at=None)
    begins = _year_begins()
    week = FollowedWeek(
        first,
        last,
        (),
        sorted(days.items()),
        incidents=list(incidents.order_by("follow_up_on", "-gravity", "-happened_on")),
        alerts=alerts_since(begins),
        counts=counts_since(begins),
    )
    return _with_sanctions(_with_punishments(week))


def _with_punishments(week: FollowedWeek) -> FollowedWeek:
    """What is to plan, what is due and which lessons students were sent out of; one statement."""
    to_plan, due = Q(pk__in=to_be_planned().values("pk")), _due_by(week.last)
    reports = Q(kind=Punishment.Kind.LESSON_EXCLUSION, happened_on__range=(week.first, week.last))
    rows = Punishment.objects.filter(to_plan | due | reports).select_related("student__person")
    every = list(rows.annotate(division=division_of("student")).order_by("happened_on", "pk"))
    work = [each for each in every if each.kind in WORK]
    return replace(
        week,
        to_plan=[each for each in every if each.kind == Punishment.Kind.DETENTION],
        due=sorted(work, key=lambda each: each.due_on or week.last),
        reports=[each for each in reversed(every) if each.kind == Punishment.Kind.LESSON_EXCLUSION],
    )


def _due_by(last: dt.date) -> Q:
    return Q(kind__in=WORK, state=Punishment.State.TO_DO, due_on__lte=last)


def _with_sanctions(week: FollowedWeek) -> FollowedWeek:
    """Exclusions of the week, sursis that run, erasures asked; one statement."""
    rows = Sanction.objects.exclude(erases_on__lte=clock.today()).filter(
        Q(starts_on__lte=week.last, ends_on__gte=week.first)
        | Q(suspended_until_on__gte=clock.today(), revoked_on=None)
        | Q(erasure_asked_at__isnull=False, erasure_refused_at=None)
    )
    every = list(rows.select_related("student__person").annotate(division=division_of("student")).order_by("pk"))
    running = [each for each in every if each.starts_on and each.starts_on <= week.last and each.ends_on >= week.first]
    suspended = [each for each in every if each.suspended_until_on and not each.revoked_on]
    return replace(
        week,
        exclusions=sorted(running, key=lambda each: each.starts_on or week.first),
        suspended=sorted(suspended, key=lambda each: each.suspended_until_on or week.first),
        asked=[each for each in every if each.erasure_asked_at and not each.erasure_refused_at],
    )


def alerts_since(begins: dt.date | Combinable) -> list[tuple[Student, int]]:
    """Students at fault in several incidents that count, the most first; one statement."""
    counted = Q(
        incident_parts__role=IncidentPerson.Role.OFFENDER,
        incident_parts__incident__gravity__gte=COUNTED_FROM,
        incident_parts__incident__happened_on__gte=begins,
    )
    rows = Student.objects.annotate(incidents=Count("incident_parts", filter=counted)).filter(incidents__gte=ALERT_FROM)
    rows = rows.select_related("person").annotate(division=division_of("pk"))
    return [(each, each.incidents) for each in rows.order_by("-incidents", "person__sort_key")]


def counts_since(begins: dt.date | Combinable) -> list[tuple[str, int]]:
    """How many of each type since a day, punishments taken back left out; one statement.

    Sanctions are counted in the register: one that was erased was decided all the same.
    """
    given = Punishment.objects.filter(happened_on__gte=begins).exclude(state=Punishment.State.CANCELLED)
    decided = RegisterEntry.objects.filter(decided_on__gte=begins)
    happened = Incident.objects.filter(happened_on__gte=begins).annotate(name=Cast("gravity", CharField()))
    rows = (
        given.values_list("kind").annotate(n=Count("pk")).order_by(),
        decided.values_list("kind").annotate(n=Count("pk")).order_by(),
    )
    counted = dict(happened.values_list("name").annotate(n=Count("pk")).order_by().union(*rows, all=True))
    gravity = {level: counted.get(str(level), 0) for level in Incident.Gravity.values}
    return [
        (_("Incidents"), sum(gravity.values())),
        (_("Incidents de gravité 3 et plus"), sum(n for level, n in gravity.items() if level >= COUNTED_FROM)),
        *((str(kind.label), counted.get(kind.value, 0)) for kind in Punishment.Kind),
        *((str(kind.label), counted[kind.value]) for kind in Kind if kind.value in counted),
    ]


def _year_begins() -> Combinable:
    """The first day of the school year, as part of another statement."""
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("-starts_on")
    first: Combinable = Coalesce(
        Subquery(year.values("starts_on")[:1]), Value(dt.date(today.year - (today.month < 9), 9, 1))
    )
    return first
