"""Bulletins that another tool gave: those of a student, what one says, and what is known of them already."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.directory.names import fold
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.reportcards.models import PastCard, PastResult, PastWhole, ReportCard

PastKey = tuple[int, int, str]
"""A student, a year, a period."""
PAST_OF_STUDENT = """(select coalesce(json_agg(json_build_array(pc.id, pc.year, pc.period, pc.origin, coalesce(pw.value, ''),
      coalesce(pw.text, ''), coalesce(pw.mention, '')) order by pc.year desc, pc.period desc), '[]')
    from reportcards_pastcard pc
    left join reportcards_pastwhole pw on pw.establishment_id = %(school)s and pw.card_id = pc.id
    where pc.establishment_id = %(school)s and pc.student_id = %(student)s)"""
"""Those of a student as a `PastTold` each, the latest first: for a room above that reads them in a statement of its own."""
LATEST_FIRST = ("-year", "-period", "pk")


class PastTold(NamedTuple):
    """One of them in a few words, for whoever follows the student; `average` is nothing when the file did not say it."""

    id: int
    year: int
    period: str
    origin: str
    average: str
    text: str
    mention: str

    @property
    def label(self) -> str:
        """« Troisième trimestre 2025-2026 »."""
        return f"{PastCard.Period(self.period).label} {self.year}-{self.year + 1}"


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
    """What is here already. `settled`: bulletins of ours that a council validated, or that were given, by student and term."""

    results: frozenset[tuple[PastKey, str]]
    wholes: frozenset[PastKey]
    settled: Mapping[tuple[int, int], ReportCard.Status]


def past_known(students: Collection[int], terms: Collection[Term]) -> KnownPast:
    """What these students have already; three statements."""
    results = PastResult.objects.filter(card__student__in=students)
    wholes = PastWhole.objects.filter(card__student__in=students)
    keys = ("card__student_id", "card__year", "card__period")
    cards = ReportCard.objects.filter(student__in=students, term__in=terms).exclude(status=ReportCard.Status.DRAFT)
    return KnownPast(
        frozenset(
            ((student, year, period), fold(subject))
            for student, year, period, subject in results.values_list(*keys, "subject")
        ),
        frozenset(wholes.values_list(*keys)),
        {
            (student, term): ReportCard.Status(status)
            for student, term, status in cards.values_list("student_id", "term_id", "status")
        },
    )
