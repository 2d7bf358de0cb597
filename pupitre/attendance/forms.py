"""What a register sends, by form or by device."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pupitre.attendance.refusals import unknown_state
from pupitre.attendance.rolls import Expected
from pupitre.attendance.services.marking import LONGEST_WAIT, Told

MINUTES = (5, 10, 15, 20, 25, 30, 40, 50)
"""Lateness that a touch can tell."""
CLOCK_SLACK = dt.timedelta(minutes=3)
"""Below it the clock of a device is right enough for nobody to care."""
CLOCK_ELSEWHERE = dt.timedelta(hours=12)
"""Above it another day is meant: a server that shows another date, or a device that never knew the time."""


def told_of_form(data: Mapping[str, Any], students: Iterable[Expected]) -> list[Told]:
    """The students whose state was changed on the page, or that the page showed otherwise than present.

    The page carries, for each, the version it shows and the state that this version says (`b12` = « 3.absent »): what
    nobody touched is not told, even when somebody else changed it since.
    """
    told = []
    for student in students:
        state = data.get(f"e{student.id}")
        base, _dot, shown = str(data.get(f"b{student.id}", "0.present")).partition(".")
        minutes, shown_minutes = data.get(f"m{student.id}", ""), data.get(f"n{student.id}", "")
        if state is None or not base.isdigit():
            continue
        if state != shown or (state in ("late", "left") and minutes != shown_minutes):
            told.append(Told(student.id, str(state), base=int(base), late=_minutes(minutes)))
    return told


class DeviceMark(msgspec.Struct):
    """A mark of a device. `told_at`: milliseconds on its own clock."""

    key: str
    student: int
    state: str
    base: int
    told_at: float
    late: int | None = None


class DeviceMarks(msgspec.Struct):
    """What a device sends at once. `sent_at`: the same clock, now; `finish`: the register is whole."""

    sent_at: float
    marks: list[DeviceMark] = []
    finish: bool = False
    why: str = ""


_decode = msgspec.json.Decoder(DeviceMarks).decode


def told_of_device(body: bytes) -> tuple[DeviceMarks, list[Told]]:
    """The marks of a device; how old each is comes from its own two hours, so that a wrong clock changes nothing.

    Raises Refusal when the body is not what our page sends.
    """
    try:
        sent = _decode(body)
    except msgspec.DecodeError:
        raise unknown_state() from None
    return sent, [_told(mark, sent) for mark in sent.marks]


def clock_difference(sent: DeviceMarks, now: dt.datetime) -> dt.timedelta | None:
    """How far ahead the clock of the device is; None when it is right, or tells another day."""
    try:
        difference = dt.datetime.fromtimestamp(sent.sent_at / 1000, dt.UTC) - now
    except (OverflowError, ValueError, OSError):
        return None
    return difference if CLOCK_SLACK < abs(difference) < CLOCK_ELSEWHERE else None


def _told(mark: DeviceMark, sent: DeviceMarks) -> Told:
    seconds = min(max(0.0, (sent.sent_at - mark.told_at) / 1000), LONGEST_WAIT.total_seconds() + 60)
    return Told(
        mark.student,
        mark.state,
        base=mark.base,
        key=mark.key[:36],
        late=mark.late if mark.late is None or 0 <= mark.late <= 600 else None,
        age=dt.timedelta(seconds=seconds),
    )


def _minutes(text: object) -> int | None:
    return int(text) if isinstance(text, str) and text.isdigit() and len(text) < 4 else None
