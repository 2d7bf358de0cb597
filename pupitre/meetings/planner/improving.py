"""A better plan, little by little: a few families leave their places, and take the best that is free, one after the other.

Ruin and recreate (Schrimpf and others, 2000), accepted as by annealing. Begins with first come, first served; at any moment there
is a plan that holds. The same evening gives the same plan: families are drawn from a seed, and work is counted in rounds, not
in seconds; the time limit is a guard.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pupitre.meetings.planner.first_come import first_come
from pupitre.meetings.planner.problem import LOST, WALK, Plan, Problem, Worth, tour, worth
from pupitre.meetings.planner.touring import best_tour

_ROUNDS_A_FAMILY = 40
_LEAST_ROUNDS = 600
_TOGETHER = (1, 4)
"""How many families leave their places at once."""
_WARM, _COLD = 40.0, 1.0
"""Minutes that a round may lose for a better one later, at the beginning and at the end."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, what it is worth, what first come, first served is worth, and whether time ran out before the work did."""

    plan: Plan
    worth: Worth
    first_come: Worth
    was_cut: bool


class _Search:
    """Where the families stand, and who holds which slot of which teacher."""

    def __init__(self, problem: Problem, plan: Plan, drawing: Random) -> None:
        self.problem, self.drawing = problem, drawing
        self.families = list(problem.by_family)
        self.wishes = problem.by_family
        self.teacher = {wish.key: wish.teacher for wish in problem.wishes}
        self.plans: dict[int, Plan] = {
            family: {wish.key: plan[wish.key] for wish in wishes if wish.key in plan}
            for family, wishes in self.wishes.items()
        }
        self.losses = {family: self._loss(family) for family in self.families}
        self.taken = {(self.teacher[key], slot) for each in self.plans.values() for key, slot in each.items()}
        self.meeting: dict[int, list[int]] = {}
        for wish in problem.wishes:
            self.meeting.setdefault(wish.teacher, []).append(wish.family)

    @property
    def loss(self) -> int:
        return sum(self.losses.values())

    @property
    def plan(self) -> Plan:
        return {key: slot for each in self.plans.values() for key, slot in each.items()}

    def round(self, warmth: float) -> int:
        """Place a few families again; what the evening gained or lost by it, zero when it was not kept."""
        chosen = self._drawn()
        before = {family: self.plans[family] for family in chosen}
        lost = sum(self.losses[family] for family in chosen)
        for family in chosen:
            self.taken.difference_update(self._held(before[family]))
        self.drawing.shuffle(chosen)
        after: dict[int, tuple[int, Plan]] = {}
        for family in chosen:
            after[family] = best_tour(self.problem, self.wishes[family], self.taken)
            self.taken.update(self._held(after[family][1]))
        change = sum(loss for loss, _plan in after.values()) - lost
        if change <= 0 or self.drawing.random() < math.exp(-change / warmth):
            for family, (loss, plan) in after.items():
                self.losses[family], self.plans[family] = loss, plan
            return change
        for family in chosen:
            self.taken.difference_update(self._held(after[family][1]))
        for family in chosen:
            self.taken.update(self._held(before[family]))
        return 0

    def _held(self, plan: Plan) -> list[tuple[int, int]]:
        return [(self.teacher[key], slot) for key, slot in plan.items()]

    def _drawn(self) -> list[int]:
        """A family that has something to gain, and some of those who meet its teachers: they may change places."""
        one, other = self.drawing.choices(self.families, k=2)
        first = one if self.losses[one] >= self.losses[other] else other
        near = [family for wish in self.wishes[first] for family in self.meeting[wish.teacher]]
        count = self.drawing.randint(*_TOGETHER)
        return list(dict.fromkeys([first, *self.drawing.choices(near, k=count)]))

    def _loss(self, family: int) -> int:
        wishes, plan = self.wishes[family], self.plans[family]
        waited, walks = tour(self.problem, wishes, plan)
        return waited + WALK * walks + sum(LOST[wish.level] for wish in wishes if wish.key not in plan)


def improve(
    problem: Problem,
    *,
    seconds: float = 30,
    seed: int = 1,
    progress: Callable[[int], None] = lambda percent: None,
    clock: Callable[[], float] = time.monotonic,
) -> Planned:
    """Plan an evening. `progress` is told each percent of the work; `seconds` is the most it takes."""
    started = clock()
    first = first_come(problem)
    compared = worth(problem, first)
    if not problem.wishes:
        return Planned(first, compared, compared, was_cut=False)
    search = _Search(problem, first, Random(seed))  # noqa: S311 # nosec B311 - the same evening gives the same plan
    rounds = max(_LEAST_ROUNDS, len(problem.families) * _ROUNDS_A_FAMILY)
    best, loss = first, search.loss
    least, told, was_cut = loss, 0, False
    for number in range(rounds):
        if clock() - started > seconds:
            was_cut = True
            break
        loss += search.round(_WARM * (_COLD / _WARM) ** (number / rounds))
        if loss < least:
            best, least = search.plan, loss
        if 100 * number // rounds > told:
            told = 100 * number // rounds
            progress(told)
    return Planned(best, worth(problem, best), compared, was_cut=was_cut)
