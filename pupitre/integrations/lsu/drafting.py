"""From the facts of a term to the report of each student as it stands, complete or not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TypeVar

from pupitre.attendance.half_days import Method, Standing
from pupitre.gradebook.averages import Option, Part, mean_of
from pupitre.gradebook.mastery import positioning
from pupitre.gradebook.queries.class_averages import ClassAverages, Test
from pupitre.gradebook.rounding import Direction, Rounding, written
from pupitre.gradebook.statistics import Spread
from pupitre.integrations.lsu.booklet import Discipline, SchoolLife
from pupitre.integrations.lsu.facts import (
    CardRow,
    CourseRow,
    DivisionRow,
    GuardianRow,
    ProjectRow,
    PupilRow,
    StaffRow,
    TermFacts,
)
from pupitre.integrations.lsu.modes import supposed_mode

K = TypeVar("K")
V = TypeVar("V")
_TERM = 0
_PLACES = {Standing.JUSTIFIED: 0, Standing.UNJUSTIFIED: 1, Standing.PENDING: 2}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A subject of a student: the services that make it, nearly always one. Averages are written, « » without one."""

    courses: Sequence[CourseRow]
    discipline: Discipline
    teachers: Sequence[StaffRow]
    elements: Sequence[str]
    average: str
    class_average: str
    level: int | None
    appreciation: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The report of a student as it stands."""

    pupil: PupilRow
    division: DivisionRow
    lines: Sequence[DraftLine]
    card: CardRow | None
    life: SchoolLife
    pending: int
    """Half-days whose reason is still awaited: as on the bulletin, neither justified nor unjustified."""
    form_teachers: Sequence[StaffRow]
    guardians: Sequence[GuardianRow]
    projects: Sequence[tuple[ProjectRow, str]]
    """Those of the class, with what is said of the student."""


class Drafts:
    """The reports of a term."""

    def __init__(self, facts: TermFacts) -> None:
        self.facts = facts
        self.staff = {each.id: each for each in facts.staff}
        self.divisions = {each.id: each for each in facts.divisions}
        self._courses = {each.id: each for each in facts.courses}
        direction, step = facts.rules or (Direction.NEAREST, 10)
        self._rounding = Rounding(Direction(direction), step)
        self._class_averages: dict[tuple[int, ...], str] = {}

    def all(self) -> list[Draft]:
        """Each student’s, by class then by name."""
        return [self._draft(pupil) for pupil in self.facts.pupils]

    def places(self) -> list[tuple[PupilRow, DivisionRow]]:
        """The students, by class then by name, and their class."""
        return [(pupil, self.divisions[pupil.division]) for pupil in self.facts.pupils]

    def _draft(self, pupil: PupilRow) -> Draft:
        return Draft(
            pupil=pupil,
            division=self.divisions[pupil.division],
            lines=list(self._lines(pupil.id)),
            card=self._cards.get(pupil.id),
            life=self._life(pupil.id),
            pending=self._half_days.get(pupil.id, (0, 0, 0))[2],
            form_teachers=self._form_teachers.get(pupil.division, ()),
            guardians=self._guardians.get(pupil.id, ()),
            projects=[(each, self._said.get((each.id, pupil.id), "")) for each in self._projects[pupil.division]],
        )

    def _lines(self, student: int) -> Iterator[DraftLine]:
        """A line for each discipline; services of the same one make one line, since the LSU knows no other."""
        same: dict[tuple[str, str], list[CourseRow]] = defaultdict(list)
        for group in self._groups.get(student, ()):
            for course in self._by_group.get(group, ()):
                if course.id in self.told or (course.id, student) in self._reports:
                    discipline = self.discipline_of(course)
                    same[discipline.code, discipline.mode].append(course)
        for courses in same.values():
            yield self._line(student, courses)

    def _line(self, student: int, courses: Sequence[CourseRow]) -> DraftLine:
        teachers = dict.fromkeys(who for each in courses for who in self.teachers.get(each.id, ()))
        reports = [self._reports.get((each.id, student), ("", None)) for each in courses]
        own = [self._averages.value(each.id, _TERM, student) for each in courses]
        levels = [level for _text, level in reports if level] or self._levels_of(student, courses)
        return DraftLine(
            courses=courses,
            discipline=self.discipline_of(courses[0]),
            teachers=[self.staff[who] for who in teachers if who in self.staff],
            elements=[text for each in courses for text in self._elements.get(each.id, ())],
            average=self._written(own),
            class_average=self._class_average(tuple(each.id for each in courses)),
            level=positioning(levels),
            appreciation="\n".join(text for text, _level in reports if text),
        )

    def _class_average(self, courses: tuple[int, ...]) -> str:
        """The same for a whole class: written once."""
        if courses not in self._class_averages:
            spreads = [self.spread_of(each) for each in courses]
            self._class_averages[courses] = self._written([each.mean if each else None for each in spreads])
        return self._class_averages[courses]

    def _written(self, values: Sequence[Fraction | None]) -> str:
        value = values[0] if len(values) == 1 else mean_of(Part(each) for each in values)
        return "" if value is None else written(value, self._rounding)

    def _levels_of(self, student: int, courses: Sequence[CourseRow]) -> list[int]:
        return [level for each in courses for level in self._levels.get((each.id, student), ())]

    def discipline_of(self, course: CourseRow) -> Discipline:
        """The discipline of a service: what the school said, else what is supposed of its code."""
        mode, code = self._modes.get(course.subject, ("", ""))
        code = code or course.code
        label = course.label if len(course.label) <= 40 or not course.short_label else course.short_label
        # One label for a code and a mode: the LSU takes no second.
        return self._met.setdefault(
            (code, mode or supposed_mode(code)), Discipline(code, mode or supposed_mode(code), label)
        )

    @cached_property
    def _met(self) -> dict[tuple[str, str], Discipline]:
        return {}

    @cached_property
    def _modes(self) -> dict[int, tuple[str, str]]:
        return {subject: (mode, code) for subject, mode, code in self.facts.modes}

    @cached_property
    def told(self) -> set[int]:
        """The services of which something is told in the term: an assessment, an average taken over, an element, an
        appreciation.
        """
        return {
            *(course for course, _student, _value, _tool in self.facts.taken if course is not None),
            *(each.course for each in self.facts.assessments), *(course for course, _label in self.facts.elements),
            *(course for course, _student, text, level in self.facts.reports if text or level),
        }  # fmt: skip

    @cached_property
    def teachers(self) -> dict[int, list[int]]:
        """By service, who teaches it."""
        return _grouped(self.facts.teachers)

    @cached_property
    def _groups(self) -> dict[int, list[int]]:
        return _grouped((student, group) for group, student in self.facts.members)

    @cached_property
    def _by_group(self) -> dict[int, list[CourseRow]]:
        return _grouped((each.group, each) for each in self.facts.courses)

    @cached_property
    def _reports(self) -> dict[tuple[int, int], tuple[str, int | None]]:
        return {
            (course, student): (text, level)
            for course, student, text, level in self.facts.reports
            if text or level
        }  # fmt: skip

    @cached_property
    def _elements(self) -> dict[int, list[str]]:
        return _grouped(self.facts.elements)

    @cached_property
    def _levels(self) -> dict[tuple[int, int], list[int]]:
        return _grouped(((course, student), level) for course, student, level in self.facts.levels)

    @cached_property
    def _cards(self) -> dict[int, CardRow]:
        return {each.student: each for each in self.facts.cards}

    @cached_property
    def _form_teachers(self) -> dict[int, list[StaffRow]]:
        pairs = self.facts.form_teachers
        return _grouped((division, self.staff[who]) for division, who in pairs if who in self.staff)

    @cached_property
    def _guardians(self) -> dict[int, list[GuardianRow]]:
        return _grouped((each.student, each) for each in self.facts.guardians)

    @cached_property
    def _projects(self) -> dict[int, list[ProjectRow]]:
        return defaultdict(list, _grouped((each.division, each) for each in self.facts.projects))

    @cached_property
    def _said(self) -> dict[tuple[int, int], str]:
        return {(project, student): text for project, student, text in self.facts.project_reports}

    @cached_property
    def courses_of_projects(self) -> dict[int, list[CourseRow]]:
        """By project, the services that take part in it."""
        pairs = self.facts.project_courses
        return _grouped((project, self._courses[course]) for project, course in pairs if course in self._courses)

    @cached_property
    def _averages(self) -> ClassAverages:
        """Those of the bulletins: what was set by hand, else taken over, stands before what is computed. One term is read, which
        needs no name.
        """
        facts = self.facts
        return ClassAverages(
            tests=(
                Test(a.id, a.course, _TERM, None, a.part, a.scale, a.coefficient, a.is_brought, Option(a.option))
                for a in facts.assessments
            ),
            marks=facts.marks, parts=((course, part, weight) for part, course, weight in facts.parts), weights=(),
            finals=((course, _TERM, student, value) for course, student, value in facts.finals),
            taken=((course, _TERM, student, value, tool) for course, student, value, tool in facts.taken),
        )  # fmt: skip

    def spread_of(self, course: int) -> Spread | None:
        """A service in a few numbers; None when nobody has an average."""
        return self._averages.spread(course, _TERM)

    def write(self, value: Fraction) -> str:
        """An average as the school writes it."""
        return written(value, self._rounding)

    @cached_property
    def groups(self) -> dict[int, str]:
        """The names of the classes; a group of several has none here."""
        return {each.id: each.label for each in self.facts.divisions}

    def _life(self, student: int) -> SchoolLife:
        justified, unjustified, _pending = self._half_days.get(student, (0, 0, 0))
        card = self._cards.get(student)
        return SchoolLife(
            self._latenesses.get(student, 0), justified, unjustified, card.school_life if card else ""
        )  # fmt: skip

    @cached_property
    def _latenesses(self) -> Mapping[int, int]:
        return dict(self.facts.latenesses)

    @cached_property
    def _half_days(self) -> Mapping[int, tuple[int, int, int]]:
        """Justified, not, and waiting for a reason, by the rule of the school, whole."""
        method = self.facts.method or Method.BY_LESSON
        sums: dict[int, list[Fraction]] = defaultdict(lambda: [Fraction(), Fraction(), Fraction()])
        for each in self.facts.half_days:
            worth = {Method.GROSS: each.gross, Method.BY_LESSON: each.by_lesson}.get(Method(method))
            value = Fraction(each.computed, 10000) if worth is None else Fraction(worth)
            sums[each.student][_PLACES[Standing(each.standing)]] += value
        return {student: (_whole(one), _whole(two), ceil(three)) for student, (one, two, three) in sums.items()}


def _whole(value: Fraction) -> int:
    """The nearest whole number, a half upwards: the LSU takes no other."""
    return int(value + Fraction(1, 2))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
