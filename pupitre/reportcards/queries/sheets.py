"""The lists in which texts are written: a row a student, with what helps to write beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.attendance.totals import number_of
from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.foundation.ui.french import plural
from pupitre.gradebook.queries.grid import Grid, grid_of
from pupitre.gradebook.rounding import written
from pupitre.reportcards.document import Bulletin
from pupitre.reportcards.models import ReportCard, SubjectReport
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.queries.bulletins import bulletins_of
from pupitre.reportcards.queries.places import Standing, standings_of, students_in
from pupitre.reportcards.queries.school_life import Missed, missed_by
from pupitre.timetable.models import Course


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A student, what is written of them, and facts to write from; `average` is empty where it means nothing."""

    student: Student
    text: str
    version: int
    standing: Standing
    average: str
    facts: Sequence[str]
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everyone, and the class beside."""

    rows: Sequence[SheetRow]
    mean: str

    @property
    def written(self) -> int:
        """How many have a text."""
        return sum(bool(row.text) for row in self.rows)


def sheet_of_course(course: Course, term: Term, terms: Sequence[Term]) -> Sheet:
    """The appreciations of a course, with the averages of the term and of the one before; about five statements."""
    people = list(students_in(course.group_id, term))
    standings = standings_of([each.pk for each in people], term)
    texts = {row.student_id: row for row in SubjectReport.objects.filter(course=course, term=term)}
    grid, before = grid_of(course, term), _before(term, terms)
    earlier = (before.code, grid_of(course, before)) if before else None
    rows = []
    for each in people:
        held = texts.get(each.pk)
        rows.append(
            SheetRow(
                each, held.text if held else "", held.version if held else 0, standings[each.pk],
                _average(grid, each.pk), [f"{earlier[0]} : {_average(earlier[1], each.pk)}"] if earlier else [],
                held.positioning if held else None,
            )
        )  # fmt: skip
    return Sheet(rows, written(grid.spread.mean if grid.spread else None, grid.rounding))


def sheet_of_class(division: Group, term: Term, place: Place) -> Sheet:
    """The line of school life, or the syntheses, of a class; about five statements."""
    people = list(students_in(division.pk, term))
    pks = [each.pk for each in people]
    standings = standings_of(pks, term)
    cards = {row.student_id: row for row in ReportCard.objects.filter(term=term, student__in=pks)}
    if place is Place.SCHOOL_LIFE:
        missed = missed_by(pks, term)
        facts: Mapping[int, Sequence[str]] = {each: missed_words(missed[each]) for each in pks}
        return Sheet(_rows(people, cards, standings, place, {}, facts), "")
    made = {each.student: each for each in bulletins_of(division, term, people=people)}
    facts = {each: _told(made[each]) for each in pks}
    values = {each: made[each].value for each in pks}
    mean = next((each.mean for each in made.values()), "")
    return Sheet(_rows(people, cards, standings, place, values, facts), mean)


def missed_words(missed: Missed) -> list[str]:
    """« 3 demi-journées justifiées », « 1 retard »."""
    return [
        _("absences justifiées : %(n)s") % {"n": number_of(missed.justified)},
        _("non justifiées : %(n)s") % {"n": number_of(missed.unjustified)},
        *([_("en attente : %(n)s") % {"n": number_of(missed.pending)}] if missed.pending else []),
        plural(missed.lates, _("retard"), _("retards")),
    ]


def _rows(
    people: Iterable[Student], cards: Mapping[int, ReportCard], standings: Mapping[int, Standing], place: Place,
    values: Mapping[int, str], facts: Mapping[int, Sequence[str]],
) -> list[SheetRow]:  # fmt: skip
    rows = []
    for each in people:
        card = cards.get(each.pk)
        text = getattr(card, place.value) if card else ""
        version = getattr(card, f"{place.value}_version") if card else 0
        rows.append(SheetRow(each, text, version, standings[each.pk], values.get(each.pk, ""), facts[each.pk]))
    return rows


def _told(made: Bulletin) -> list[str]:
    before = [f"{term} : {value}" for term, value in zip(made.previous_terms, made.previous, strict=True)]
    missing = len(made.missing)
    return [*before, *([plural(missing, _("appréciation manque"), _("appréciations manquent"))] if missing else [])]


def _before(term: Term, terms: Sequence[Term]) -> Term | None:
    """The term just before, in the same year."""
    earlier = [each for each in terms if each.starts_on < term.starts_on]
    return earlier[-1] if earlier else None


def _average(grid: Grid, student: int) -> str:
    return written(grid.value(student), grid.rounding)
