import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from pupitre.foundation import clock


def told(**environment: str) -> subprocess.CompletedProcess[str]:
    """What the clock of a new process says."""
    code = "from pupitre.foundation import clock; print(clock.now().isoformat(), clock.today(), clock.is_shifted())"
    return subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_the_clock_is_the_world_s() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)
    assert clock.now().tzinfo is UTC
    assert not clock.is_shifted()


def test_a_stopped_clock_reads_paris_time_and_does_not_move() -> None:
    with clock.at("2026-11-24T07:55"):
        assert clock.now() == datetime(2026, 11, 24, 6, 55, tzinfo=UTC)
        assert clock.now() == clock.now()
        assert clock.today() == date(2026, 11, 24)
        assert clock.is_shifted()
    assert not clock.is_shifted()


def test_the_day_changes_at_midnight_in_paris() -> None:
    with clock.at("2026-11-24T00:30"):
        assert clock.today() == date(2026, 11, 24)
        assert clock.today(UTC) == date(2026, 11, 23)


def test_a_clock_stopped_within_another_gives_it_back() -> None:
    with clock.at("2026-11-24T07:55"):
        with clock.at("2027-01-01T00:00"):
            assert clock.today() == date(2027, 1, 1)
        assert clock.today() == date(2026, 11, 24)


def test_the_environment_fixes_the_start_of_a_clock_that_runs_on() -> None:
    said = told(PUPITRE_NOW="2026-11-24T07:55").stdout.split()
    started = datetime.fromisoformat(said[0]) - datetime(2026, 11, 24, 6, 55, tzinfo=UTC)
    assert timedelta() < started < timedelta(seconds=10)
    assert said[1:] == ["2026-11-24", "True"]


def test_a_process_born_later_reads_the_same_clock() -> None:
    an_hour_ago = str(datetime.now(UTC).timestamp() - 3600)
    said = told(PUPITRE_NOW="2026-11-24T07:55", PUPITRE_NOW_SINCE=an_hour_ago).stdout
    assert said.startswith("2026-11-24T07:55:")  # UTC: 8 h 55 in Paris


def test_an_unreadable_start_stops_the_process_and_says_how_to_write_it() -> None:
    failed = told(PUPITRE_NOW="demain")
    assert failed.returncode
    assert "s’écrit 2026-11-24T07:55" in failed.stderr


def test_an_unreadable_moment_is_refused() -> None:
    with pytest.raises(clock.WrongStart), clock.at("demain"):
        pass


def test_an_instant_of_a_shifted_clock_is_told_to_those_who_read_the_world_s() -> None:
    code = (
        "from datetime import UTC, datetime, timedelta; from pupitre.foundation import clock; "
        "print((clock.in_world(clock.now() + timedelta(minutes=10)) - datetime.now(UTC)).total_seconds())"
    )
    surroundings = {**os.environ, "PUPITRE_NOW": "2026-11-24T07:55"}
    said = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True)
    assert 599 < float(said.stdout) <= 600
