"""First come, first served: each family in the order of its request, each wish at the first time that is free for both."""

from pupitre.meetings.planner.problem import Plan, Problem


def first_come(problem: Problem) -> Plan:
    """A plan that always holds: where the better one begins, and what it is compared with.

    Wishes that are pressing come first in a family; what the office has fixed comes before everyone.
    """
    plan: Plan = {}
    busy: set[tuple[bool, int, int]] = set()
    for wish in problem.wishes:
        if wish.fixed is not None:
            plan[wish.key] = wish.fixed
            busy |= {(True, wish.teacher, wish.fixed), (False, wish.family, wish.fixed)}
    for wishes in problem.by_family.values():
        for wish in wishes:
            if wish.key in plan:
                continue
            for slot in problem.possible(wish):
                places = {(True, wish.teacher, slot), (False, wish.family, slot)}
                if not places & busy:
                    plan[wish.key] = slot
                    busy |= places
                    break
    return plan
