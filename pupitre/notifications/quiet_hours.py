"""When families may be reached: a school's week of openings, and the instants that follow from it.

By default nothing reaches a family from 20:00 to 7:00, nor from Friday 20:00 to Monday 7:00 (circulaire du 10 juillet
2025, « numérique raisonné »). Pure: rules and instants in, instants out. Instants are aware; what is inside an opening is
`opens <= instant < closes`.
"""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
SPREAD_SECONDS = 3600
"""A release is spread over this time by school and reader, so that the opening is no stampede (MSG-10)."""

_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Opening:
    """The hours of one day, on the clock of the school; closing at 0:00 is the midnight that ends the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != _MIDNIGHT and self.closes <= self.opens:
            raise ValueError("an opening ends after it begins")


Week = tuple[Opening | None, ...]
_SCHOOL_DAY = Opening(time(7), time(20))
DEFAULT_WEEK: Week = (_SCHOOL_DAY,) * 5 + (None, None)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A school's table: one opening a day from Monday, None for a day that stays closed; one day at least opens."""

    week: Week = DEFAULT_WEEK
    zone: ZoneInfo = PARIS

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days and one of them opens")


DEFAULT = QuietHours()


def is_open(rules: QuietHours, instant: datetime) -> bool:
    """Whether families may be reached at this instant."""
    return _opening_at(rules, instant) is not None


def opens_at(rules: QuietHours, instant: datetime) -> datetime:
    """The first instant from this one on when families may be reached: itself when open. In UTC."""
    start = instant.astimezone(UTC)
    if is_open(rules, instant):
        return start
    return next(opens for opens, _closes in _openings_from(rules, instant) if opens > start)


def release_at(rules: QuietHours, instant: datetime, share: float) -> datetime:
    """When one reader receives what is published at an instant: at once when open, else some time after the opening.

    `share` (0 ≤ share < 1) is the reader's place in the spread. What is published at the very minute of an opening was
    waiting for it: it is spread too. Never later than the opening's end.
    """
    start = instant.astimezone(UTC)
    current = _opening_at(rules, instant)
    if current and current[0] != start:
        return start
    opens, closes = current or next(pair for pair in _openings_from(rules, instant) if pair[0] > start)
    length = min(SPREAD_SECONDS, (closes - opens).total_seconds())
    # Whole seconds, rounded down: never past the end.
    return opens + timedelta(seconds=int(share * length))


def share_of(establishment_id: int, reader_id: int) -> float:
    """The place of a reader of a school in its spread: always the same, and even over readers."""
    return zlib.crc32(f"{establishment_id}:{reader_id}".encode()) / 2**32


def next_at(rules: QuietHours, instant: datetime, hour: time, weekday: int | None = None) -> datetime:
    """The next time after an instant that it is `hour` on a day when this hour is open; on one `weekday` only when given.

    A digest asked for an hour that no such day opens is given at the next opening. In UTC.
    """
    start = instant.astimezone(UTC)
    today = instant.astimezone(rules.zone).date()
    for step in range(15):
        day = today + timedelta(days=step)
        at = _instant(rules, day, hour)
        if at > start and weekday in (None, day.weekday()) and is_open(rules, at):
            return at
    return opens_at(rules, start)


def _opening_at(rules: QuietHours, instant: datetime) -> tuple[datetime, datetime] | None:
    start = instant.astimezone(UTC)
    today = start.astimezone(rules.zone).date()
    # An hour that the clock skips or says twice may carry an opening over the midnight of its day.
    for day in (today, today - timedelta(days=1)):
        pair = _bounds(rules, day)
        if pair and pair[0] <= start < pair[1]:
            return pair
    return None


def _openings_from(rules: QuietHours, instant: datetime) -> list[tuple[datetime, datetime]]:
    today = instant.astimezone(rules.zone).date()
    days = (today + timedelta(days=step) for step in range(16))
    return [pair for day in days if (pair := _bounds(rules, day))]


def _bounds(rules: QuietHours, day: date) -> tuple[datetime, datetime] | None:
    opening = rules.week[day.weekday()]
    if opening is None:
        return None
    last = day + timedelta(days=1) if opening.closes == _MIDNIGHT else day
    opens, closes = _instant(rules, day, opening.opens), _instant(rules, last, opening.closes, second=True)
    # An opening that lies whole in the hour that the clock skips does not exist that day.
    return (opens, closes) if opens < closes else None


def _instant(rules: QuietHours, day: date, hour: time, *, second: bool = False) -> datetime:
    """An hour on the wall of the school. `second`: the later of the two, the night when the clock goes back."""
    return datetime.combine(day, hour, rules.zone).replace(fold=int(second)).astimezone(UTC)
