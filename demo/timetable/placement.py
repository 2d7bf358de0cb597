"""Placing every block of the region in the week: constructive, with ejections when nothing is free, then a tidy-up.

Blocks go from the hardest to the easiest. One that finds no free slot takes the slot that disturbs least, and sends those
who were there back to the queue; a block that was often sent back becomes dear to disturb, so that it ends.
"""

import heapq
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from demo.model import Lesson, School, Service, Staff
from demo.timetable import grid
from demo.timetable.blocks import FORTNIGHT, Block
from demo.timetable.preferences import cost
from demo.timetable.rooms import Rooms
from demo.timetable.week import Piece, Week, weeks_of

_MOST_EJECTIONS = 50_000
_TIDY_ROUNDS = 4


class NoTimetable(RuntimeError):
    """The blocks do not fit in the week."""


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A school's blocks, who teaches them, and its rooms."""

    school: School
    blocks: Sequence[Block]
    services: Sequence[Service]
    rooms: Rooms


def place(random: Random, schools: Sequence[ToPlace], staff: Iterable[Staff]) -> dict[str, tuple[Lesson, ...]]:
    """Lessons by UAI, without any conflict of division, group, teacher or room. Raises NoTimetable."""
    half_days = {one.id: one.half_days for one in staff}
    pieces: list[Piece] = []
    teachers = {life.school.uai: {(s.group, s.subject): s.teacher for s in life.services} for life in schools}
    for life in schools:
        for block in life.blocks:
            pieces.append(_piece(len(pieces), block, teachers[block.uai], life.rooms, half_days))
    week = Week()
    _construct(week, pieces)
    _tidy(random, week, pieces)
    placed: dict[str, list[Lesson]] = {life.school.uai: [] for life in schools}
    for piece in pieces:
        placed[piece.block.uai].extend(_lessons(piece, teachers[piece.block.uai]))
    return {uai: tuple(lessons) for uai, lessons in placed.items()}


def _piece(
    index: int,
    block: Block,
    teachers: Mapping[tuple[str, str], int],
    rooms: Rooms,
    half_days: Mapping[int, Mapping[str, frozenset[str]]],
) -> Piece:
    demands: dict[Hashable, int] = {(block.uai, division): weeks_of(block) for division in block.divisions}
    suitable = []
    allowed = grid.starts_for(block.length)
    for part in block.parts:
        teacher = teachers[part.group, part.subject]
        demands[teacher] = demands.get(teacher, 0) | FORTNIGHT[part.week]
        choice = tuple((block.uai, "room", room) for room in rooms.preferred(part.subject, teacher))
        suitable.append((choice, FORTNIGHT[part.week]))
        kept = half_days[teacher].get(block.uai)
        if kept is not None:
            allowed = tuple(slot for slot in allowed if grid.half_day(slot) in kept)
    return Piece(index, block, tuple(demands.items()), allowed, tuple(suitable))


def _construct(week: Week, pieces: list[Piece]) -> None:
    queue = [(piece.difficulty, piece.index) for piece in pieces]
    heapq.heapify(queue)
    ejections = 0
    while queue:
        piece = pieces[heapq.heappop(queue)[1]]
        ejected = _settle(week, pieces, piece)
        ejections += len(ejected)
        if ejections > _MOST_EJECTIONS:
            raise NoTimetable(f"{piece.block.uai}: {piece.block.divisions} {piece.block.parts[0].subject}")
        for other in ejected:
            heapq.heappush(queue, (other.difficulty, other.index))


def _settle(week: Week, pieces: list[Piece], piece: Piece) -> list[Piece]:
    """Put a piece in its best slot; returns those it drove out."""
    ranked = []
    for slot in piece.starts:
        blockers = week.blockers(piece, slot)
        price = sum(50.0 + 25.0 * pieces[index].ejections + 5.0 * len(pieces[index].demands) for index in blockers)
        ranked.append((price + cost(week, piece, slot), slot, blockers))
    for _price, slot, blockers in sorted(ranked, key=lambda choice: choice[:2]):
        driven_out = [pieces[index] for index in sorted(blockers)]
        slots = [other.slot for other in driven_out]
        rooms_before = [other.taken_rooms for other in driven_out]
        for other in driven_out:
            week.take_out(other)
        rooms = week.free_rooms(piece, slot)
        if rooms is None:  # every room that suits is taken: put them back and try elsewhere
            for other, before, kept in zip(driven_out, slots, rooms_before, strict=True):
                week.put(other, before, kept)
            continue
        for other in driven_out:
            other.ejections += 1
        week.put(piece, slot, rooms)
        return driven_out
    raise NoTimetable(f"{piece.block.uai}: no room for {piece.block.divisions} {piece.block.parts[0].subject}")


def _tidy(random: Random, week: Week, pieces: list[Piece]) -> None:
    """Move each block to a free slot it likes better."""
    order = list(pieces)
    for _round in range(_TIDY_ROUNDS):
        random.shuffle(order)
        for piece in order:
            before, kept = piece.slot, piece.taken_rooms
            week.take_out(piece)
            free = (slot for slot in piece.starts if week.is_free(piece, slot))
            best = min(free, key=lambda slot: (cost(week, piece, slot), slot != before))
            rooms = week.free_rooms(piece, best)
            week.put(piece, *((before, kept) if rooms is None else (best, rooms)))


def _lessons(piece: Piece, teachers: Mapping[tuple[str, str], int]) -> Iterable[Lesson]:
    start = grid.STARTS[grid.period_of(piece.slot)]
    end = grid.STARTS[grid.period_of(piece.slot) + piece.block.length - 1] + grid.LESSON_MINUTES
    for part, (room, _weeks) in zip(piece.block.parts, piece.taken_rooms, strict=True):
        yield Lesson(
            group=part.group,
            subject=part.subject,
            teacher=teachers[part.group, part.subject],
            week=part.week,
            weekday=grid.day_of(piece.slot) + 1,
            start=start,
            minutes=end - start,
            room=room[2],  # type: ignore[index]
        )
