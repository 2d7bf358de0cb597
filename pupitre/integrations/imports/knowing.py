"""Reading what a school knows today, in a dozen statements, for the files to be compared with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
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
from pupitre.establishments.models import Closure, Establishment, SchoolYear, Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.integrations.exchange.records import OutsideId, Reading
from pupitre.integrations.imports.known import Known
from pupitre.integrations.imports.models import Correspondence, ImportJob, JournalEntry, RememberedMatch
from pupitre.integrations.imports.sources import PERSON_FIELDS
from pupitre.timetable.models import Classroom, Course, CourseTeacher, TimetableSlot

_VALUES = 5000  # parameters of one statement, far below what PostgreSQL takes


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
    for said in Correspondence.objects.all():
        known.correspondences[said.source, said.kind, said.outside] = (said.verdict, said.value)
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
    roles = Affiliation.objects.filter(establishment=known.establishment)
    for affiliation in roles:
        known.affiliations[affiliation.person_id, affiliation.profile] = affiliation
    here = roles.values("person")
    known.people = Person.objects.filter(pk__in=here).in_bulk()
    own = len(known.people)
    for row in (*ExternalId.objects.filter(person__in=here), *_elsewhere(said, known.people)):
        outside = OutsideId(row.source, row.namespace, row.value)
        known.by_id.setdefault(outside, []).append(row.person_id)
        known.ids_of[row.person_id].add(outside)
    known.people |= Person.objects.in_bulk([*(known.ids_of.keys() - known.people.keys())])
    elsewhere = Affiliation.objects.filter(Q(ends_on=None) | Q(ends_on__gte=known.today)).exclude(
        establishment=known.establishment
    )
    strangers = [*known.people][own:]
    shared = elsewhere.filter(Q(person__in=here) | Q(person__in=strangers)).values_list("person_id", flat=True)
    known.shared = frozenset(shared.distinct())
    for person_id in [*known.people][:own]:
        person = known.people[person_id]
        for name in {person.last_name, person.usage_name} - {""}:
            known.by_name[fold(name), fold(person.first_name), person.birth_date].append(person_id)


def _elsewhere(said: list[OutsideId], here: Container[int]) -> Iterator[ExternalId]:
    """The ids that a file says and that people of other schools bear; a few thousand values a statement."""
    values: dict[str, set[str]] = defaultdict(set)
    for each in said:
        values[each.source].add(each.value)
    wanted = set(said)
    for source, told in values.items():
        for some in _batched(sorted(told)):
            for row in ExternalId.objects.filter(source=source, value__in=some):
                if row.person_id not in here and OutsideId(row.source, row.namespace, row.value) in wanted:
                    yield row


def _batched(values: list[str]) -> Iterator[list[str]]:
    yield from (values[start : start + _VALUES] for start in range(0, len(values), _VALUES))


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
    for course in Course.objects.filter(group__school_year=known.year).select_related("group", "subject"):
        known.courses[course.group.code, course.subject.code, course.modality] = course
    for teacher in CourseTeacher.objects.filter(course__group__school_year=known.year):
        known.course_teachers[teacher.course_id][teacher.person_id] = teacher
    for slot in TimetableSlot.objects.filter(course__group__school_year=known.year):
        known.slots[slot.course_id].append(slot)
