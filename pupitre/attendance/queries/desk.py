"""The desk of the school-life office: half a day at a glance, and what is to be done of it now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Half, Method, Standing
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay, Justification
from pupitre.attendance.policies import judges
from pupitre.attendance.queries.cases import cases_seen
from pupitre.attendance.queries.registers import RegistersOfDay, half_now, registers_of_day
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.transitions import OVER, State
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

MOST = 40
UNTOLD = (State.REPORTED, State.TO_CONTACT)
_ASKED = (State.ANSWERED, State.PLANNED, State.EXEMPTION_ASKED)
Kind = AbsenceEntry.Kind


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call first."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class ToTreat:
    """A dossier of the desk, with what its family said last and whom to call. `month`: unjustified half-days this month."""

    case: AbsenceCase
    division: str
    month: int
    said: str
    said_by: str
    said_at: dt.datetime | None
    reason_id: int | None
    guardian: Contact | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The half-day going on. `away` and `late` of `enrolled` students; `ill`: who is in the infirmary now."""

    now: dt.datetime
    half: Half
    registers: RegistersOfDay
    away: int
    late: int
    enrolled: int
    ill: Sequence[AbsenceEntry]
    rows: Sequence[ToTreat]
    untold: int
    may_decide: bool

    @property
    def begun(self) -> int:
        """Registers whose lesson began."""
        return self.registers.counts.total() - self.registers.counts["coming"] - self.registers.counts["cancelled"]


def desk_of(actor: Actor) -> Desk:
    """What the office sees of this half-day; four statements, whatever the number of absences."""
    now = local_now()
    school = _school(actor, now.date())
    cut: dt.time = school.half_day_cut
    half = half_now(cut)
    table = registers_of_day(actor, now.date(), half, cut=cut)
    from_hour, to_hour = (dt.time(0), cut) if half is Half.MORNING else (cut, dt.time.max)
    today = _noted(now.date(), from_hour, to_hour)
    away = {each.student_id for each in today if each.kind in (Kind.ABSENCE, Kind.DEPARTURE)}
    late = {each.student_id for each in today if each.kind == Kind.LATENESS}
    ill = [each for each in today if each.kind == Kind.INFIRMARY and each.starts_at <= now.time() < each.ends_at]
    rows = to_treat(actor)
    return Desk(
        now=now,
        half=half,
        registers=table,
        away=len(away),
        late=len(late),
        enrolled=vars(school)["enrolled"],
        ill=ill,
        rows=rows,
        untold=sum(each.case.state in UNTOLD for each in rows),
        may_decide=vars(school)["judges"],
    )


def _noted(on: dt.date, from_hour: dt.time, to_hour: dt.time) -> list[AbsenceEntry]:
    """What was noted of students between two hours, apart from what is only announced; one statement."""
    live = ~Q(case__state__in=[*OVER, State.PLANNED]) | Q(case=None)
    rows = AbsenceEntry.objects.filter(
        live, away_on=on, cancelled_at=None, starts_at__lt=to_hour, ends_at__gt=from_hour
    )
    return list(rows.select_related("student__person").order_by("starts_at"))


def _school(actor: Actor, today: dt.date) -> Establishment:
    """The school, with how many are `enrolled`, and whether the actor `judges` reasons; one statement."""
    here = Student.objects.filter(Q(left_on=None) | Q(left_on__gte=today)).order_by().values("establishment")
    enrolled = Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), Value(0))
    school: Establishment = Establishment.objects.annotate(enrolled=enrolled, judges=judges(actor)).get(
        pk=actor.establishment_id
    )
    return school


def to_treat(actor: Actor) -> list[ToTreat]:
    """The dossiers of today that nobody explained, and whatever waits for an answer of the office; one statement.

    Those whose family does not know yet come first, then what families said, then those who do not answer.
    """
    today = clock.today()
    waiting = Q(state__in=_ASKED) | Q(state__in=(*UNTOLD, State.TOLD), starts_on__lte=today, ends_on__gte=today)
    rank = Case(
        When(state__in=UNTOLD, then=Value(0)), When(state__in=_ASKED, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    found = allowed(actor, "attendance.manage_case", cases_seen(actor).filter(waiting))
    rows = _with_words(found, today).order_by(rank, "-ends_on", "starts_at", "student__person__sort_key")
    if actor.has("directory.view_contacts"):
        rows = rows.annotate(guardian=_first_to_call(today))
    return [_row(case) for case in rows[:MOST]]


def _first_to_call(today: dt.date) -> Subquery:
    """Of the guardians who see the child, the first who has a telephone."""
    phone = Coalesce(NullIf("guardian__mobile", Value("")), NullIf("guardian__phone", Value("")))
    links = Guardianship.objects.filter(
        open_on(today), establishment=current_establishment_id(), student=OuterRef("student__person")
    ).annotate(number=phone)
    first = links.filter(number__isnull=False).order_by("-contact_first", "level", "guardian_id")
    return Subquery(first.values(call=JSONObject(name="guardian__formal_name", phone="number"))[:1])


def _with_words(cases: QuerySet[AbsenceCase], today: dt.date) -> QuerySet[AbsenceCase]:
    said = Justification.objects.filter(case=OuterRef("pk")).order_by("-said_at", "-pk")
    month = CountedHalfDay.objects.filter(
        student=OuterRef("student"), missed_on__gte=today.replace(day=1), missed_on__lte=today,
        standing=Standing.UNJUSTIFIED.value, **{f"{Method.BY_LESSON.value}__gt": 0},
    ).order_by().values("student").annotate(n=Count("pk")).values("n")  # fmt: skip
    return cases.annotate(
        said_text=Subquery(said.values("text")[:1]),
        said_reason=Subquery(said.values("reason")[:1]),
        said_label=Subquery(said.values("reason__label")[:1]),
        said_by=Subquery(said.values("guardian_name")[:1]),
        said_at=Subquery(said.values("said_at")[:1]),
        said_denies=Subquery(said.values("denies")[:1]),
        month=Subquery(month),
    )


def _row(case: AbsenceCase) -> ToTreat:
    facts = vars(case)
    words = [facts["said_label"], facts["said_text"]]
    said = _("C’est une erreur, il était présent") if facts["said_denies"] else ", ".join(filter(None, words))
    return ToTreat(
        case=case,
        division=facts["division"] or "",
        month=facts["month"] or 0,
        said=said,
        said_by=facts["said_by"] or "",
        said_at=facts["said_at"],
        reason_id=case.reason_id or facts["said_reason"],
        guardian=Contact(**facts["guardian"]) if facts.get("guardian") else None,
    )
