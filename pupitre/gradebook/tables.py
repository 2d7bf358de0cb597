"""A grid as a table for a spreadsheet."""

from django.utils.translation import gettext as _

from pupitre.establishments.models import Term
from pupitre.foundation.spreadsheets import Cell, Sheet
from pupitre.gradebook.queries.grid import Grid, GridMark
from pupitre.gradebook.rounding import written
from pupitre.timetable.models import Course


def sheet_of(course: Course, term: Term, grid: Grid) -> Sheet:
    """One line a student: marks as numbers, words as they are written, and the average as the school writes it."""
    head: list[Cell] = [_("Élève"), *(each.title for each in grid.assessments), _("Moyenne")]
    facts: list[list[Cell]] = [
        [_("Date"), *(f"{each.held_on:%d/%m/%Y}" for each in grid.assessments), ""],
        [_("Barème"), *(each.scale for each in grid.assessments), ""],
        [_("Coefficient"), *(each.coefficient / 100 for each in grid.assessments), ""],
    ]
    rows: list[list[Cell]] = [
        [
            student.name,
            *(_worth(grid.cells.get((each.id, student.id))) for each in grid.assessments),
            written(grid.value(student.id), grid.rounding),
        ]
        for student in grid.students
    ]
    title = f"{course.group.label} {course.subject.label} {term.code}"
    return title, [head, *facts, *rows]


def _worth(mark: GridMark | None) -> Cell:
    if mark is None:
        return ""
    return mark.text if mark.points is None else mark.points / 100
