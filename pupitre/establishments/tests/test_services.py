"""Opening schools and their years."""

import datetime as dt

import pytest

from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.services import ensure_school_year, first_monday_of, open_establishment, year_dates


def test_a_school_opened_twice_is_one_brought_up_to_date(db: None) -> None:
    open_establishment(uai=" 0990001n ", name="Collège", kind="college")
    open_establishment(uai="0990001N", name="Collège Sophie-Germain", kind="college", town="Valmont")
    school = Establishment.objects.get()
    assert (school.uai, school.name, school.short_name, school.town) == (
        "0990001N", "Collège Sophie-Germain", "Collège Sophie-Germain", "Valmont",
    )  # fmt: skip


def test_a_year_is_made_on_first_use(inside: Establishment) -> None:
    made = ensure_school_year(year=2026)
    assert (made.starts_on, made.ends_on, made.first_monday) == (
        dt.date(2026, 9, 1), dt.date(2027, 8, 31), dt.date(2026, 8, 24),
    )  # fmt: skip
    assert ensure_school_year(year=2026) == made
    assert SchoolYear.objects.count() == 1


def test_its_dates_follow_and_its_first_monday_never_moves(inside: Establishment) -> None:
    ensure_school_year(year=2026)
    later = ensure_school_year(year=2026, starts_on=dt.date(2026, 9, 14), ends_on=dt.date(2027, 7, 3))
    assert (later.starts_on, later.first_monday) == (dt.date(2026, 9, 14), dt.date(2026, 8, 24))


@pytest.mark.parametrize("year", range(2024, 2032))
def test_the_first_monday_leaves_a_week_of_margin(year: int) -> None:
    starts_on = year_dates(year)[0]
    monday = first_monday_of(starts_on, year)
    assert monday.weekday() == 0
    assert 7 <= (starts_on - monday).days < 14
