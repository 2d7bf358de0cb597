from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from pupitre.foundation.ui import french

S = french.NBSP


@pytest.mark.parametrize(
    ("value", "said", "aligned"),
    [
        (time(8, 5), f"8{S}h{S}05", f"8{S}h{S}05"),
        (time(10, 0), f"10{S}h", f"10{S}h{S}00"),
        ("08:05", f"8{S}h{S}05", f"8{S}h{S}05"),
        # An instant is read on a clock in Paris, in winter and in summer.
        (datetime(2026, 11, 17, 7, 5, tzinfo=UTC), f"8{S}h{S}05", f"8{S}h{S}05"),
        (datetime(2027, 6, 15, 6, 0, tzinfo=UTC), f"8{S}h", f"8{S}h{S}00"),
    ],
)
def test_hours(value: french.Hour, said: str, aligned: str) -> None:
    assert french.hour(value) == said
    assert french.clock(value) == aligned


def test_days() -> None:
    assert french.day(date(2026, 11, 17)) == f"mardi 17{S}novembre"
    assert french.day(date(2026, 9, 1)) == f"mardi 1er{S}septembre"
    assert french.day_year(date(2027, 8, 1)) == f"dimanche 1er{S}août{S}2027"
    assert french.day_number(date(2026, 9, 1)) == "1er"


def test_an_instant_late_in_the_evening_belongs_to_the_next_day_in_paris() -> None:
    instant = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    assert french.day(instant) == f"mercredi 18{S}novembre"
    assert french.day_hour(instant) == f"mercredi 18{S}novembre, 0{S}h{S}30"


def test_numbers() -> None:
    assert french.number(1240) == f"1{S}240"
    assert french.number(12.5) == "12,5"
    assert french.number(Decimal("94.60")) == "94,6"
    assert french.number(3.0) == "3"


def test_phone_numbers() -> None:
    assert french.phone("+33612345678") == S.join(("06", "12", "34", "56", "78"))
    assert french.phone("+590690123456") == "+590690123456"


def test_zero_is_singular() -> None:
    counts = [french.plural(n, "élève", "élèves") for n in (0, 1, 2, 1500)]
    assert counts == [f"0{S}élève", f"1{S}élève", f"2{S}élèves", f"1{S}500{S}élèves"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Hélène Roussel", "HR"), ("Jean-Pierre de La Tour", "JT"), ("Élodie", "É"), ("", "")],
)
def test_initials(name: str, expected: str) -> None:
    assert french.initials(name) == expected


def test_capfirst_leaves_the_rest_alone() -> None:
    assert french.capfirst("mardi 17 Novembre") == "Mardi 17 Novembre"
