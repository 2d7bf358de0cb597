"""The best evening of one family among the times that the others leave free: exact, by dynamic programming over the slots.

A state is which wishes are served and where the family stands; its value is what was lost so far, less the hour at which it is
free again, so that the minutes until the next meeting are added by its beginning alone.
"""

from collections.abc import Mapping, Sequence, Set

from pupitre.meetings.planner.problem import LOST, WALK, Plan, Problem, Wish

_Steps = tuple[int, int, "_Steps"] | None


def best_tour(problem: Problem, wishes: Sequence[Wish], taken: Set[tuple[int, int]]) -> tuple[int, Plan]:
    """What one family loses at best, in minutes, and the slots of its wishes; `taken`: (teacher, slot) of the others."""
    starts, length = problem.starts, problem.length
    zones = [problem.teachers[wish.teacher].zone for wish in wishes]
    open_at: dict[int, list[int]] = {}
    for place, wish in enumerate(wishes):
        for slot in problem.possible(wish):
            if (wish.teacher, slot) not in taken:
                open_at.setdefault(slot, []).append(place)
    states: dict[tuple[int, str], tuple[int, _Steps]] = {}
    for slot in sorted(open_at):
        begins, ends = starts[slot], starts[slot] + length
        reached: list[tuple[tuple[int, str], tuple[int, _Steps]]] = []
        for place in open_at[slot]:
            bit, zone = 1 << place, zones[place]
            reached.append(((bit, zone), (-ends, (place, slot, None))))
            for (served, where), (value, steps) in states.items():
                if not served & bit:
                    lost = value + begins + (WALK if where != zone else 0)
                    reached.append(((served | bit, zone), (lost - ends, (place, slot, steps))))
        for state, found in reached:
            held = states.get(state)
            # The value is told with its hour: of two, the one that loses less at the end of this slot.
            if held is None or found[0] < held[0]:
                states[state] = found
    return _chosen(wishes, states, starts, length)


def _chosen(
    wishes: Sequence[Wish],
    states: Mapping[tuple[int, str], tuple[int, _Steps]],
    starts: Sequence[int],
    length: int,
) -> tuple[int, Plan]:
    # What the office has placed is kept at any price.
    weights = [LOST[wish.level] * (1 if wish.fixed is None else 1000) for wish in wishes]
    best, steps = sum(weights), None
    for (served, _where), (value, taken) in states.items():
        missed = sum(weight for place, weight in enumerate(weights) if not served >> place & 1)
        if taken is None:
            continue
        lost = missed + value + starts[taken[1]] + length
        if lost < best:
            best, steps = lost, taken
    plan: Plan = {}
    while steps is not None:
        place, slot, steps = steps
        plan[wishes[place].key] = slot
    return best, plan
