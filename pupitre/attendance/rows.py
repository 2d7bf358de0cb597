"""A register as its page draws it: one row a student, with what was seen elsewhere in a few words."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from pupitre.attendance.forms import MINUTES
from pupitre.attendance.models import AbsenceEntry, RollMark
from pupitre.attendance.rolls import Before, Expected, Office, Roll
from pupitre.attendance.services.marking import Outcome
from pupitre.foundation.ui.french import hour

State, Kind = RollMark.State, AbsenceEntry.Kind
Level = Literal["", "bad", "warn", "info"]

# Those that a touch gives; the others are behind « Autre ».
MAIN = (State.PRESENT, State.ABSENT, State.LATE)
OTHERS = tuple(state for state in State if state not in MAIN)


@dataclass(frozen=True, slots=True)
class Row:
    """A student of the register. `base`: the version shown and what it says; `others`: rare states, the one held first."""

    student: Expected
    state: str
    base: str
    late: str
    minutes: tuple[int, ...]
    remark: str = ""
    level: Level = ""
    conflict: str = ""

    @property
    def is_rare(self) -> bool:
        """Whether the state held is not one of the three that are always shown."""
        return self.state not in MAIN

    @property
    def label(self) -> str:
        """The state in words."""
        return str(State(self.state).label)


def rows_of(roll: Roll, outcomes: list[Outcome] | None = None) -> list[Row]:
    """The rows of a page; after a form that met somebody else's marks, with what they said."""
    sentences = {each.student: each.sentence for each in outcomes or () if each.sentence}
    return [_row(student, roll, sentences.get(student.id, "")) for student in roll.students]


def _row(student: Expected, roll: Roll, conflict: str) -> Row:
    remark, level = _remark(student)
    late = _late(student, roll)
    return Row(
        student=student,
        state=student.state,
        base=f"{student.version}.{student.mark.state if student.mark else State.PRESENT.value}",
        late="" if late is None else str(late),
        minutes=tuple(sorted({*MINUTES, *([late] if late else [])})),
        remark=remark,
        level=level,
        conflict=conflict,
    )


def _late(student: Expected, roll: Roll) -> int | None:
    if student.mark is None or student.mark.at is None:
        return None
    start = dt.datetime.combine(roll.held_on, roll.starts_at)
    return round((dt.datetime.combine(roll.held_on, student.mark.at) - start).total_seconds() / 60)


def _remark(student: Expected) -> tuple[str, Level]:
    if student.office:
        return _of_office(student.office)
    if student.before:
        return _of_before(student.before)
    return "", ""


def _of_office(office: Office) -> tuple[str, Level]:
    since = office.starts_at
    if office.kind == Kind.INFIRMARY:
        return _("À l’infirmerie depuis %(hour)s") % {"hour": hour(since)}, "info"
    if office.waits:
        asked = office.kind == Kind.EXEMPTION
        return _("Dispense demandée, pas encore accordée") if asked else _("Absence annoncée, à confirmer"), "warn"
    texts = {
        Kind.ABSENCE: _("Absence connue de la vie scolaire"),
        Kind.DEPARTURE: _("Parti à %(hour)s") % {"hour": hour(since)},
        Kind.EXCLUSION: office.place or _("Exclu, pris en charge par la vie scolaire"),
        Kind.EXEMPTION: _("Dispensé"),
        Kind.OUTING: office.place or _("En sortie ou en stage"),
    }
    return texts.get(Kind(office.kind), ""), "info"


def _of_before(before: Before) -> tuple[str, Level]:
    at = hour(before.at)
    if before.state == State.ABSENT:
        return _("Absent à %(hour)s") % {"hour": at}, "warn"
    if before.state == State.LEFT:
        return _("Parti avant la fin"), "warn"
    if before.state in (State.EXCLUDED, State.INFIRMARY):
        label = str(State(before.state).label)
        return _("%(state)s à %(hour)s") % {"state": label, "hour": at}, "info"
    return "", ""
