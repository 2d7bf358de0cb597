"""What makes a slot pleasant: compact days, no subject twice a day, early ends. Lower is better."""

from demo.timetable import grid
from demo.timetable.week import Piece, Week

# By period of the day; facultative lessons go where other students may leave.
_PERIOD_COST = (0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 1.5, 6.0)
_LATE_PERIOD_COST = (5.0, 5.0, 5.0, 1.0, 3.0, 3.0, 0.0, 2.0)
_TWICE_A_DAY = 30.0
# Each slot left empty inside a half-day, or between lunch and the first lesson of the afternoon.
_HOLE = 3.0
_DAY_BITS = (1 << 2 * grid.PERIODS) - 1
_LONG_DAY = 6


def cost(week: Week, piece: Piece, slot: int) -> float:
    """How much a piece would dislike a slot, whoever is there now."""
    block, day, period = piece.block, grid.day_of(slot), grid.period_of(slot)
    total = (_LATE_PERIOD_COST if block.late else _PERIOD_COST)[period]
    total += _TWICE_A_DAY * week.topics[block.topic, block.uai, day]
    strain = 0.0
    for division in block.divisions:
        taken = week.busy[block.uai, division] >> (2 * grid.PERIODS * day) & _DAY_BITS
        over = (taken.bit_count() + 1) // 2 + block.length - _LONG_DAY
        strain += 2.0 * over * over if over > 0 else 0.0
        strain += _HOLE * _holes_added(taken, period, block.length)
    return total + strain / len(block.divisions)


_HALF = grid.PERIODS // 2
_HALF_BITS = (1 << 2 * _HALF) - 1


def _holes_added(taken: int, period: int, length: int) -> int:
    half = period // _HALF
    before = taken >> 2 * _HALF * half & _HALF_BITS
    after = before | (1 << 2 * length) - 1 << 2 * (period % _HALF)
    return _HOLES[half][after] - _HOLES[half][before]


def _count_holes(half: int, taken: int) -> int:
    present = [bool(taken >> 2 * rank & 0b11) for rank in range(_HALF)]
    if not any(present):
        return 0
    # A morning may begin late; an afternoon begins after lunch.
    first = present.index(True) if half == 0 else 0
    last = _HALF - 1 - present[::-1].index(True)
    return present[first:last].count(False)


_HOLES = tuple(tuple(_count_holes(half, taken) for taken in range(_HALF_BITS + 1)) for half in (0, 1))
