"""Everything of a class that its council reads, student by student, for a file that needs no network."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.councils.queries.facts import ClassFacts, facts_of
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.gradebook.queries.results import ClassResults, ClassService, ClassStudent, results_of
from pupitre.reportcards.models import ReportCard, SubjectReport
from pupitre.reportcards.queries.school_life import Missed, missed_by


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
    """The whole class; five statements, whatever its size."""
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
    found, marked = [], {each.course for each in results.services_of(student)}
    for each in results.services:
        text = texts.get((student, each.course), "")
        if each.course in marked or text:
            spread = results.spread_in(each.course)
            found.append(
                (
                    each,
                    results.write(results.average(student, each.course)),
                    results.write(spread.mean) if spread else "",
                    text,
                )
            )
    return found
