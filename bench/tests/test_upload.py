"""What the measures of uploads say; the measures themselves are never taken by tests."""

from typing import Any

import pytest

from bench.upload import main, verdicts
from config.cli import Refused

_STEP: dict[str, Any] = {"before_mb": 96.0, "peak_mb": 104.0, "is_whole": True}
_FACTS: dict[str, Any] = {"parts": {**_STEP, "sent_again_mb": 0.0}, "form": _STEP, "download": _STEP}


def test_every_target_is_judged() -> None:
    assert [verdict.is_met for verdict in verdicts(_FACTS)] == [True] * 7


@pytest.mark.parametrize("step", ["parts", "form", "download"])
@pytest.mark.parametrize("facts", [{"peak_mb": 112.1}, {"is_whole": False}])
def test_a_target_that_is_missed_is_said(step: str, facts: dict[str, Any]) -> None:
    missed = [verdict for verdict in verdicts(_FACTS | {step: _FACTS[step] | facts}) if not verdict.is_met]
    assert len(missed) == 1


def test_bytes_sent_twice_are_said() -> None:
    facts = _FACTS | {"parts": _FACTS["parts"] | {"sent_again_mb": 2.5}}
    assert [verdict.measured for verdict in verdicts(facts) if not verdict.is_met] == ["2,5 Mo"]


@pytest.mark.parametrize("size", ["0", "51"])
def test_a_file_that_no_one_may_send_is_refused(size: str) -> None:
    with pytest.raises(Refused, match="de 1 à 50"):
        main(["--megabytes", size])
