"""Divisions, choices and groups: who sits with whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from demo import cast
from demo.model import Group, School, Student
from demo.teaching.programme import Level, Line

_PLACES = {cast.INES: "4B", cast.ELIAS: "6C", cast.SARAH: "204", cast.LUCIE: "1CGEA"}
_CHOICES = {cast.INES: ("ESP2", "LCALA"), cast.SARAH: ("ESP2",)}


@dataclass(frozen=True, slots=True)
class ParallelGroups:
    """One line drawn for one block of divisions: the groups taught at the same time, with their subjects."""

    line: Line
    divisions: tuple[str, ...]
    groups: tuple[tuple[Group, str], ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """How a school is divided. `halves` are the two parts of a division."""

    lines: tuple[ParallelGroups, ...]
    halves: dict[str, tuple[Group, Group]]

    @property
    def groups(self) -> tuple[Group, ...]:
        parts = (half for pair in self.halves.values() for half in pair)
        return (*parts, *(group for parallel in self.lines for group, _subject in parallel.groups))


def compose(random: Random, school: School, students: Sequence[Student]) -> Composition:
    """Put every student in a division, draw their options, then make the groups."""
    lines: list[ParallelGroups] = []
    halves: dict[str, tuple[Group, Group]] = {}
    for level in school.levels:
        _fill_divisions(random, level, [student for student in students if student.level == level.code])
        of_division = {
            division: sorted(
                (s for s in students if s.division == division), key=lambda s: (s.last_name, s.first_name, s.key)
            )
            for division in level.divisions
        }
        if level.halves:
            halves.update({code: _halve(level, code, members) for code, members in of_division.items()})
        for line in level.lines:
            for block in _blocks(level.divisions, line.span):
                members = [student for division in block for student in of_division[division]]
                lines.append(_parallel_groups(level, line, block, members))
    composition = Composition(tuple(lines), halves)
    _tell_students(students, composition.groups)
    return composition


def _fill_divisions(random: Random, level: Level, students: list[Student]) -> None:
    left = dict.fromkeys(level.divisions, level.size)
    random.shuffle(students)
    starts = {division: random.random() for division in level.divisions}
    # The cast first, so that their division still has a seat.
    for student in sorted(students, key=lambda student: student.key not in _PLACES):
        student.division = _PLACES.get(student.key) or max(left, key=lambda division: left[division])
        left[student.division] -= 1
        # Every division gets its fair share of each choice: groups drawn from it have about the expected size.
        share = (left[student.division] + starts[student.division]) / level.size
        student.choices = frozenset(_CHOICES.get(student.key) or _choice_at(level, share))


def _choice_at(level: Level, share: float) -> tuple[str, ...]:
    total = sum(weight for weight, _choices in level.choices)
    reached = 0
    for weight, choices in level.choices:
        reached += weight
        if share * total < reached:
            return choices
    return level.choices[-1][1]


def _halve(level: Level, division: str, members: Sequence[Student]) -> tuple[Group, Group]:
    middle = (len(members) + 1) // 2
    one, two = (
        Group(
            f"{division}_{rank}",
            f"{level.division_label(division)} gr. {rank}",
            (division,),
            tuple(s.key for s in part),
        )
        for rank, part in ((1, members[:middle]), (2, members[middle:]))
    )
    return one, two


def _blocks(divisions: tuple[str, ...], span: int) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(divisions), span):
        yield divisions[start : start + span]


def _parallel_groups(level: Level, line: Line, block: tuple[str, ...], members: Sequence[Student]) -> ParallelGroups:
    filled: dict[str, list[Student]] = {track.suffix: [] for track in line.tracks}
    for student in members:
        offered = [track.suffix for track in line.tracks if track.subject in student.choices]
        if offered:
            filled[min(offered, key=lambda suffix: len(filled[suffix]))].append(student)
    tails = level.tail(block[0]) + (level.tail(block[-1]) if len(block) > 1 else "")
    groups = []
    for track in line.tracks:
        kept = filled[track.suffix]
        drawn_from = tuple(division for division in block if any(student.division == division for student in kept))
        if kept:
            code, label = f"{level.code}{tails}{track.suffix}", f"{level.label} {tails} {track.label}"
            groups.append((Group(code, label, drawn_from, tuple(student.key for student in kept)), track.subject))
    return ParallelGroups(line, block, tuple(groups))


def _tell_students(students: Sequence[Student], groups: Sequence[Group]) -> None:
    by_key = {student.key: student for student in students}
    for group in groups:
        for key in group.members:
            by_key[key].groups.append(group.code)
