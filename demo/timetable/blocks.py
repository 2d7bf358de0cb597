"""What has to be placed in the week: blocks of lessons that share one slot."""

from collections.abc import Iterator
from dataclasses import dataclass

from demo.model import School
from demo.teaching.grouping import Composition, ParallelGroups
from demo.teaching.programme import Level

EVERY_WEEK, WEEK_A, WEEK_B = "H", "Q1", "Q2"
# Bits of the fortnight.
FORTNIGHT = {EVERY_WEEK: 0b11, WEEK_A: 0b01, WEEK_B: 0b10}


@dataclass(frozen=True, slots=True)
class Part:
    """One lesson of a block: a group, a subject, and the weeks."""

    group: str
    subject: str
    week: str = EVERY_WEEK


@dataclass(frozen=True, slots=True)
class Block:
    """Lessons placed together. The divisions are busy for the whole slot, even those of their students who are free."""

    uai: str
    divisions: tuple[str, ...]
    parts: tuple[Part, ...]
    length: int = 1
    late: bool = False  # facultative: rather at the end of the day

    @property
    def topic(self) -> tuple[str, str]:
        """What should not come back twice in a day."""
        return self.divisions[0], self.parts[0].subject


def blocks_of(school: School, composition: Composition) -> list[Block]:
    """Every block of a school, in a fixed order."""
    blocks = [block for level in school.levels for block in _level_blocks(school, level, composition)]
    for parallel in composition.lines:
        blocks.extend(_line_blocks(school, parallel))
    return blocks


def _level_blocks(school: School, level: Level, composition: Composition) -> Iterator[Block]:
    for division in level.divisions:
        for length, lessons in ((1, level.singles), (2, level.doubles)):
            for subject, times in lessons.items():
                for _time in range(times):
                    yield Block(school.uai, (division,), (Part(division, subject),), length)
        for week_a, week_b in level.alternates:
            pair = ((week_a, WEEK_A), (week_b, WEEK_B))
            yield Block(
                school.uai, (division,), tuple(Part(division, subject, week) for subject, week in pair if subject)
            )
        if level.halves:
            (one, two), (first, second) = composition.halves[division], level.halves
            yield Block(
                school.uai,
                (division,),
                (
                    Part(one.code, first, WEEK_A),
                    Part(two.code, second, WEEK_A),
                    Part(one.code, second, WEEK_B),
                    Part(two.code, first, WEEK_B),
                ),
            )


def _line_blocks(school: School, parallel: ParallelGroups) -> Iterator[Block]:
    line = parallel.line
    if not parallel.groups:
        return
    for length, times in ((1, line.singles), (2, line.doubles)):
        parts = tuple(Part(group.code, subject) for group, subject in parallel.groups)
        for _time in range(times):
            yield Block(school.uai, parallel.divisions, parts, length, late=line.facultative)
    if line.alternate:
        whole = (Part(division, line.alternate, WEEK_A) for division in parallel.divisions)
        apart = (Part(group.code, subject, WEEK_B) for group, subject in parallel.groups)
        yield Block(school.uai, parallel.divisions, (*whole, *apart))
