"""The terms of the year, and which one a page is about."""

from collections.abc import Sequence

from pupitre.establishments.models import Term
from pupitre.foundation import clock


def terms_of_year() -> list[Term]:
    """The terms of the current school year, in order; one statement."""
    today = clock.today()
    rows = Term.objects.filter(school_year__starts_on__lte=today, school_year__ends_on__gte=today)
    return list(rows.select_related("school_year").order_by("starts_on"))


def term_asked(terms: Sequence[Term], asked: str) -> Term | None:
    """The term asked for, else the one going on, else the last that began, else the first."""
    today = clock.today()
    begun = [each for each in terms if each.starts_on <= today]
    usual = begun[-1] if begun else next(iter(terms), None)
    return next((each for each in terms if str(each.pk) == asked), usual)
