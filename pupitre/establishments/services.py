"""Opening schools and their years."""

from datetime import date, timedelta

from django.db import transaction

from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import current_establishment_id


@transaction.atomic
def open_establishment(
    *, uai: str, name: str, kind: str, short_name: str = "", town: str = "", academy: str = "", zone: str = "B"
) -> Establishment:
    """Open a school, empty; a second call with the same UAI brings its description up to date."""
    described = {
        "name": name,
        "short_name": short_name or name,
        "town": town,
        "kind": kind,
        "academy": academy,
        "zone": zone,
    }
    establishment, _created = Establishment.objects.update_or_create(uai=uai.strip().upper(), defaults=described)
    return establishment


def ensure_school_year(*, year: int, starts_on: date | None = None, ends_on: date | None = None) -> SchoolYear:
    """The school year of the open school, made on first use; dates default to 1 September – 31 August (STS).

    `first_monday` never moves once made: the week masks of the timetable count from it.
    """
    starts = starts_on or year_dates(year)[0]
    school_year, created = SchoolYear.objects.get_or_create(
        establishment_id=current_establishment_id(),
        year=year,
        defaults={
            "starts_on": starts,
            "ends_on": ends_on or year_dates(year)[1],
            "first_monday": first_monday_of(starts, year),
        },
    )
    if not created and starts_on and ends_on and (school_year.starts_on, school_year.ends_on) != (starts_on, ends_on):
        school_year.starts_on, school_year.ends_on = starts_on, ends_on
        school_year.save(update_fields=["starts_on", "ends_on"])
    return school_year


def year_dates(year: int) -> tuple[date, date]:
    """First and last day of a school year when no source says better: 1 September – 31 August (STS)."""
    return date(year, 9, 1), date(year + 1, 8, 31)


def first_monday_of(starts_on: date, year: int) -> date:
    """The Monday from which week masks count: one week of margin, so that a pre-rentrée stays inside the masks."""
    earliest = min(starts_on, year_dates(year)[0]) - timedelta(days=7)
    return earliest - timedelta(days=earliest.weekday())
