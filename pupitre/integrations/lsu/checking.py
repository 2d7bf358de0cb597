"""What is missing, or wrong, in the reports of a term: told before the file is made, grouped by the screen that mends it.

A fault that blocks leaves the student out of the file; a remark does not: the LSU takes the report as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.drafting import Draft, DraftLine, Drafts
from pupitre.integrations.lsu.facts import ProjectRow, StaffRow
from pupitre.integrations.lsu.text import clean, one_line


class Screen(StrEnum):
    """Where a fault is mended, in the order in which a school does it."""

    STUDENTS = "students"
    STAFF = "staff"
    DISCIPLINES = "disciplines"
    COURSES = "courses"
    DATES = "dates"
    APPRECIATIONS = "appreciations"
    MARKS = "marks"
    SYNTHESES = "syntheses"
    PROJECTS = "projects"
    SCHOOL_LIFE = "school_life"


class Code(StrEnum):
    """What a fault is."""

    NO_NUMBER = "no_number"
    SAME_NUMBER = "same_number"
    NO_INE = "no_ine"
    NO_LINE = "no_line"
    NO_STS = "no_sts"
    BAD_CODE = "bad_code"
    NO_TEACHER = "no_teacher"
    NOTHING_TOLD = "nothing_told"
    NO_COUNCIL = "no_council"
    NO_APPRECIATION = "no_appreciation"
    LONG_APPRECIATION = "long_appreciation"
    LONG_ELEMENT = "long_element"
    NO_RESULT = "no_result"
    NO_SYNTHESIS = "no_synthesis"
    LONG_SYNTHESIS = "long_synthesis"
    NOT_VALIDATED = "not_validated"
    LONE_PROJECT = "lone_project"
    LONG_PROJECT = "long_project"
    TOO_MANY = "too_many"
    LONG_COMMENT = "long_comment"
    PENDING = "pending"
    NO_CYCLE = "no_cycle"


SCREENS: Mapping[Code, Screen] = {
    Code.NO_NUMBER: Screen.STUDENTS,
    Code.SAME_NUMBER: Screen.STUDENTS,
    Code.NO_INE: Screen.STUDENTS,
    Code.NO_STS: Screen.STAFF,
    Code.BAD_CODE: Screen.DISCIPLINES,
    Code.NO_TEACHER: Screen.COURSES,
    Code.NO_COUNCIL: Screen.DATES,
    Code.NO_LINE: Screen.APPRECIATIONS,
    Code.NOTHING_TOLD: Screen.APPRECIATIONS,
    Code.NO_APPRECIATION: Screen.APPRECIATIONS,
    Code.LONG_APPRECIATION: Screen.APPRECIATIONS,
    Code.LONG_ELEMENT: Screen.APPRECIATIONS,
    Code.NO_RESULT: Screen.MARKS,
    Code.NO_SYNTHESIS: Screen.SYNTHESES,
    Code.LONG_SYNTHESIS: Screen.SYNTHESES,
    Code.NOT_VALIDATED: Screen.SYNTHESES,
    Code.LONE_PROJECT: Screen.PROJECTS,
    Code.LONG_PROJECT: Screen.PROJECTS,
    Code.TOO_MANY: Screen.SCHOOL_LIFE,
    Code.LONG_COMMENT: Screen.SCHOOL_LIFE,
    Code.PENDING: Screen.SCHOOL_LIFE,
    Code.NO_CYCLE: Screen.SYNTHESES,
}
REMARKS = frozenset(
    {
        *(Code.NO_INE, Code.NOTHING_TOLD, Code.NO_APPRECIATION, Code.NO_RESULT),
        *(Code.LONE_PROJECT, Code.LONG_PROJECT, Code.PENDING),
    }
)
"""Those that leave nobody out."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend: `target` is the number of the person, the service, the subject or the class it is about."""

    code: Code
    target: int
    label: str
    is_blocking: bool

    @property
    def screen(self) -> Screen:
        """Where it is mended."""
        return SCREENS[self.code]


@dataclass(frozen=True, slots=True)
class Found:
    """A fault and whose reports it touches, by name; nobody’s in particular when it is about a service."""

    fault: Fault
    students: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Check:
    """The reports that may leave, those that may not and why, and everything to mend by screen."""

    ready: Sequence[Draft]
    blocked: Sequence[tuple[Draft, Sequence[Fault]]]
    screens: Mapping[Screen, Sequence[Found]]

    @property
    def faults(self) -> int:
        """How many things there are to mend."""
        return sum(map(len, self.screens.values()))

    @property
    def only_unvalidated(self) -> int:
        """How many reports nothing stops but the council, which has not validated their bulletin."""
        return sum({each.code for each in stops} == {Code.NOT_VALIDATED} for _draft, stops in self.blocked)


def check(drafts: Drafts, *, takes_unvalidated: bool = False) -> Check:
    """Look at every report of a term. `takes_unvalidated`: the head said that those of which the council has not validated the
    bulletin leave too.
    """
    found: dict[Fault, Found] = {}
    ready, blocked = [], []
    seen: dict[int, int] = {}
    for draft in drafts.all():
        faults = [
            *faults_of(draft, drafts),
            *_unvalidated(draft, stops=not takes_unvalidated),
            *_same_number(draft, seen),
        ]
        for each in dict.fromkeys(faults):
            found.setdefault(each, Found(each)).students.append(draft.pupil.name)
        stops = [each for each in faults if each.is_blocking]
        if stops:
            blocked.append((draft, stops))
        else:
            ready.append(draft)
    for fault in _silent(drafts):
        found[fault] = Found(fault)
    screens = {screen: [each for fault, each in found.items() if fault.screen is screen] for screen in Screen}
    return Check(ready, blocked, {screen: each for screen, each in screens.items() if each})


