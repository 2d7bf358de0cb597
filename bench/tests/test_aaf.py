"""The measure of the directory of an academy, taken on a school of a few people: every step runs, and every target is judged."""

from pathlib import Path

import pytest

from bench import directory
from bench.aaf import STEPS, main, measured, verdicts
from config.cli import Refused

PEOPLE = 500


@pytest.mark.django_db
def test_every_step_runs_and_every_target_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUPITRE_STATE", str(tmp_path))
    for name, few in (("STUDENTS", 96), ("GUARDIANS", 144), ("STAFF", 10), ("A_SCHOOL", 250)):
        monkeypatch.setattr(directory, name, few)
    facts = {name: measured(name, PEOPLE) for name in STEPS}
    assert facts["write"]["schools"] == 2
    assert facts["complete"]["counts"]["4"] == {"read": 192, "new": 192}
    assert facts["complete"]["schools"] == {"ready": 2}
    assert facts["apply"]["schools"] == {"applied": 2}
    # The night: fifty adults have another phone, and nobody else is looked at.
    assert facts["night"]["counts"]["5"] == {"read": 288, "changed": 50}
    assert facts["delta"]["counts"]["4"]["gone"] > 0
    assert facts["delta"]["differences"] > 0
    assert {"failed", "unopened"}.isdisjoint(facts["delta"]["schools"])
    assert len([*verdicts(facts)]) == 4


@pytest.mark.parametrize("people", ["1", "3000000"])
def test_an_academy_of_no_size_is_refused(people: str) -> None:
    with pytest.raises(Refused, match="de 2 500 à"):
        main(["--people", people])
