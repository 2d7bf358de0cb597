"""What the reports of a booklet refer to, each once, and by which identifier."""

from dataclasses import dataclass, field

from pupitre.integrations.lsu.booklet import (
    Booklet,
    CycleReport,
    Discipline,
    Period,
    Project,
    Pupil,
    Teacher,
    TermReport,
)
from pupitre.integrations.lsu.text import one_line


@dataclass(slots=True)
class References:
    """Dicts keep each once, in the order of the reports; those with values give the identifier."""

    signatories: dict[str, str] = field(default_factory=dict)
    pupils: dict[Pupil, None] = field(default_factory=dict)
    periods: dict[Period, None] = field(default_factory=dict)
    disciplines: dict[Discipline, None] = field(default_factory=dict)
    teachers: dict[Teacher, None] = field(default_factory=dict)
    elements: dict[str, str] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    epis: dict[Project, None] = field(default_factory=dict)
    helps: dict[Project, None] = field(default_factory=dict)


def references_of(booklet: Booklet) -> References:
    """Everything that the reports name."""
    known = References()
    reports: list[TermReport | CycleReport] = [*booklet.terms, *booklet.cycles]
    for report in reports:
        known.signatories.setdefault(report.signatory, f"DIR_{len(known.signatories) + 1}")
        known.pupils[report.pupil] = None
        known.teachers.update(dict.fromkeys(report.form_teachers))
    for term in booklet.terms:
        known.periods[term.period] = None
        for line in term.lines:
            known.disciplines[line.discipline] = None
            known.teachers.update(dict.fromkeys(line.teachers))
            for text in map(one_line, line.elements):
                if text:
                    known.elements.setdefault(text, f"EP_{len(known.elements) + 1}")
        known.epis.update((project, None) for project, _comment in term.epis)
        known.helps.update((project, None) for project, _comment in term.helps)
    for period, _division in booklet.class_paths:
        known.periods[period] = None
    for project in (*known.epis, *known.helps):
        for teacher, discipline in project.lines:
            known.teachers[teacher] = None
            known.disciplines[discipline] = None
    known.themes.update((each.theme, each.theme_label) for each in known.epis if each.theme_label)
    return known


def pupil_id(pupil: Pupil) -> str:
    """« EL_610308 »."""
    return f"EL_{pupil.number}"


def period_id(period: Period) -> str:
    """« P_1_3 »: the first of three."""
    return f"P_{period.index}_{period.count}"


def discipline_id(discipline: Discipline) -> str:
    """« DI_020700S »."""
    return f"DI_{discipline.code}{discipline.mode}"


def teacher_id(teacher: Teacher) -> str:
    """« ENS_epp_71001 »."""
    return f"ENS_{teacher.kind}_{teacher.number}"


def project_id(of: str, project: Project) -> str:
    """« epi_4 »."""
    return f"{of}_{project.key}"


def group_id(of: str, project: Project) -> str:
    """« epi-groupe_4 »."""
    return f"{of}-groupe_{project.key}"
