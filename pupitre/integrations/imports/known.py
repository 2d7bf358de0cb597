"""What a school knows today, read in a dozen statements, for the files to be compared with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

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
from pupitre.directory.profiles import STAFF
from pupitre.establishments.models import Closure, Establishment, SchoolYear, Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.integrations.exchange.records import Identity, OutsideId, Reading
from pupitre.integrations.imports.models import ImportJob, JournalEntry, RememberedMatch
from pupitre.integrations.imports.sources import PERSON_FIELDS
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
    skipped: frozenset[str] = frozenset()
    # Those who are something in another school too, which may say otherwise of them.
    shared: frozenset[int] = frozenset()
    # What imports last wrote of people, by person and column: somebody changed here what is no longer that.
    written: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is a student here yet."""
        return not self.schoolings

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
    known.written = written_of_people()
    known.skipped = frozenset(RememberedMatch.objects.filter(kind="skip").values_list("outside", flat=True))
    return known


def written_of_people() -> dict[int, dict[str, Any]]:
    """What the applied imports of the school last wrote of people, column by column."""
    entries = JournalEntry.objects.filter(job__state=ImportJob.State.APPLIED, table=Person._meta.label)
    written: dict[int, dict[str, Any]] = defaultdict(dict)
    for rows in entries.order_by("job__applied_at", "job", "number").values_list("rows", flat=True).iterator():
        for pk, _before, after in rows:
            written[pk] |= {name: _value(name, said) for name, said in (after or {}).items() if name in PERSON_FIELDS}
    return written


def _value(name: str, said: Any) -> Any:
    """A value of the journal as the model holds it: dates have been through JSON."""
    return dt.date.fromisoformat(said) if name == "birth_date" and said else said


def _year_of(year: int | None, today: dt.date) -> SchoolYear | None:
    years = SchoolYear.objects.all()
    if year is not None:
        return years.filter(year=year).first()
    return years.filter(starts_on__lte=today, ends_on__gte=today).first() or years.order_by("-year").first()


def _ids_said(readings: list[Reading]) -> list[OutsideId]:
    records = [each for reading in readings
               for each in (*(reading.students or ()), *(reading.guardians or ()), *(reading.staff or ()))]  # fmt: skip
    aside = [outside for reading in readings for outside in reading.aside]
    return [*(outside for record in records for outside in record.who.ids), *aside]


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
    elsewhere = Affiliation.objects.filter(Q(ends_on=None) | Q(ends_on__gte=known.today), person__in=known.people)
    known.shared = frozenset(
        elsewhere.exclude(establishment=known.establishment).values_list("person_id", flat=True).distinct()
    )
    for person_id in here:
        person = known.people[person_id]
        for name in {person.last_name, person.usage_name} - {""}:
            known.by_name[fold(name), fold(person.first_name), person.birth_date].append(person_id)


def _schoolings(known: Known) -> None:
    for student in Student.objects.all():
        known.schoolings[student.person_id] = student
    year = known.year.pk if known.year else None
    of_year = Q(group__school_year=year) | Q(ends_on=None)
    for membership in Membership.objects.filter(of_year).select_related("group"):
        held = known.memberships if membership.group.school_year_id == year else known.former
        held[membership.student_id].append(membership)
    for link in Guardianship.objects.filter(establishment=known.establishment):
        known.guardianships[link.student_id, link.guardian_id] = link
        known.links_of[link.student_id].append(link)


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
