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
    starts = starts_on or date(year, 9, 1)
    # One week of margin, so that a pre-rentrée stays inside the masks.
    earliest = min(starts, date(year, 9, 1)) - timedelta(days=7)
    school_year, created = SchoolYear.objects.get_or_create(
        establishment_id=current_establishment_id(),
        year=year,
        defaults={
            "starts_on": starts,
            "ends_on": ends_on or date(year + 1, 8, 31),
            "first_monday": earliest - timedelta(days=earliest.weekday()),
        },
    )
    if not created and starts_on and ends_on and (school_year.starts_on, school_year.ends_on) != (starts_on, ends_on):
        school_year.starts_on, school_year.ends_on = starts_on, ends_on
        school_year.save(update_fields=["starts_on", "ends_on"])
    return school_year
