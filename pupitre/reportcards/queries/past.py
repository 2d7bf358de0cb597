"""Bulletins that another tool gave: those of a student, what one says, and what is known of them already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.directory.names import fold
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.reportcards.models import PastCard, PastResult, PastWhole, ReportCard

PastKey = tuple[int, int, str]
"""A student, a year, a period."""
LATEST_FIRST = ("-year", "-period", "pk")


@dataclass(frozen=True, slots=True)
class PastBulletin:
    """One of them, whole."""

    card: PastCard
    results: Sequence[PastResult]
    whole: PastWhole | None


def past_of(student_id: int) -> QuerySet[PastCard]:
    """Those of a student that families see by now, the latest first, with `value`, the general average; one statement."""
    average = PastWhole.objects.filter(card=OuterRef("pk")).values("value")
    rows = PastCard.objects.filter(student=student_id, published_at__lte=clock.now())
    found: QuerySet[PastCard] = rows.annotate(
        value=Coalesce(Subquery(average[:1]), Value(""), output_field=CharField())
    ).order_by(*LATEST_FIRST)
    return found


def past_bulletin(card: PastCard) -> PastBulletin:
    """What it says; two statements."""
    results = list(PastResult.objects.filter(card=card).order_by("subject", "pk"))
    return PastBulletin(card, results, PastWhole.objects.filter(card=card).first())


@dataclass(frozen=True, slots=True)
class KnownPast:
    """What is here already. `given`: bulletins of ours, by student and term."""

    results: frozenset[tuple[PastKey, str]]
    wholes: frozenset[PastKey]
    given: frozenset[tuple[int, int]]


def past_known(students: Collection[int], terms: Collection[Term]) -> KnownPast:
    """What these students have already; three statements."""
    results = PastResult.objects.filter(card__student__in=students)
    wholes = PastWhole.objects.filter(card__student__in=students)
    keys = ("card__student_id", "card__year", "card__period")
    given = ReportCard.objects.filter(student__in=students, term__in=terms, status=ReportCard.Status.PUBLISHED)
    return KnownPast(
        frozenset(
            ((student, year, period), fold(subject))
            for student, year, period, subject in results.values_list(*keys, "subject")
        ),
        frozenset(wholes.values_list(*keys)),
        frozenset(given.values_list("student_id", "term_id")),
    )
