"""From a finished register to entries, dossiers and half-days, in one transaction. Costs the same whatever the class.

A register may be recorded again after a correction: entries follow what it says now, and nothing that was is lost.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AttendanceRules, PastVersion, RollCall, RollMark
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.services.closing import refuse_closed
from pupitre.attendance.services.counting import minutes, recount
from pupitre.attendance.services.dossiers import Moves, past_of, refit, span_of
from pupitre.attendance.services.joining import cases_beside
from pupitre.attendance.transitions import Act, By, State
from pupitre.foundation import clock

Kind = AbsenceEntry.Kind
Mark = RollMark.State

# What a mark says was seen: its kind, and whether it may make a half-day. Those who are here say nothing.
_SEEN = {
    Mark.ABSENT: (Kind.ABSENCE, True),
    Mark.LEFT: (Kind.DEPARTURE, True),
    Mark.INFIRMARY: (Kind.INFIRMARY, False),
    Mark.EXCLUDED: (Kind.EXCLUSION, False),
    Mark.EXEMPT_AWAY: (Kind.EXEMPTION, False),
    Mark.ELSEWHERE: (Kind.OUTING, False),
}
_HAS_CASE = frozenset({Kind.ABSENCE, Kind.DEPARTURE})
Key = tuple[int, int]
"""A register and a student."""


@dataclass(slots=True)
class Recorded:
    """What recording changed: dossiers whose family is to be told, those that ended, the students concerned."""

    to_tell: list[AbsenceCase] = field(default_factory=list)
    ended: list[AbsenceCase] = field(default_factory=list)
    students: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an entry should say."""

    kind: str
    starts_at: dt.time
    ends_at: dt.time
    counts: bool
    comment: str


Change = tuple[AbsenceEntry, _Seen]


@transaction.atomic
def record(
    registers: Iterable[RollCall], *, author_id: int | None, by: By = By.TEACHER, tells: bool = True
) -> Recorded:
    """Bring entries, dossiers and half-days to what finished registers say; about fifteen statements an hour of lessons.

    `tells`: whether families are to be told (never of what is taken over from the past). Raises Refusal when a period
    is closed.
    """
    recorded, rules = Recorded(), rules_of_school()
    done = [each for each in registers if each.state != RollCall.State.PREPARED]
    done.sort(key=lambda each: (each.held_on, each.starts_at))
    for _hour, together in groupby(done, key=lambda each: (each.held_on, each.starts_at)):
        _Hour(list(together), rules, Moves(author_id, by), tells=tells).record(recorded)
    return recorded


