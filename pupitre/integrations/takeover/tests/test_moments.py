import datetime as dt

import pytest

from pupitre.integrations.takeover.moments import read_answer, read_half, read_hour, read_minutes, read_moment

D = dt.date(2026, 11, 12)


@pytest.mark.parametrize(
    ("written", "on", "at", "half"),
    [
        ("12/11/2026", D, None, None),
        ("12/11/26", D, None, None),
        ("12-11-2026", D, None, None),
        ("12.11.2026", D, None, None),
        ("2026-11-12", D, None, None),
        ("2026-11-12T08:05:00", D, dt.time(8, 5), None),
        ("12/11/2026 8h05", D, dt.time(8, 5), None),
        ("12/11/2026 08:05", D, dt.time(8, 5), None),
        ("12/11/2026 matin", D, None, "am"),
        ("jeudi 12 novembre 2026", D, None, None),
        ("jeu. 12 nov. 2026", D, None, None),
        ("12 novembre 2026 après-midi", D, None, "pm"),
    ],
)
def test_a_day_is_read_as_it_is_written(written, on, at, half):
    found = read_moment(written)
    assert found is not None
    assert (found.on, found.at, found.half) == (on, at, half)


@pytest.mark.parametrize("written", ["31/02/2026", "demain", "12/11", "12/11/2026 tôt", "46000", ""])
def test_what_is_no_day_is_not_guessed(written):
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("8h05", (8, 5)), ("08:05", (8, 5)), ("08:05:00", (8, 5)), ("8h", (8, 0)), ("0805", (8, 5)),
        ("14H30", (14, 30)), ("8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05", (8, 5)),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_it_is_written(written, at):
    assert read_hour(written) == dt.time(*at)


@pytest.mark.parametrize("written", ["25h00", "8h75", "matin", "", "8.5.1"])
def test_what_is_no_hour_is_not_guessed(written):
    assert read_hour(written) is None


def test_am_is_the_afternoon_in_french_and_the_morning_beside_a_pm():
    assert (read_half("AM"), read_half("AM", is_english=True), read_half("PM", is_english=True)) == ("pm", "am", "pm")
    assert (read_half("Matin"), read_half("Après-midi"), read_half("Journée"), read_half("soir")) == (
        "am", "pm", "day", "pm",
    )  # fmt: skip


def test_minutes_and_answers():
    assert (read_minutes("10"), read_minutes("10 min"), read_minutes("0h15"), read_minutes("tard")) == (
        10,
        10,
        15,
        None,
    )
    assert (read_answer("Oui"), read_answer("non justifiée"), read_answer(""), read_answer("peut-être")) == (
        True, False, None, None,
    )  # fmt: skip
