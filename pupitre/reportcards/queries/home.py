"""The way in: the courses somebody writes for, the classes they follow, and where each stands in a term."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group, Membership
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, ClassTerm
from pupitre.reportcards.models import ReportCard, SubjectReport
from pupitre.reportcards.queries.places import there_in
from pupitre.timetable.models import Course


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course to write for: texts written, students there, whether anything was assessed."""

    course: Course
    written: int
    expected: int
    is_marked: bool

    @property
    def left(self) -> int:
        """How many are to be written."""
        return max(0, self.expected - self.written)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class to follow: students, and how many bulletins are validated, given."""

    division: Group
    expected: int
    synthesised: int
    validated: int
    published: int
    dates: ClassTerm | None


def courses_to_write(actor: Actor, term: Term) -> list[CourseLine]:
    """The courses of the year that the actor teaches, by class; two statements."""
    today = clock.today()
    texts = SubjectReport.objects.filter(term=term, course=OuterRef("pk")).exclude(text="").order_by()
    rows = Course.objects.select_related("group", "subject").annotate(
        written=Coalesce(Subquery(texts.values("course").annotate(n=Count("pk")).values("n")), 0),
        is_marked=Exists(Assessment.objects.filter(term=term, course=OuterRef("pk"))),
    )
    courses: list[Any] = list(
        allowed(actor, "reportcards.comment_course", rows)
        .filter(ends_on=None, group__school_year__starts_on__lte=today, group__school_year__ends_on__gte=today)
        .order_by("group__label", "subject__label", "pk")
    )
    expected = _expected([each.group_id for each in courses], term)
    return [CourseLine(each, each.written, expected.get(each.group_id, 0), each.is_marked) for each in courses]


def classes_to_follow(actor: Actor, term: Term) -> list[ClassLine]:
    """The classes whose bulletins the actor reads, with where they stand in a term; four statements."""
    divisions = list(allowed(actor, "reportcards.view_class", divisions_of_today()).order_by("label"))
    if not divisions:
        return []
    cards = ReportCard.objects.filter(term=term, division__in=divisions)
    rows = cards.values("division").annotate(
        synthesised=Count("pk", filter=~Q(synthesis="")),
        validated=Count("pk", filter=Q(status=ReportCard.Status.VALIDATED)),
        published=Count("pk", filter=Q(status=ReportCard.Status.PUBLISHED)),
    )
    counts = {row["division"]: Counter({k: v for k, v in row.items() if k != "division"}) for row in rows}
    expected = _expected([each.pk for each in divisions], term)
    dates = {row.division_id: row for row in ClassTerm.objects.filter(term=term, division__in=divisions)}
    lines = []
    for each in divisions:
        held = counts.get(each.pk, Counter())
        lines.append(
            ClassLine(
                each, expected.get(each.pk, 0), held["synthesised"], held["validated"], held["published"],
                dates.get(each.pk),
            )
        )  # fmt: skip
    return lines


def _expected(groups: Sequence[int], term: Term) -> Mapping[int, int]:
    here = Membership.objects.filter(there_in(term), group__in=groups, student__left_on=None)
    return dict(here.values("group").annotate(n=Count("student", distinct=True)).values_list("group", "n"))
