"""Exit regimes: those of the school, who has which, and who may leave now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from pupitre.attendance.gate import Allowed, Leaving, Lesson, Rule, Verdict, may_leave
from pupitre.attendance.models import AbsenceEntry, ExitRegime, RollCall, RollMark, StudentExit
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.queries.students import StudentFound, students_found
from pupitre.attendance.transitions import State
from pupitre.directory.models import Student

Kind = AbsenceEntry.Kind
_AGREED = (State.CONFIRMED, State.REASONED, State.ACCEPTED, State.SETTLED)


@dataclass(frozen=True, slots=True)
class AtTheGate:
    """A student at the gate: their regime (the family's, else that of their boarding), and the answer from `lessons` of the day.

    `absent_since`: the last register taken says that they are not in the school.
    """

    found: StudentFound
    regime: ExitRegime | None
    is_own: bool
    verdict: Verdict
    lessons: int
    absent_since: dt.time | None = None


def active_regimes() -> list[ExitRegime]:
    """The regimes in use in the open school, in its own order; one statement."""
    return list(ExitRegime.objects.filter(is_active=True).order_by("position", "pk"))


def regime_of(student: Student, own: ExitRegime | None, regimes: Sequence[ExitRegime]) -> ExitRegime | None:
    """What the family chose, else the first regime that is that of the student's boarding."""
    code = student.boarding_code[:1]
    return own or next((each for each in regimes if code and code in each.boarding), None)


def exits_of(students: Sequence[int]) -> dict[int, ExitRegime]:
    """What families chose, by student; one statement."""
    rows = StudentExit.objects.filter(student__in=students).select_related("regime")
    return {each.student_id: each.regime for each in rows}


def at_the_gate(text: str, division: int | None, regimes: Sequence[ExitRegime]) -> list[AtTheGate]:
    """The students of that name, or of that class, and whether they may leave now; two statements, whatever their number.

    `regimes`: those in use; a regime that somebody has is one of them.
    """
    now = local_now()
    found = students_found(text=text, division=division, beside={"own": _own(), "leaves": _leaves(now.date())})
    ids = [each.student.pk for each in found]
    if not ids:
        return []
    registers = _registers(ids, now.date())
    # Without a lesson the lunch break changes nothing.
    cut: dt.time = vars(registers[0])["cut"] if registers else dt.time(12)
    by_number = {each.pk: each for each in regimes}
    away = _away(registers, now.time())
    people = []
    for each in found:
        pk, facts = each.student.pk, vars(each.student)
        own = by_number.get(facts["own"])
        regime = regime_of(each.student, own, regimes)
        lessons = [_lesson(register) for register in registers if pk in register.student_ids]
        leaves = [Allowed(*map(dt.time.fromisoformat, hours)) for hours in facts["leaves"]]
        verdict = may_leave(now.time(), lessons, rule_of(regime), cut, leaves)
        people.append(AtTheGate(each, regime, own is not None, verdict, len(lessons), away.get(pk)))
    return people


def rule_of(regime: ExitRegime | None) -> Rule | None:
    """A regime as the rules read it."""
    if regime is None:
        return None
    return Rule(Leaving(regime.leaving), regime.at_noon, regime.in_gaps, tuple(regime.fixed_hours))


def _lesson(register: RollCall) -> Lesson:
    return Lesson(
        register.starts_at, register.ends_at, register.subject, is_held=register.state != RollCall.State.CANCELLED
    )


def _own() -> Subquery:
    """The number of the regime that the family chose."""
    return Subquery(StudentExit.objects.filter(student=OuterRef("pk")).values("regime"))


def _leaves(on: dt.date) -> ArraySubquery:
    """What the office allowed today: a departure or an outing it entered, an absence whose reason it knows."""
    rows = AbsenceEntry.objects.filter(
        Q(kind=Kind.OUTING) | Q(kind__in=(Kind.ABSENCE, Kind.DEPARTURE), case__state__in=_AGREED),
        student=OuterRef("pk"), away_on=on, cancelled_at=None, roll_call=None,
    )  # fmt: skip
    return ArraySubquery(rows.values(hours=JSONArray("starts_at", "ends_at")))


def _registers(students: Sequence[int], on: dt.date) -> list[RollCall]:
    """The registers of a day where these students are expected, with the `cut` of the day and who is `away`; one statement."""
    away = RollMark.objects.filter(
        roll_call=OuterRef("pk"), state__in=(RollMark.State.ABSENT, RollMark.State.LEFT), student__in=students
    )
    rows = RollCall.objects.filter(held_on=on, student_ids__overlap=students).order_by("starts_at")
    return list(rows.annotate(cut=F("establishment__half_day_cut"), away=ArraySubquery(away.values("student_id"))))


def _away(registers: Sequence[RollCall], now: dt.time) -> dict[int, dt.time]:
    """Since which lesson those whom the last register taken says absent are away."""
    away: dict[int, dt.time] = {}
    for register in registers:
        if register.state != RollCall.State.DONE or register.starts_at > now:
            continue
        missing = vars(register)["away"]
        for pk in register.student_ids:
            if pk in missing:
                away.setdefault(pk, register.starts_at)
            else:
                away.pop(pk, None)
    return away