def faults_of(draft: Draft, drafts: Drafts) -> Iterator[Fault]:
    """What is wrong in the report of one student."""
    pupil, division, card = draft.pupil, draft.division, draft.card
    if not is_number(pupil.number):
        yield _fault(Code.NO_NUMBER, pupil.id, pupil.name)
    if not pupil.ine:
        yield _fault(Code.NO_INE, pupil.id, pupil.name)
    if division.council_on is None:
        yield _fault(Code.NO_COUNCIL, division.id, division.label)
    if not draft.lines:
        yield _fault(Code.NO_LINE, division.id, division.label)
    for line in draft.lines:
        yield from _of_line(line)
    synthesis = clean(card.synthesis) if card else ""
    if not synthesis:
        yield _fault(Code.NO_SYNTHESIS, division.id, division.label)
    elif len(synthesis) > limits.ADVICE:
        yield _fault(Code.LONG_SYNTHESIS, division.id, division.label)
    for project, said in draft.projects:
        yield from _of_project(project, said, drafts)
    if max(draft.life.latenesses, draft.life.justified, draft.life.unjustified) > limits.MOST_HALF_DAYS:
        yield _fault(Code.TOO_MANY, pupil.id, pupil.name)
    if len(clean(draft.life.comment)) > limits.COMMENT:
        yield _fault(Code.LONG_COMMENT, division.id, division.label)
    if draft.pending:
        yield _fault(Code.PENDING, pupil.id, pupil.name)


def _unvalidated(draft: Draft, *, stops: bool) -> Iterator[Fault]:
    if draft.card is None or draft.card.status == "draft":
        yield Fault(Code.NOT_VALIDATED, draft.division.id, draft.division.label, is_blocking=stops)


def _of_line(line: DraftLine) -> Iterator[Fault]:
    course = line.courses[0]
    if not is_code(line.discipline.code):
        yield _fault(Code.BAD_CODE, course.subject, course.label)
    if not line.teachers:
        yield _fault(Code.NO_TEACHER, course.id, course.label)
    numbered = [each for each in line.teachers if has_number(each)]
    for each in line.teachers:
        if not has_number(each):
            # A line whose other teacher is known is told under their name.
            yield Fault(Code.NO_STS, each.id, each.name, is_blocking=not numbered)
    appreciation = clean(line.appreciation)
    if not appreciation:
        yield _fault(Code.NO_APPRECIATION, course.id, course.label)
    elif len(appreciation) > limits.APPRECIATION:
        yield _fault(Code.LONG_APPRECIATION, course.id, course.label)
    if any(len(one_line(each)) > limits.ELEMENT for each in line.elements):
        yield _fault(Code.LONG_ELEMENT, course.id, course.label)
    if not line.average and line.level is None:
        yield _fault(Code.NO_RESULT, course.id, course.label)


def _of_project(project: ProjectRow, said: str, drafts: Drafts) -> Iterator[Fault]:
    if not can_be_told(project, drafts):
        yield _fault(Code.LONE_PROJECT, project.division, project.title)
    if max(len(clean(project.text)), len(clean(said))) > limits.COMMENT or len(one_line(project.title)) > limits.TITLE:
        yield _fault(Code.LONG_PROJECT, project.division, project.title)


def can_be_told(project: ProjectRow, drafts: Drafts) -> bool:
    """Whether the LSU takes a project: two disciplines for an EPI, one for a personal help, each taught by somebody known."""
    if project.kind in limits.PATHS:
        return True
    courses = drafts.courses_of_projects.get(project.id, [])
    known = {
        drafts.discipline_of(each)
        for each in courses
        if is_code(drafts.discipline_of(each).code)
        and any(has_number(drafts.staff[who]) for who in drafts.teachers.get(each.id, ()) if who in drafts.staff)
    }
    return len(known) >= (2 if project.kind == "EPI" else 1)


def _same_number(draft: Draft, seen: dict[int, int]) -> Iterator[Fault]:
    number = draft.pupil.number
    if number and is_number(number) and seen.setdefault(int(number), draft.pupil.id) != draft.pupil.id:
        yield _fault(Code.SAME_NUMBER, draft.pupil.id, draft.pupil.name)


def _silent(drafts: Drafts) -> Iterator[Fault]:
    """Services of which nothing is told in the term: they are left out of every report."""
    taught = {pupil.division for pupil in drafts.facts.pupils}
    for course in drafts.facts.courses:
        if course.group in taught and course.id not in drafts.told:
            yield _fault(Code.NOTHING_TOLD, course.id, f"{course.label}, {drafts.divisions[course.group].label}")


def is_number(text: str | None) -> bool:
    """Whether an identifier is the whole number that the LSU takes."""
    return bool(text) and text is not None and text.isascii() and text.isdigit() and int(text) > 0


def is_code(code: str) -> bool:
    """Whether a code is one of the national nomenclature: six letters or digits."""
    return len(code) == 6 and code.isascii() and code.isalnum()


def has_number(who: StaffRow) -> bool:
    """Whether STSWeb numbers somebody."""
    return is_number(who.epp) or is_number(who.local)


def _fault(code: Code, target: int, label: str) -> Fault:
    return Fault(code, target, label, is_blocking=code not in REMARKS)
