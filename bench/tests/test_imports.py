"""What the measures of imports say; the measures themselves are never taken by tests."""

from typing import Any

import pytest

from bench.imports import main, verdicts
from config.cli import Refused

_FACTS: dict[str, Any] = {
    "analyse": {"seconds": 3.8, "peak_mb": 134.0},
    "apply": {"seconds": 10.5},
    "again": {"differences": 0},
    "timetable": {"seconds": 5.5},
}


def test_every_target_is_judged() -> None:
    assert [verdict.is_met for verdict in verdicts(_FACTS)] == [True] * 5


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("analyse", {"seconds": 10.1}),
        ("analyse", {"peak_mb": 301.0}),
        ("apply", {"seconds": 15.1}),
        ("again", {"differences": 1}),
        ("timetable", {"seconds": 20.1}),
    ],
)
def test_a_target_that_is_missed_is_said(step: str, facts: dict[str, Any]) -> None:
    missed = [verdict for verdict in verdicts(_FACTS | {step: _FACTS[step] | facts}) if not verdict.is_met]
    assert len(missed) == 1


@pytest.mark.parametrize("students", ["1", "1000000"])
def test_a_school_of_no_size_is_refused(students: str) -> None:
    with pytest.raises(Refused, match="de 100 à"):
        main(["--students", students])
