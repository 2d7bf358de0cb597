"""The reports of a term, as they stand."""

import datetime as dt

from django.db import connection

from pupitre.establishments.models import Establishment, Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.integrations.lsu import sql
from pupitre.integrations.lsu.booklet import Period
from pupitre.integrations.lsu.drafting import Drafts
from pupitre.integrations.lsu.facts import decode


def drafts_of(term: Term, uai: str, division: int | None = None) -> Drafts:
    """The report of every student of the school, or of a class, as it stands; one statement."""
    facts: dict[str, int | str | dt.date | None] = {
        "school": current_establishment_id(), "uai": uai, "year": term.school_year_id, "term": term.pk,
        "first": term.starts_on, "last": term.ends_on, "day": day_of(term), "division": division,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.TERM, facts)
        return Drafts(decode(cursor.fetchone()[0]))


def day_of(term: Term) -> dt.date:
    """The day that the reports of a term are about: its last one, or today while it goes on."""
    return max(term.starts_on, min(term.ends_on, clock.today()))


def period_of(term: Term, terms: list[Term]) -> Period:
    """Where a term stands in its year, as SIECLE numbers it."""
    same = [each.pk for each in terms if each.school_year_id == term.school_year_id]
    return Period(term.school_year.year, same.index(term.pk) + 1, len(same))


def kind_of_school() -> str:
    """Which booklet the open school has depends on it; one statement."""
    return Establishment.objects.values_list("kind", flat=True).get(pk=current_establishment_id())


def is_lycee() -> bool:
    """Whether the open school has the booklet of the lycée; one statement."""
    return kind_of_school() not in (Establishment.Kind.COLLEGE, Establishment.Kind.ECOLE)
