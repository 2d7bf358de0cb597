"""What a school knows today, read in a dozen statements, for the files to be compared with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from pupitre.directory.models import (
    Affiliation,
    ExternalId,
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
from pupitre.establishments.models import Closure, Establishment, SchoolYear, Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.integrations.exchange.records import OutsideId, Reading
from pupitre.integrations.imports.models import RememberedMatch
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
    memberships: dict[int, list[Membership]] = field(default_factory=lambda: defaultdict(list))  # by student
    guardianships: dict[tuple[int, int], Guardianship] = field(default_factory=dict)  # (student, guardian)
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
    skipped: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is a student here yet."""
        return not self.schoolings

    def person_of(self, outside: OutsideId) -> int | None:
        """The one person who bears an outside id; None when nobody does, or several."""
        found = self.by_id.get(outside, [])
        return found[0] if len(found) == 1 else None

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


def know(readings: Iterable[Reading], today: dt.date) -> Known:
    """Everything needed to compare these readings with the open school."""
    readings = list(readings)
    establishment = Establishment.objects.get(pk=current_establishment_id())
    year = max((reading.year for reading in readings if reading.year), default=None)
    school_year = _year_of(year, today)
    known = Known(establishment, today, school_year)
    _people(known, _ids_said(readings))
    _schoolings(known)
    _structures(known)
    _timetable(known)
    for match in RememberedMatch.objects.all():
        if match.kind == "group":
            known.group_matches[match.outside] = match.value
    known.skipped = frozenset(RememberedMatch.objects.filter(kind="skip").values_list("outside", flat=True))
    return known


def _year_of(year: int | None, today: dt.date) -> SchoolYear | None:
    years = SchoolYear.objects.all()
    if year is not None:
        return years.filter(year=year).first()
    return years.filter(starts_on__lte=today, ends_on__gte=today).first() or years.order_by("-year").first()


def _ids_said(readings: list[Reading]) -> list[OutsideId]:
    records = [each for reading in readings
               for each in (*(reading.students or ()), *(reading.guardians or ()), *(reading.staff or ()))]  # fmt: skip
    return [outside for record in records for outside in record.who.ids]


def _people(known: Known, said: list[OutsideId]) -> None:
    """The people of the school, and those elsewhere who bear an id that a file says."""
    for affiliation in Affiliation.objects.filter(establishment=known.establishment):
        known.affiliations[affiliation.person_id, affiliation.profile] = affiliation
    here = {person_id for person_id, _profile in known.affiliations}
    said_ids = Q(source__in={each.source for each in said}, value__in={each.value for each in said})
    rows = (
        ExternalId.objects.filter(Q(person_id__in=here) | said_ids)
        if said
        else ExternalId.objects.filter(person_id__in=here)
    )
    wanted = set(said)
    for row in rows:
        outside = OutsideId(row.source, row.namespace, row.value)
        if row.person_id in here or outside in wanted:
            known.by_id.setdefault(outside, []).append(row.person_id)
            known.ids_of[row.person_id].add(outside)
    known.people = Person.objects.in_bulk([*(here | known.ids_of.keys())])
    for person_id in here:
        person = known.people[person_id]
        for name in {person.last_name, person.usage_name} - {""}:
            known.by_name[fold(name), fold(person.first_name), person.birth_date].append(person_id)


def _schoolings(known: Known) -> None:
    for student in Student.objects.all():
        known.schoolings[student.person_id] = student
    for membership in (
        Membership.objects.filter(group__school_year=known.year).select_related("group") if known.year else ()
    ):
        known.memberships[membership.student_id].append(membership)
    for link in Guardianship.objects.filter(establishment=known.establishment):
        known.guardianships[link.student_id, link.guardian_id] = link


def _structures(known: Known) -> None:
    known.programmes = {each.mef: each for each in Programme.objects.all()}
    known.subjects = {each.code: each for each in Subject.objects.all()}
    known.closures = {(each.starts_on, each.ends_on) for each in Closure.objects.all()}
    if known.year is None:
        return
    known.terms = {each.code: each for each in Term.objects.filter(school_year=known.year)}
    known.groups = {each.code: each for each in Group.objects.filter(school_year=known.year)}
    known.group_codes = {each.pk: each.code for each in known.groups.values()}
    for each in FormTeacher.objects.filter(group__school_year=known.year):
        known.form_teachers[each.group_id, each.person_id] = each


def _timetable(known: Known) -> None:
    known.classrooms = {each.code: each for each in Classroom.objects.all()}
    if known.year is None:
        return
    of_year = Course.objects.filter(group__school_year=known.year).select_related("group", "subject")
    for course in of_year:
        known.courses[course.group.code, course.subject.code, course.modality] = course
    ids = [course.pk for course in known.courses.values()]
    for teacher in CourseTeacher.objects.filter(course__in=ids):
        known.course_teachers[teacher.course_id][teacher.person_id] = teacher
    for slot in TimetableSlot.objects.filter(course__in=ids):
        known.slots[slot.course_id].append(slot)
