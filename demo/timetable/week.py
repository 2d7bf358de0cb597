"""The state of the week while it is filled: who and which room is busy when, and because of which block."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from demo.timetable import grid
from demo.timetable.blocks import FORTNIGHT, Block

NOWHERE = -1


@dataclass(slots=True)
class Piece:
    """A block with the people and the rooms it may use. `demands`: resource and weeks of the fortnight."""

    index: int
    block: Block
    demands: tuple[tuple[Hashable, int], ...]
    starts: tuple[int, ...]
    rooms: tuple[tuple[tuple[Hashable, ...], int], ...]  # for each part: rooms that suit, and the weeks
    ejections: int = 0
    slot: int = NOWHERE
    taken_rooms: list[tuple[Hashable, int]] = field(default_factory=list)

    @property
    def difficulty(self) -> tuple[int, int]:
        """Largest first: many people at once, long, few possible starts."""
        return -(len(self.demands) * 4 + self.block.length * 6 + (40 - len(self.starts))), self.index


class Week:
    """Busy bits of each resource (division, teacher, room), and the block that holds each bit."""

    def __init__(self) -> None:
        self.busy: dict[Hashable, int] = defaultdict(int)
        self._holder: dict[tuple[Hashable, int], int] = {}
        # Times a topic is already taught on a day to a division.
        self.topics: dict[tuple[tuple[str, str], str, int], int] = defaultdict(int)

    def blockers(self, piece: Piece, slot: int) -> set[int]:
        """Blocks that hold one of the people this piece needs at that slot."""
        found: set[int] = set()
        for resource, weeks in piece.demands:
            clash = self.busy[resource] & grid.bits(slot, weeks, piece.block.length)
            found.update(self._holder[resource, bit] for bit in _bits_of(clash))
        return found

    def is_free(self, piece: Piece, slot: int) -> bool:
        length = piece.block.length
        return not any(self.busy[resource] & grid.bits(slot, weeks, length) for resource, weeks in piece.demands)

    def free_rooms(self, piece: Piece, slot: int) -> list[tuple[Hashable, int]] | None:
        """A room for each part, the favourite when it is free; None when one part finds none."""
        chosen: list[tuple[Hashable, int]] = []
        taken: dict[Hashable, int] = defaultdict(int)
        for suitable, weeks in piece.rooms:
            wanted = grid.bits(slot, weeks, piece.block.length)
            room = next((room for room in suitable if not (self.busy[room] | taken[room]) & wanted), None)
            if room is None:
                return None
            taken[room] |= wanted
            chosen.append((room, weeks))
        return chosen

    def put(self, piece: Piece, slot: int, rooms: list[tuple[Hashable, int]]) -> None:
        piece.slot, piece.taken_rooms = slot, rooms
        for resource, weeks in (*piece.demands, *rooms):
            bits = grid.bits(slot, weeks, piece.block.length)
            self.busy[resource] |= bits
            for bit in _bits_of(bits):
                self._holder[resource, bit] = piece.index
        self.topics[piece.block.topic, piece.block.uai, grid.day_of(slot)] += 1

    def take_out(self, piece: Piece) -> None:
        for resource, weeks in (*piece.demands, *piece.taken_rooms):
            self.busy[resource] &= ~grid.bits(piece.slot, weeks, piece.block.length)
        self.topics[piece.block.topic, piece.block.uai, grid.day_of(piece.slot)] -= 1
        piece.slot, piece.taken_rooms = NOWHERE, []


def _bits_of(mask: int) -> Sequence[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def weeks_of(block: Block) -> int:
    """The weeks of the fortnight in which a block takes place."""
    weeks = 0
    for part in block.parts:
        weeks |= FORTNIGHT[part.week]
    return weeks
