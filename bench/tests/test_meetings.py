"""The benchmark of an evening, on a small one."""

from bench.meetings import evening
from pupitre.meetings.planner.improving import improve
from pupitre.meetings.planner.problem import faults


def test_a_small_evening_is_planned_without_fault_and_waits_less():
    problem = evening(30, seed=2)
    planned = improve(problem)
    assert len(problem.teachers) == 60
    assert faults(problem, planned.plan) == []
    assert planned.worth.waiting < planned.first_come.waiting
