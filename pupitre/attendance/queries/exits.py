"""Exit regimes: those of the school, who has which, and who may leave now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q

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
    """The students of that name, or of that class, and whether they may leave now; five statements, whatever their number."""
    found = students_found(text=text, division=division)
    ids = [each.student.pk for each in found]
    if not ids:
        return []
    now = local_now()
    rows = RollCall.objects.filter(held_on=now.date(), student_ids__overlap=ids).order_by("starts_at")
    registers = list(rows.annotate(cut=F("establishment__half_day_cut")))
    # Without a lesson the lunch break changes nothing.
    cut: dt.time = registers[0].cut if registers else dt.time(12)
    own, leaves = exits_of(ids), _leaves(ids, now.date())
    away = _away(registers, ids, now.time())
    people = []
    for each in found:
        pk = each.student.pk
        regime = regime_of(each.student, own.get(pk), regimes)
        lessons = [_lesson(register) for register in registers if pk in register.student_ids]
        verdict = may_leave(now.time(), lessons, rule_of(regime), cut, leaves.get(pk, []))
        people.append(AtTheGate(each, regime, pk in own, verdict, len(lessons), away.get(pk)))
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


def _leaves(students: Sequence[int], on: dt.date) -> dict[int, list[Allowed]]:
    """What the office allowed today: a departure or an outing it entered, an absence whose reason it knows."""
    rows = AbsenceEntry.objects.filter(
        Q(kind=Kind.OUTING) | Q(kind__in=(Kind.ABSENCE, Kind.DEPARTURE), case__state__in=_AGREED),
        student__in=students, away_on=on, cancelled_at=None, roll_call=None,
    )  # fmt: skip
    found: dict[int, list[Allowed]] = {}
    for row in rows:
        found.setdefault(row.student_id, []).append(Allowed(row.starts_at, row.ends_at))
    return found


def _away(registers: Sequence[RollCall], students: Sequence[int], now: dt.time) -> dict[int, dt.time]:
    """Since which lesson those whom the last register taken says absent are away."""
    taken = [each for each in registers if each.state == RollCall.State.DONE and each.starts_at <= now]
    marks = RollMark.objects.filter(roll_call__in=taken, student__in=students).values_list(
        "roll_call_id", "student_id", "state"
    )
    states = {(register, student): state for register, student, state in marks}
    away: dict[int, dt.time] = {}
    for register in taken:
        for pk in register.student_ids:
            if states.get((register.pk, pk)) in (RollMark.State.ABSENT, RollMark.State.LEFT):
                away.setdefault(pk, register.starts_at)
            else:
                away.pop(pk, None)
    return away
