"""Lines → what the attendance room takes: each line has its fate, and a sentence when it is not taken."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceEntry, AbsenceReason
from pupitre.attendance.queries.lessons import lessons_of
from pupitre.attendance.services.taking_over import Away, Past
from pupitre.attendance.words import WHOLE_DAY, hours
from pupitre.directory.names import fold
from pupitre.establishments.models import Closure, SchoolYear
from pupitre.foundation import clock
from pupitre.integrations.exchange.csv import Row, Table
from pupitre.integrations.takeover.conduct import decide_acts
from pupitre.integrations.takeover.mapping import ACTS, Act, Line, Reader, Unreadable
from pupitre.integrations.takeover.matching import Doubtful, Students, Unknown
from pupitre.integrations.takeover.models import RESULTS, Fate, Thing
from pupitre.integrations.takeover.plans import Plan
from pupitre.timetable.models import TimetableSlot

Key = tuple[int, str, tuple[Away, ...]]
AWAY_KINDS = frozenset({AbsenceEntry.Kind.ABSENCE, AbsenceEntry.Kind.DEPARTURE})
_KIND = {
    Thing.ABSENCE: AbsenceEntry.Kind.ABSENCE,
    Thing.LATENESS: AbsenceEntry.Kind.LATENESS,
    Thing.INFIRMARY: AbsenceEntry.Kind.INFIRMARY,
}


def plan_of(
    table: Table,
    reader: Reader,
    students: Students,
    reasons: Mapping[str, AbsenceReason | None],
) -> Plan:
    """What each line of a table gives; about eight statements whatever their number.

    `reasons`: our reason for each of theirs, folded; None when the school said that theirs is none of ours.
    """
    plan, years = Plan(), list(SchoolYear.objects.order_by("starts_on").values_list("starts_on", "ends_on"))
    found: list[tuple[Line, int]] = []
    acts: list[tuple[Act, int]] = []
    for row in table.rows:
        line = _line(row, reader, plan)
        if line is None:
            continue
        try:
            _check_dates(line, years)
            student = students.find(line.who)
            if student.person_id in students.wards:
                raise Doubtful(_("C’est votre enfant : un collègue reprend cette ligne à votre place."))
        except Doubtful as no:
            plan.leave(line.number, line.thing, Fate.HELD, line.told, str(no))
        except (Unknown, Unreadable) as no:
            plan.leave(line.number, line.thing, Fate.REFUSED, line.told, str(no))
        else:
            if isinstance(line, Act):
                acts.append((line, student.pk))
            else:
                found.append((line, student.pk))
    _decide(found, plan, reasons)
    decide_acts(acts, plan)
    return plan


def _line(row: Row, reader: Reader, plan: Plan) -> Line | Act | None:
    thing = Thing(reader.thing or Thing.ABSENCE)
    try:
        thing = reader.thing_at(row)
        plan.counts[thing]["read"] += 1
    except Unreadable as no:
        plan.counts[thing]["read"] += 1
        plan.leave(row.number, thing, Fate.REFUSED, reader.told(row), str(no))
        return None
    if thing in RESULTS:
        text = _("Une note ou un bulletin dans un fichier d’absences : déposez-les dans un fichier à part.")
        plan.leave(row.number, thing, Fate.REFUSED, reader.told(row), text)
        return None
    if thing is Thing.OTHER:
        text = _("Les dispenses, observations et convocations ne se reprennent pas : saisissez celles qui comptent.")
        plan.leave(row.number, thing, Fate.REFUSED, reader.told(row), text)
        return None
    try:
        return reader.act(row, thing) if thing in ACTS else reader.line(row, thing)
    except Unreadable as no:
        plan.leave(row.number, thing, Fate.REFUSED, reader.told(row), str(no))
        return None


def _check_dates(line: Line | Act, years: Sequence[tuple[dt.date, dt.date]]) -> None:
    if isinstance(line, Act):
        # A sanction stays written for years: its year may be older than what this school knows.
        if line.first > clock.today():
            raise Unreadable(_("Cette date est à venir : une reprise ne tient que le passé. Saisissez-la à la main."))
        return
    if line.last > clock.today():
        raise Unreadable(_("Cette date est à venir : une reprise ne tient que le passé. Saisissez-la à la main."))
    if not any(first <= line.first and line.last <= last for first, last in years):
        known = ", ".join(f"{first:%d/%m/%Y} – {last:%d/%m/%Y}" for first, last in years) or _("aucune")
        raise Unreadable(_("Cette date n’est dans aucune année scolaire connue ici (%(known)s).") % {"known": known})


def _decide(found: Sequence[tuple[Line, int]], plan: Plan, reasons: Mapping[str, AbsenceReason | None]) -> None:
    """What is known already, what waits for a reason, and what is taken."""
    open_days = _open_days(found)
    known, seen = _known(found), set[Key]()
    for line, student in found:
        away = _away(line, student, open_days)
        kind = _KIND[line.thing]
        if not away:
            plan.leave(line.number, line.thing, Fate.REFUSED, line.told, _("Aucun cours à ces dates pour cet élève."))
            continue
        key = (student, kind.value, away)
        if key in seen:
            plan.leave(line.number, line.thing, Fate.KNOWN, line.told, _("Cette ligne est écrite deux fois."))
            continue
        seen.add(key)
        reason, is_held = _reason(line, plan, reasons)
        beside = [known.get((student, on), []) for on, _starts, _ends in away]
        if all(_covers(held, kind, span) for held, span in zip(beside, away, strict=True)):
            plan.leave(line.number, line.thing, Fate.KNOWN, line.told, _("Déjà notée ici."))
        elif part := next(
            (each for held, span in zip(beside, away, strict=True) if (each := _meets(held, kind, span))), None
        ):
            text = _("Une partie est déjà notée ici, %(hours)s : saisissez le reste à la main.")
            plan.leave(line.number, line.thing, Fate.HELD, line.told, text % {"hours": hours(*part)})
        elif is_held:
            text = _("Le motif « %(reason)s » attend que vous disiez lequel des vôtres il est.")
            plan.leave(line.number, line.thing, Fate.HELD, line.told, text % {"reason": line.reason[:60]})
        else:
            plan.counts[line.thing][Fate.TAKEN] += 1
            plan.pasts.append(
                Past(student, kind.value, away, reason, line.is_justified, line.is_settled, _comment(line))
            )  # fmt: skip


def _reason(line: Line, plan: Plan, reasons: Mapping[str, AbsenceReason | None]) -> tuple[AbsenceReason | None, bool]:
    """Our reason for a line, and whether it waits for one. Latenesses and visits keep theirs as a remark."""
    if line.thing is not Thing.ABSENCE or not line.reason:
        return None, False
    key = fold(line.reason)
    ours = reasons.get(key)
    chosen = ours.pk if ours else 0 if key in reasons else None
    told = plan.reasons.setdefault(key, {"key": key, "text": line.reason[:80], "lines": 0, "reason": chosen})
    told["lines"] += 1
    return ours, key not in reasons


def _comment(line: Line) -> str:
    if line.thing is Thing.ABSENCE or not line.reason:
        return line.comment
    return f"{line.reason}. {line.comment}".strip()[:300]


Open = tuple[bool, set[tuple[int, dt.date]], list[tuple[dt.date, dt.date]]]


def _open_days(found: Sequence[tuple[Line, int]]) -> Open:
    """For lines of several days, those on which their student had lessons; without a timetable, working days."""
    wanted = {
        (student, line.first + dt.timedelta(days=n))
        for line, student in found
        if line.last > line.first
        for n in range((line.last - line.first).days + 1)
    }
    lessons = lessons_of(wanted)
    closures = list(Closure.objects.values_list("starts_on", "ends_on")) if wanted else []
    is_timetabled = bool(lessons) or (bool(wanted) and TimetableSlot.objects.exists())
    return is_timetabled, {day for day, held in lessons.items() if held}, closures


def _away(line: Line, student: int, open_days: Open) -> tuple[Away, ...]:
    """The days of a line with their hours; one day alone is kept as it is told."""
    if line.first == line.last:
        return ((line.first, line.starts_at, line.ends_at),)
    is_timetabled, with_lessons, closures = open_days
    days = [line.first + dt.timedelta(days=n) for n in range((line.last - line.first).days + 1)]
    kept = [
        day for day in days
        if ((student, day) in with_lessons if is_timetabled else day.isoweekday() < 6
            and not any(first <= day <= last for first, last in closures))
    ]  # fmt: skip
    return tuple(
        (day, line.starts_at if day == line.first else WHOLE_DAY[0], line.ends_at if day == line.last else WHOLE_DAY[1])
        for day in kept
    )


Held = tuple[str, dt.time, dt.time]


def _known(found: Sequence[tuple[Line, int]]) -> dict[tuple[int, dt.date], list[Held]]:
    """What is noted here of these students already, by day; one statement."""
    if not found:
        return {}
    first, last = min(line.first for line, _pk in found), max(line.last for line, _pk in found)
    rows = AbsenceEntry.objects.filter(
        student__in={student for _line, student in found}, away_on__range=(first, last), cancelled_at=None
    )
    known: dict[tuple[int, dt.date], list[Held]] = defaultdict(list)
    for student, on, kind, starts, ends in rows.values_list("student_id", "away_on", "kind", "starts_at", "ends_at"):
        known[student, on].append((kind, starts, ends))
    return known


def _same(kind: str, other: str) -> bool:
    return kind == other or {kind, other} <= AWAY_KINDS


def _covers(held: Sequence[Held], kind: str, span: Away) -> bool:
    """Whether what is noted holds a whole span: entries of one lesson after the other are put end to end."""
    reached = span[1]
    for other, starts, ends in sorted(held, key=lambda each: each[1]):
        if _same(kind, other) and starts <= reached < ends:
            reached = ends
    return reached >= span[2]


def _meets(held: Sequence[Held], kind: str, span: Away) -> tuple[dt.time, dt.time] | None:
    """The hours already noted that meet a span."""
    return next(
        ((starts, ends) for other, starts, ends in held if _same(kind, other) and starts < span[2] and span[1] < ends),
        None,
    )
