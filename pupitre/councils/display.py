"""A student of the council ready to draw. No query, no rule."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Standing
from pupitre.attendance.totals import number_of
from pupitre.councils.charts import spark
from pupitre.councils.queries.facts import ClassFacts, WrittenText
from pupitre.foundation.ui.french import plural
from pupitre.gradebook.queries.results import ClassResults, ClassService, ClassStudent
from pupitre.timetable.display import subject_colour


@dataclass(frozen=True, slots=True)
class ListLine:
    """A student in the list of the class. `tone`: pos, neg or mut, beside a sign that says the same."""

    student: ClassStudent
    average: str
    change: str
    tone: str
    is_missing: bool
    is_seen: bool


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A service of a student. `width` and `mark` place the average and that of the class on a gauge of 200."""

    service: ClassService
    colour: str
    average: str
    class_average: str
    change: str
    width: float
    mark: float
    text: WrittenText
    is_mine: bool
    has_value: bool


@dataclass(frozen=True, slots=True)
class StudentShown:
    """One student: who they are, how they do, what is said of them."""

    student: ClassStudent
    average: str
    change: str
    tone: str
    points: str
    path: Sequence[tuple[str, str]]
    said: str
    subjects: Sequence[SubjectLine]


def lines_of(results: ClassResults, facts: ClassFacts) -> list[ListLine]:
    """The class, by name."""
    return [
        ListLine(
            each,
            results.write(results.general(each.id)),
            results.write_change(change := results.progress(each.id)),
            _tone(change),
            each.id in facts.missing,
            facts.is_seen(each.id),
        )
        for each in results.students
    ]


def shown(
    student: ClassStudent, results: ClassResults, facts: ClassFacts, *, writes: Collection[int] | None, incidents: int | None
) -> StudentShown:  # fmt: skip
    """One student. `writes`: the courses that the reader comments, None for all; `incidents`: None when not theirs to know."""
    change = results.progress(student.id)
    path = results.path(student.id)
    return StudentShown(
        student,
        results.write(results.general(student.id)),
        results.write_change(change),
        _tone(change),
        " ".join(f"{x},{y}" for x, y in spark([value for _label, value in path])),
        [(label, results.write(value)) for label, value in path if value is not None],
        _said(student, facts, incidents),
        [_subject(each, student.id, results, facts.texts, writes) for each in _services(student.id, results, facts)],
    )


def _services(student: int, results: ClassResults, facts: ClassFacts) -> list[ClassService]:
    """Those in which they were marked, and those in which something is written or owed all the same."""
    marked = {each.course for each in results.services_of(student)}
    told = marked | facts.texts.keys() | set(facts.missing.get(student, ()))
    return [each for each in results.services if each.course in told]


def _subject(
    service: ClassService, student: int, results: ClassResults, texts: Mapping[int, WrittenText],
    writes: Collection[int] | None,
) -> SubjectLine:  # fmt: skip
    value = results.average(student, service.course)
    spread = results.spread_in(service.course)
    return SubjectLine(
        service,
        subject_colour(service.code, service.subject),
        results.write(value),
        results.write(spread.mean) if spread else "",
        results.write_change(results.progress_in(student, service.course)),
        _place(value),
        _place(spread.mean if spread else None),
        texts.get(service.course, WrittenText(service.course)),
        writes is None or service.course in writes,
        value is not None,
    )


def _place(value: Fraction | None) -> float:
    return round(float(value or 0) * 10, 1)


def _tone(change: Fraction | None) -> str:
    if not change:
        return "mut"
    return "pos" if change > 0 else "neg"


def _said(student: ClassStudent, facts: ClassFacts, incidents: int | None) -> str:
    """« Déléguée · 2 demi-journées d’absence, 1 sans motif accepté · 1 retard · 1 incident »."""
    said = []
    if student.person in facts.delegates:
        said.append(_("Déléguée") if student.sex == "F" else _("Délégué"))
    said += [_absences(dict(facts.read.half_days))]
    if facts.read.late:
        said.append(plural(facts.read.late, _("retard"), _("retards")))
    if incidents:
        said.append(plural(incidents, _("incident"), _("incidents")))
    return " · ".join(said)


def _absences(half_days: Mapping[int, float]) -> str:
    whole = sum(half_days.values())
    if not whole:
        return _("Aucune absence")
    days = _("demi-journée d’absence") if whole < 2 else _("demi-journées d’absence")
    said = f"{number_of(Fraction(whole))}\N{NO-BREAK SPACE}{days}"
    if waiting := half_days.get(Standing.PENDING):
        said = _("%(days)s, %(n)s en attente") % {"days": said, "n": number_of(Fraction(waiting))}
    if unjustified := half_days.get(Standing.UNJUSTIFIED):
        return _("%(days)s, dont %(n)s sans motif accepté") % {"days": said, "n": number_of(Fraction(unjustified))}
    return said
