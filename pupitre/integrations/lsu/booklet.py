"""What a file of the LSU tells, in frozen records: nothing of Django, nothing of XML.

Names follow the schema of the second degree (`urn:fr:edu:scolarite:lsun:bilans:import`): a report of a term is a « bilan
périodique », that of a cycle a « bilan de fin de cycle ». Texts are as people typed them; `writer.py` cleans them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Header:
    """Who writes the file, and for which school."""

    uai: str
    version: str = "7.0"
    editor: str = "Pupitre"
    application: str = "Pupitre"
    application_version: str = ""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student. `number`: SIECLE ELEVE_ID; `division`: the code of the class in SIECLE."""

    number: int
    last_name: str
    first_name: str
    division: str


@dataclass(frozen=True, slots=True)
class Period:
    """A term of a school year: `year` is the first calendar one, `index` goes from 1 to `count`."""

    year: int
    index: int
    count: int


@dataclass(frozen=True, slots=True)
class Discipline:
    """A subject as a student takes it: national code of six characters, and how it was chosen (S, O, F, L, R, X, D)."""

    code: str
    mode: str
    label: str


@dataclass(frozen=True, slots=True)
class Teacher:
    """Whoever teaches: `kind` « epp » (academy) or « local », and the number that STSWeb gives them."""

    kind: str
    number: int
    civility: str
    last_name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A subject in the report of a student. Averages are written (« 12,5 »); without one, the student has no mark."""

    discipline: Discipline
    teachers: Sequence[Teacher]
    elements: Sequence[str] = ()
    average: str = ""
    class_average: str = ""
    level: int | None = None
    appreciation: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """An EPI or a personal help (AP) of some students: its disciplines, who leads it, what is said of it to all.

    `theme` is the code of an EPI, with its words; an AP has none.
    """

    key: int
    title: str
    lines: tuple[tuple[Teacher, Discipline], ...]
    comment: str = ""
    theme: str = ""
    theme_label: str = ""

    @property
    def disciplines(self) -> Sequence[Discipline]:
        """Its disciplines, each once."""
        return tuple(dict.fromkeys(discipline for _teacher, discipline in self.lines))


@dataclass(frozen=True, slots=True)
class SchoolLife:
    """Half-days and latenesses of the term; each from 0 to 999."""

    latenesses: int = 0
    justified: int = 0
    unjustified: int = 0
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Responsible:
    """A guardian. `rank`: 1 and 2 are the two legal ones."""

    civility: str
    last_name: str
    first_name: str
    rank: int
    relation: str = ""


@dataclass(frozen=True, slots=True)
class TermReport:
    """The report of a student for a term (bilan périodique)."""

    pupil: Pupil
    period: Period
    council_on: dt.date
    schooled_on: dt.date
    signatory: str
    lines: Sequence[Line]
    advice: str
    life: SchoolLife
    locked_at: dt.datetime | None = None
    form_teachers: Sequence[Teacher] = ()
    epis: Sequence[tuple[Project, str]] = ()
    helps: Sequence[tuple[Project, str]] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    supports: Mapping[str, str] = field(default_factory=dict)
    homework_help: str = ""
    responsibles: Sequence[Responsible] = ()


@dataclass(frozen=True, slots=True)
class CycleReport:
    """The report at the end of a cycle (3 in 6e, 4 in 3e): eight components from 0 (exempt) to 4, a synthesis."""

    pupil: Pupil
    cycle: int
    year: int
    made_on: dt.date
    signatory: str
    levels: Mapping[str, int]
    synthesis: str
    complement: str = ""
    complement_level: int | None = None
    language: str = ""
    language_level: int | None = None
    form_teachers: Sequence[Teacher] = ()
    responsibles: Sequence[Responsible] = ()


@dataclass(frozen=True, slots=True)
class Booklet:
    """Everything of one file."""

    header: Header
    terms: Sequence[TermReport] = ()
    cycles: Sequence[CycleReport] = ()
    class_paths: Mapping[tuple[Period, str], Mapping[str, str]] = field(default_factory=dict)
    """By term and class, what is said to all of a path (« PAR_CIT »)."""
