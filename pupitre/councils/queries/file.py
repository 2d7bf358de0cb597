"""Everything of a class that its council reads, student by student, for a file that needs no network."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import AbsenceEntry, CountedHalfDay
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.councils.queries.facts import ClassFacts, facts_of
from pupitre.councils.queries.results import ClassResults, ClassService, ClassStudent, results_of
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.reportcards.models import ReportCard, SubjectReport


@dataclass(frozen=True, slots=True)
class Missed:
    """Half-days of a student in the term, by the rule of the school; latenesses."""

    half_days: float = 0
    unjustified: float = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One student: averages are written, `subjects` holds the service, the average, that of the class and the appreciation."""

    student: ClassStudent
    average: str
    change: str
    subjects: Sequence[tuple[ClassService, str, str, str]]
    missed: Missed
    card: ReportCard | None


@dataclass(frozen=True, slots=True)
class CouncilFile:
    """The class and its students."""

    facts: ClassFacts
    results: ClassResults
    sheets: Sequence[Sheet]


def sheets_of(division: Group, term: Term) -> CouncilFile:
    """The whole class; seven statements, whatever its size."""
    results, facts = results_of(division, term), facts_of(division, term)
    numbers = [each.id for each in results.students]
    cards = {
        each.student_id: each
        for each in ReportCard.objects.filter(term=term, student__in=numbers).select_related("mention")
    }
    rows = SubjectReport.objects.filter(term=term, student__in=numbers)
    texts = {(student, course): text for student, course, text in rows.values_list("student_id", "course_id", "text")}
    missed = missed_by(numbers, term)
    sheets = [
        Sheet(
            each,
            results.write(results.general(each.id)),
            results.write_change(results.progress(each.id)),
            _subjects(each.id, results, texts),
            missed[each.id],
            cards.get(each.id),
        )
        for each in results.students
    ]
    return CouncilFile(facts, results, sheets)


def _subjects(
    student: int, results: ClassResults, texts: dict[tuple[int, int], str]
) -> list[tuple[ClassService, str, str, str]]:
    found = []
    for each in results.services:
        key = (student, each.course, results.term)
        text = texts.get((student, each.course), "")
        if key in results.averages or text:
            spread = results.spread_in(each.course)
            found.append(
                (each, results.write(results.averages.get(key)), results.write(spread.mean) if spread else "", text)
            )
    return found


def missed_by(students: Collection[int], term: Term) -> Mapping[int, Missed]:
    """What each of these students missed in a term; three statements."""
    days = (term.starts_on, term.ends_on)
    counted = CountedHalfDay.objects.filter(student__in=students, missed_on__range=days)
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for student, standing, total in (
        counted.values_list("student_id", "standing").annotate(total=Sum(rules_of_school().method)).order_by()
    ):
        sums[student][standing] = float(total)
    entries = AbsenceEntry.objects.filter(
        student__in=students, kind=AbsenceEntry.Kind.LATENESS, cancelled_at=None, away_on__range=days
    )
    late = dict(entries.values_list("student_id").annotate(n=Count("pk")).order_by())
    return {
        each: Missed(sum(sums[each].values()), sums[each].get(Standing.UNJUSTIFIED, 0), late.get(each, 0))
        for each in students
    }
