"""What is planned, and what a plan is worth. Times are slots, numbered from the beginning of the evening."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

PRIORITY, WISHED = 2, 1
# What is lost by a wish that is not served, in minutes of waiting: nobody is left out so that others wait less.
LOST = {PRIORITY: 3_000, WISHED: 1_000}
WALK = 4
"""Minutes that a change of place is worth, beside those it takes."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """Who receives: where (`zone`: rooms of one zone are close), and the slots when they are there."""

    key: int
    zone: str
    slots: frozenset[int]


@dataclass(frozen=True, slots=True)
class Family:
    """Who comes, with all of their children: the slots when they may."""

    key: int
    slots: frozenset[int]


@dataclass(frozen=True, slots=True)
class Wish:
    """A family wants to see a teacher; `fixed`: the office has placed it, the plan does not touch it."""

    key: int
    family: int
    teacher: int
    level: int = WISHED
    fixed: int | None = None


@dataclass(frozen=True)
class Problem:
    """An evening. `starts`: the minute at which each slot begins; `length`: how long one lasts."""

    starts: Sequence[int]
    length: int
    teachers: Mapping[int, Teacher]
    families: Mapping[int, Family]
    wishes: Sequence[Wish] = field(default_factory=tuple)

    @cached_property
    def by_family(self) -> dict[int, list[Wish]]:
        """The wishes of each family, the pressing ones first."""
        found: dict[int, list[Wish]] = defaultdict(list)
        for wish in sorted(self.wishes, key=lambda each: (-each.level, each.key)):
            found[wish.family].append(wish)
        return dict(found)

    def possible(self, wish: Wish) -> list[int]:
        """The slots when both are there."""
        if wish.fixed is not None:
            return [wish.fixed]
        return sorted(self.teachers[wish.teacher].slots & self.families[wish.family].slots)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan is worth: wishes served by level, minutes waited by all families, changes of place."""

    priority: int
    wished: int
    waiting: int
    walks: int

    @property
    def cost(self) -> int:
        """Minutes waited and walked; lower is better among plans that serve the same wishes."""
        return self.waiting + WALK * self.walks


Plan = dict[int, int]
"""The slot of each wish that is served, by the wish's key."""


def worth(problem: Problem, plan: Plan) -> Worth:
    """What a plan is worth."""
    levels = [wish.level for wish in problem.wishes if wish.key in plan]
    tours = [tour(problem, wishes, plan) for wishes in problem.by_family.values()]
    return Worth(
        priority=levels.count(PRIORITY),
        wished=levels.count(WISHED),
        waiting=sum(waited for waited, _walks in tours),
        walks=sum(walks for _waited, walks in tours),
    )


def tour(problem: Problem, wishes: Iterable[Wish], plan: Plan) -> tuple[int, int]:
    """What one family waits between its first and its last meeting, in minutes, and how often it changes place."""
    held = sorted((plan[wish.key], problem.teachers[wish.teacher].zone) for wish in wishes if wish.key in plan)
    if not held:
        return 0, 0
    first, last = held[0][0], held[-1][0]
    there = problem.starts[last] + problem.length - problem.starts[first]
    walks = sum(1 for (_s, one), (_t, other) in itertools.pairwise(held) if one != other)
    return there - problem.length * len(held), walks


def faults(problem: Problem, plan: Plan) -> list[str]:
    """What a plan may never do, told for tests and for whoever asks; empty for a plan that holds."""
    found: list[str] = []
    taken: dict[tuple[str, int, int], int] = {}
    for wish in problem.wishes:
        slot = plan.get(wish.key)
        if slot is None:
            if wish.fixed is not None:
                found.append(f"wish {wish.key} was fixed and is not served")
            continue
        if slot not in problem.possible(wish):
            found.append(f"wish {wish.key} at {slot}: somebody is not there")
        for who in (("teacher", wish.teacher, slot), ("family", wish.family, slot)):
            if who in taken:
                found.append(f"{who} holds {taken[who]} and {wish.key}")
            taken[who] = wish.key
    return found