class _Hour:
    """The registers of lessons that begin together: a student stands in one of them only."""

    def __init__(self, registers: Sequence[RollCall], rules: AttendanceRules, moves: Moves, *, tells: bool) -> None:
        self.registers = {each.pk: each for each in registers}
        self.on, self.starts_at = registers[0].held_on, registers[0].starts_at
        self.rules, self.moves = rules, moves
        # Families are told a few minutes later: time to mend a slip.
        self.due_at = clock.now() + dt.timedelta(minutes=rules.tell_after_minutes) if tells else None

    def record(self, recorded: Recorded) -> None:
        # A lesson that did not take place after all leaves nobody away.
        taken = [pk for pk, each in self.registers.items() if each.state == RollCall.State.DONE]
        marks = {(each.roll_call_id, each.student_id): each
                 for each in RollMark.objects.filter(roll_call__in=taken)}  # fmt: skip
        held = {(each.roll_call_id, each.student_id): each for each in
                AbsenceEntry.objects.filter(roll_call__in=self.registers, cancelled_at=None).select_related("case")}  # fmt: skip
        if not marks and not held:
            return
        covered = self._covered({student for _register, student in marks})
        wanted = {key: seen for key, mark in marks.items() if (seen := self._seen(key, mark, covered))}
        changed = [(held[key], seen) for key, seen in wanted.items() if key in held and _says_else(held[key], seen)]
        gone = [entry for key, entry in held.items() if key not in wanted or entry.kind != wanted[key].kind]
        new = {key: seen for key, seen in wanted.items() if key not in held or held[key] in gone}
        if changed or gone or new:
            self._write(new, changed, gone, recorded)

    def _covered(self, students: set[int]) -> set[Key]:
        """Register and student for which the office has noted something already."""
        entries = AbsenceEntry.objects.filter(
            student__in=students, away_on=self.on, roll_call=None, cancelled_at=None
        ).exclude(kind=Kind.LATENESS).exclude(case__state=State.EXEMPTION_ASKED).select_related("case")  # fmt: skip
        found = set()
        for entry in entries:
            for register in self.registers.values():
                if entry.starts_at < register.ends_at and entry.ends_at > register.starts_at:
                    found.add((register.pk, entry.student_id))
                    if entry.case and entry.case.state == State.PLANNED and entry.case.pk not in self.moves.changed:
                        self.moves.move(entry.case, Act.BEGIN)
        return found

    def _seen(self, key: Key, mark: RollMark, covered: set[Key]) -> _Seen | None:
        register = self.registers[key[0]]
        if mark.state == Mark.LATE:
            return self._late(register, mark)
        if mark.state not in _SEEN or key in covered:
            return None
        kind, counts = _SEEN[Mark(mark.state)]
        starts = mark.at if mark.state == Mark.LEFT and mark.at and mark.at < register.ends_at else register.starts_at
        return _Seen(kind, starts, register.ends_at, counts, mark.note)

    def _late(self, register: RollCall, mark: RollMark) -> _Seen | None:
        """A student who came too late was absent until then (`late_becomes_absence_minutes`)."""
        came = mark.at or register.starts_at
        late = minutes(came) - minutes(register.starts_at)
        is_absence = late >= self.rules.late_becomes_absence_minutes > 0
        ends = came if late > 0 else _plus_a_minute(register.starts_at)
        return _Seen(Kind.ABSENCE if is_absence else Kind.LATENESS, register.starts_at, ends, is_absence, mark.note)

    def _write(
        self, new: dict[Key, _Seen], changed: list[Change], gone: list[AbsenceEntry], recorded: Recorded
    ) -> None:
        students = {student for _register, student in new} | {each.student_id for each in gone}
        students |= {entry.student_id for entry, _seen in changed}
        refuse_closed(students, [self.on])
        touched = self._replace(changed, gone)
        joined, born = self._cases({key: seen for key, seen in new.items() if seen.kind in _HAS_CASE})
        cases = joined | born
        AbsenceEntry.objects.bulk_create(self._entry(key, seen, cases.get(key)) for key, seen in new.items())
        touched |= {case.pk: case for case in joined.values()}
        late = {student for (_register, student), seen in new.items() if seen.kind == Kind.LATENESS}
        recorded.ended += refit(touched.values(), self.moves, late=late)
        for case in joined.values():
            # An absence that lasts is told again in the next half-day.
            case.contact_due_at = case.contact_due_at or self.due_at
        recorded.to_tell += [
            case for case in {each.pk: each for each in cases.values()}.values() if case.contact_due_at
        ]
        self.moves.write()
        recorded.students |= students
        recount((student, self.on) for student in students)

    def _replace(self, changed: list[Change], gone: list[AbsenceEntry]) -> dict[int, AbsenceCase]:
        """Keep what entries said, change or cancel them; the dossiers they belong to."""
        touched = [*(entry for entry, _seen in changed), *gone]
        PastVersion.objects.bulk_create(past_of(each, self.moves.author_id) for each in touched)
        for entry, seen in changed:
            entry.starts_at, entry.ends_at, entry.comment = seen.starts_at, seen.ends_at, seen.comment
        for entry in gone:
            entry.cancelled_at, entry.cancelled_by_id = self.moves.now, self.moves.author_id
        for entry in touched:
            entry.version += 1
        fields = ("starts_at", "ends_at", "comment", "version", "cancelled_at", "cancelled_by_id")
        AbsenceEntry.objects.bulk_update(touched, fields)
        return {each.case.pk: each.case for each in touched if each.case}

    def _cases(self, wanted: dict[Key, _Seen]) -> tuple[dict[Key, AbsenceCase], dict[Key, AbsenceCase]]:
        """The dossiers of new absences: those they join, while nobody has said why, and those born of them."""
        if not wanted:
            return {}, {}
        beside = cases_beside([student for _register, student in wanted], self.on, self.starts_at)
        joined = {key: beside[key[1]] for key in wanted if key[1] in beside}
        born = {key: self._new_case(key, seen) for key, seen in wanted.items() if key not in joined}
        AbsenceCase.objects.bulk_create(born.values())
        for case in born.values():
            self.moves.born(case, Act.MARK_ABSENT)
        return joined, born

    def _new_case(self, key: Key, seen: _Seen) -> AbsenceCase:
        register = self.registers[key[0]]
        case = AbsenceCase(
            establishment_id=register.establishment_id,
            student_id=key[1],
            state=State.REPORTED,
            opened_at=self.moves.now,
            opened_by_id=self.moves.author_id,
            contact_due_at=self.due_at,
        )
        span_of(case, [self._entry(key, seen, None)])
        return case

    def _entry(self, key: Key, seen: _Seen, case: AbsenceCase | None) -> AbsenceEntry:
        register = self.registers[key[0]]
        return AbsenceEntry(
            establishment_id=register.establishment_id,
            student_id=key[1],
            roll_call_id=register.pk,
            case=case,
            kind=seen.kind,
            away_on=register.held_on,
            starts_at=seen.starts_at,
            ends_at=seen.ends_at,
            counts=seen.counts,
            comment=seen.comment,
            origin=AbsenceEntry.Origin.REGISTER,
            author_id=self.moves.author_id,
            noted_at=self.moves.now,
        )


def _says_else(entry: AbsenceEntry, seen: _Seen) -> bool:
    said = (entry.starts_at, entry.ends_at, entry.comment)
    return entry.kind == seen.kind and said != (seen.starts_at, seen.ends_at, seen.comment)


def _plus_a_minute(hour: dt.time) -> dt.time:
    return (dt.datetime.combine(dt.date.min, hour) + dt.timedelta(minutes=1)).time()
