"""What a school knows today, indexed the way comparisons ask; `knowing.py` reads it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pupitre.directory.models import (
    Affiliation,
    FormTeacher,
    Group,
    Guardianship,
    Membership,
    Person,
    Programme,
    Student,
    Subject,
)
from pupitre.directory.names import fold
from pupitre.directory.profiles import STAFF
from pupitre.establishments.models import Establishment, SchoolYear, Term
from pupitre.integrations.exchange.records import Identity, OutsideId
from pupitre.timetable.models import Classroom, Course, CourseTeacher, TimetableSlot

NameKey = tuple[str, str, dt.date | None]


@dataclass(slots=True)
class Known:
    """The open school, indexed the way comparisons ask. Rows are the models' own; nothing is written through them."""

    establishment: Establishment
    today: dt.date
    year: SchoolYear | None
    people: dict[int, Person] = field(default_factory=dict)
    by_id: dict[OutsideId, list[int]] = field(default_factory=dict)
    # The outside ids of each person, all sources.
    ids_of: dict[int, set[OutsideId]] = field(default_factory=lambda: defaultdict(set))
    # People of this school by folded names and birth date.
    by_name: dict[NameKey, list[int]] = field(default_factory=lambda: defaultdict(list))
    affiliations: dict[tuple[int, str], Affiliation] = field(default_factory=dict)
    schoolings: dict[int, Student] = field(default_factory=dict)  # by person
    memberships: dict[int, list[Membership]] = field(
        default_factory=lambda: defaultdict(list)
    )  # of the year, by student
    # Those of former years that nobody closed, by student.
    former: dict[int, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    guardianships: dict[tuple[int, int], Guardianship] = field(default_factory=dict)  # (student, guardian)
    links_of: dict[int, list[Guardianship]] = field(default_factory=lambda: defaultdict(list))  # by student
    groups: dict[str, Group] = field(default_factory=dict)  # of the year, by code
    group_codes: dict[int, str] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    closures: set[tuple[dt.date, dt.date]] = field(default_factory=set)
    form_teachers: dict[tuple[int, int], FormTeacher] = field(default_factory=dict)  # (group, person)
    classrooms: dict[str, Classroom] = field(default_factory=dict)
    courses: dict[tuple[str, str, str], Course] = field(default_factory=dict)
    course_teachers: dict[int, dict[int, CourseTeacher]] = field(default_factory=lambda: defaultdict(dict))
    slots: dict[int, list[TimetableSlot]] = field(default_factory=lambda: defaultdict(list))  # by course
    group_matches: dict[str, str] = field(default_factory=dict)  # code elsewhere → our code
    # (source, kind, name there) → what the school said it is: a verdict and our value.
    correspondences: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    # Those who are something in another school too, which may say otherwise of them.
    shared: frozenset[int] = frozenset()
    # How many the school has in all, when only some people were read: « students », « links », « staff ».
    totals: dict[str, int] = field(default_factory=dict)
    # What imports last wrote of people, by person and column: somebody changed here what is no longer that.
    written: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is a student here yet."""
        return not (self.totals.get("students") or self.schoolings)

    def person_of(self, outside: OutsideId) -> int | None:
        """The one person who bears an outside id; None when nobody does, or several."""
        found = self.by_id.get(outside, [])
        return found[0] if len(found) == 1 else None

    def staff_named(self, who: Identity) -> list[int]:
        """Those who work here, bear these names, and have no other birth date."""
        keys = {(fold(name), fold(who.first_name)) for name in (who.last_name, who.usage_name) if name}
        return [
            person_id
            for (last, first, birth), people in self.by_name.items()
            if (last, first) in keys and (birth is None or who.birth_date is None)
            for person_id in people
            if any((person_id, profile) in self.affiliations for profile in STAFF)
        ]

    def name_of(self, person_id: int) -> str:
        """« Haddad Yanis, 4e B »: the name as offices read it, with the class."""
        return self.people[person_id].display_name

    def division_of(self, student: Student) -> str:
        """The code of the division a student is in today."""
        for each in self.memberships[student.pk]:
            if each.group.kind == Group.Kind.DIVISION and _holds(each, self.today):
                return each.group.code
        return ""


def _holds(row: Membership, day: dt.date) -> bool:
    return row.ends_on is None or row.ends_on >= day
