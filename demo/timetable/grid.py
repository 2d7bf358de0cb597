"""The week as a row of slots: five days of eight lessons of fifty-five minutes, Wednesday afternoon free.

A set of busy slots is an integer: two bits a slot, one for week A and one for week B.
"""

PERIODS = 8
DAYS = 5
SLOTS = DAYS * PERIODS
LESSON_MINUTES = 55
_WEDNESDAY = 2

# Minutes from midnight: 8 h 05, 9 h 00, 10 h 10, 11 h 05, 13 h 30, 14 h 25, 15 h 30, 16 h 25.
STARTS = (485, 540, 610, 665, 810, 865, 930, 985)
# Slots that follow without a break: a lesson of two slots starts on one of these.
_DOUBLE_STARTS = (0, 2, 4, 6)


def day_of(slot: int) -> int:
    return slot // PERIODS


def period_of(slot: int) -> int:
    return slot % PERIODS


def bits(slot: int, weeks: int, length: int = 1) -> int:
    """The busy bits of a lesson; `weeks` is a mask of the fortnight."""
    return (weeks | weeks << 2 if length == 2 else weeks) << (2 * slot)


def is_taught(slot: int) -> bool:
    return not (day_of(slot) == _WEDNESDAY and period_of(slot) >= PERIODS // 2)


def starts_for(length: int) -> tuple[int, ...]:
    """Slots where a lesson of one or two slots may start."""
    return tuple(
        slot for slot in range(SLOTS) if is_taught(slot) and (length == 1 or period_of(slot) in _DOUBLE_STARTS)
    )


def half_day(slot: int) -> str:
    """1m for Monday morning, 1a for the afternoon."""
    return f"{day_of(slot) + 1}{'m' if period_of(slot) < PERIODS // 2 else 'a'}"
