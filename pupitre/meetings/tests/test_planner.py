"""The planner alone: plans always hold, are the same every time, and wait less than first come, first served."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.meetings.planner.first_come import first_come
from pupitre.meetings.planner.improving import improve
from pupitre.meetings.planner.problem import (
    LOST,
    PRIORITY,
    WALK,
    WISHED,
    Family,
    Problem,
    Teacher,
    Wish,
    faults,
    tour,
    worth,
)
from pupitre.meetings.planner.touring import best_tour


def evening(teachers: int, families: int, slots: int, seed: int = 1, wishes: int = 4) -> Problem:
    """Families that each wish to see a few teachers, some of whom cannot come at any hour."""
    drawing = Random(seed)  # noqa: S311
    every = frozenset(range(slots))
    made, key = [], 0
    for family in range(families):
        for place, teacher in enumerate(drawing.sample(range(teachers), min(teachers, drawing.randint(1, wishes)))):
            made.append(Wish(key, family, teacher, PRIORITY if place == 0 else WISHED))
            key += 1
    return Problem(
        starts=[600 + 10 * n for n in range(slots)],
        length=10,
        teachers={n: Teacher(n, "AB"[n % 2], every) for n in range(teachers)},
        families={
            n: Family(n, every if drawing.random() < 0.7 else frozenset(drawing.sample(range(slots), slots // 2)))
            for n in range(families)
        },
        wishes=made,
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(1, 15), st.integers(2, 10), st.integers(0, 999))
def test_a_plan_always_holds_and_never_serves_less_well(teachers, families, slots, seed):
    problem = evening(teachers, families, slots, seed)
    planned = improve(problem, seed=seed)
    assert faults(problem, planned.plan) == []
    assert faults(problem, first_come(problem)) == []

    def lost(plan):
        found = worth(problem, plan)
        missed = sum(LOST[wish.level] for wish in problem.wishes if wish.key not in plan)
        return missed + found.cost

    assert lost(planned.plan) <= lost(first_come(problem))


@pytest.mark.parametrize("seed", range(12))
def test_the_best_tour_of_one_family_is_the_best_of_all(seed):
    problem = evening(4, 1, 5, seed)
    wishes = problem.by_family[0]
    taken = {(teacher, slot) for teacher in range(4) for slot in range(5) if (teacher + slot * seed) % 4 == 1}
    lost, plan = best_tour(problem, wishes, taken)
    assert faults(problem, plan) == []

    def loss(plan):
        waited, walks = tour(problem, wishes, plan)
        return waited + WALK * walks + sum(LOST[wish.level] for wish in wishes if wish.key not in plan)

    every = []
    # Each wish at one of the slots, or nowhere (beyond the last).
    for places in permutations(range(5 + len(wishes)), len(wishes)):
        tried = {
            wish.key: slot
            for wish, slot in zip(wishes, places, strict=True)
            if slot in problem.possible(wish) and (wish.teacher, slot) not in taken
        }
        every.append(loss(tried))
    assert lost == loss(plan) == min(every)


def test_the_same_evening_gives_the_same_plan_and_waits_far_less():
    problem = evening(12, 60, 20)
    one, other = improve(problem), improve(problem)
    assert one.plan == other.plan
    assert one.worth.waiting < one.first_come.waiting / 3
    assert not one.was_cut


def test_siblings_are_seen_one_after_the_other():
    """One family, two children: its meetings follow one another, whichever child they are about."""
    every = frozenset(range(12))
    teachers = {n: Teacher(n, "A", every) for n in range(4)}
    problem = Problem(
        [10 * n for n in range(12)], 10, teachers, {0: Family(0, every)}, [Wish(n, 0, n) for n in range(4)]
    )
    assert improve(problem).worth.waiting == 0


def test_what_the_office_has_placed_stays_and_time_is_a_guard():
    problem = evening(3, 10, 6)
    first = problem.wishes[0]
    fixed = Problem(
        problem.starts, problem.length, problem.teachers, problem.families,
        [Wish(first.key, first.family, first.teacher, first.level, 5), *problem.wishes[1:]],
    )  # fmt: skip
    assert improve(fixed).plan[first.key] == 5
    hours = iter(range(0, 10_000, 100))
    cut = improve(fixed, seconds=30, clock=lambda: next(hours))
    assert cut.was_cut
    assert faults(fixed, cut.plan) == []


def test_an_evening_with_too_few_slots_serves_the_pressing_wishes_first():
    every = frozenset({0})
    families = {n: Family(n, every) for n in range(3)}
    wishes = [Wish(0, 0, 0), Wish(1, 1, 0), Wish(2, 2, 0, PRIORITY)]
    plan = improve(Problem([0], 10, {0: Teacher(0, "", every)}, families, wishes)).plan
    assert plan == {2: 0}
