"""The words of the demo region: schools, people, groups, lessons. No file format here, no Django."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from demo import identifiers
from demo.calendar import SchoolCalendar
from demo.teaching.programme import Level


@dataclass(frozen=True, slots=True)
class School:
    """A school and its offers. `nature` and `sigle` are the national ones; `kind` is ours."""

    uai: str
    name: str
    short_name: str
    kind: str
    nature: str
    sigle: str
    principal_name: str
    complement: str
    street: str
    town: str
    postcode: str
    levels: tuple[Level, ...]
    rank: int
    # Grid of lessons: marking periods (T terms, S semesters), and whether SIECLE knows the school.
    periods: str = "T"
    in_siecle: bool = True

    def level_of(self, division: str) -> Level:
        return next(level for level in self.levels if division in level.divisions)

    @property
    def divisions(self) -> tuple[str, ...]:
        return tuple(division for level in self.levels for division in level.divisions)


@dataclass(frozen=True, slots=True)
class Home:
    """An address."""

    key: int
    line: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class Adult:
    """A responsible adult, or the child welfare service."""

    key: int
    sex: str
    last_name: str
    first_name: str
    home: Home | None
    usage_name: str = ""
    email: str = ""
    mobile: str = ""
    phone: str = ""
    accepts_sms: bool = True
    profession: str = "99"
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What an adult is to a child: SIECLE level (1 legal, 2 in charge, 3 contact) and relation code."""

    adult: Adult
    level: int
    relation: str
    pays_fees: bool = False
    lodges: bool = True
    contact_first: bool = False


@dataclass(slots=True)
class Student:
    """A student; division, choices and groups are filled in once the school is composed."""

    key: int
    uai: str
    level: str
    sex: str
    last_name: str
    first_name: str
    other_names: tuple[str, ...]
    birth_date: date
    home: Home
    links: tuple[Link, ...]
    usage_name: str = ""
    birth_town: str = ""  # abroad
    repeats: bool = False
    left_on: date | None = None
    regime: str = "0"
    division: str = ""
    choices: frozenset[str] = frozenset()
    groups: list[str] = field(default_factory=list)

    @property
    def ine(self) -> str:
        return identifiers.ine(self.key)


@dataclass(frozen=True, slots=True)
class Group:
    """A group taught apart: drawn from one division (part) or several; its subject, when it has but one."""

    code: str
    label: str
    divisions: tuple[str, ...]
    members: tuple[int, ...]


@dataclass(slots=True)
class Staff:
    """Someone who works in one or several schools. `kind` is the STS type (epp, local)."""

    id: int
    sex: str
    last_name: str
    first_name: str
    birth_date: date | None
    function: str  # ENS, DIR, EDU, DOC, AED, ADF
    trade: str = ""
    birth_name: str = ""
    kind: str = "epp"
    # Hours to give in each school; half-days kept for it (1m: Monday morning, 1a: afternoon), all when absent.
    hours: dict[str, float] = field(default_factory=dict)
    half_days: dict[str, frozenset[str]] = field(default_factory=dict)
    room: str = ""
    head_of: list[tuple[str, str]] = field(default_factory=list)  # (uai, division)


@dataclass(frozen=True, slots=True)
class Service:
    """A subject taught to a division or a group by one teacher."""

    group: str
    subject: str
    teacher: int
    hours: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """A weekly lesson as placed: weekday from 1, minutes from midnight; week H (every), Q1 (A) or Q2 (B)."""

    group: str
    subject: str
    teacher: int
    week: str
    weekday: int
    start: int
    minutes: int
    room: str


@dataclass(frozen=True, slots=True)
class SchoolLife:
    """A school in its year: everything the national files tell about it."""

    school: School
    calendar: SchoolCalendar
    students: tuple[Student, ...]
    groups: tuple[Group, ...]
    staff: tuple[Staff, ...]
    services: tuple[Service, ...]
    lessons: tuple[Lesson, ...]
    rooms: tuple[str, ...]

    @property
    def links(self) -> Iterator[tuple[Student, Link]]:
        for student in self.students:
            for link in student.links:
                yield student, link

    @property
    def adults(self) -> tuple[Adult, ...]:
        """Every adult linked to a student of this school, once."""
        return tuple({link.adult.key: link.adult for _student, link in self.links}.values())

    def size_of(self, division: str) -> int:
        return sum(student.division == division for student in self.students)


@dataclass(frozen=True, slots=True)
class Region:
    """The schools of the region in a school year."""

    year: int
    schools: tuple[SchoolLife, ...]

    def school(self, uai: str) -> SchoolLife:
        return next(life for life in self.schools if life.school.uai == uai)
