"""Reading what a school knows today, in a dozen statements, for the files to be compared with."""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import F, Func, JSONField, Q, QuerySet
from django.db.models.functions import Lower

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
from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.models import Closure, Establishment, SchoolYear, Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.integrations.exchange.records import OutsideId, Reading
from pupitre.integrations.imports.known import Known
from pupitre.integrations.imports.models import Correspondence, ImportJob, JournalEntry, RememberedMatch
from pupitre.integrations.imports.sources import PERSON_FIELDS
from pupitre.timetable.models import Classroom, Course, CourseTeacher, TimetableSlot

# A reading that speaks of fewer than one in so many is compared with those it may speak of, and nobody else.
_FEW = 4
_VALUES = 5000  # parameters of one statement, far below what PostgreSQL takes


def know(readings: Iterable[Reading], today: dt.date) -> Known:
    """Everything needed to compare these readings with the open school."""
    readings = list(readings)
    establishment = Establishment.objects.get(pk=current_establishment_id())
    year = max((reading.year for reading in readings if reading.year), default=None)
    school_year = _year_of(year, today)
    known = Known(establishment, today, school_year)
    bearers = bearers_of(_ids_said(readings))
    people = few_of(readings, establishment, bearers)
    _people(known, bearers, people)
    _schoolings(known, people)
    _structures(known)
    if people is None or any(each.staff is not None for each in readings):
        _form_teachers(known)
    if people is None or any(_tells_time(each) for each in readings):
        _timetable(known)
    for match in RememberedMatch.objects.filter(kind="group"):
        known.group_matches[match.outside] = match.value
    known.written = written_of_people(people)
    if people is not None:
        known.totals = totals_of(establishment)
    return known


def written_of_people(people: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """What the applied imports of the school last wrote of people (all, or some), column by column."""
    entries = JournalEntry.objects.filter(job__state=ImportJob.State.APPLIED, table=Person._meta.label)
    entries = entries.order_by("job__applied_at", "job", "number")
    written: dict[int, dict[str, Any]] = defaultdict(dict)
    if people is None:
        told: Iterable[Any] = (row for rows in entries.values_list("rows", flat=True).iterator() for row in rows)
    else:
        told = _rows_of(entries, people)
    for pk, _before, after in told:
        written[pk] |= {name: _value(name, said) for name, said in (after or {}).items() if name in PERSON_FIELDS}
    return written


def _rows_of(entries: QuerySet[JournalEntry], people: Collection[int]) -> list[Any]:
    """The rows of the journal about some people, picked by the database."""
    row = Func(F("rows"), function="jsonb_array_elements", output_field=JSONField())
    picked = entries.annotate(row=row).values_list("row", flat=True)
    query, parameters = picked.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"select r from ({query}) picked(r) where (r->>0)::bigint = any(%s)",  # noqa: S608 # nosec B608 - our own query
            [*parameters, list(people)],
        )
        return [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]


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
    aside = [
        outside for reading in readings for outside in (*reading.aside, *reading.gone_students, *reading.gone_staff)
    ]
    return [*(outside for record in records for outside in record.who.ids), *aside]


def _people(known: Known, bearers: Iterable[ExternalId], some: Collection[int] | None) -> None:
    """The people of the school (all, or some), and those elsewhere who bear an id that a file says."""
    roles = Affiliation.objects.filter(establishment=known.establishment)
    if some is not None:
        roles = roles.filter(person__in=some)
    for affiliation in roles:
        known.affiliations[affiliation.person_id, affiliation.profile] = affiliation
    # A whole school is named by a subquery, some people by their numbers.
    here: Any = roles.values("person") if some is None else {person_id for person_id, _profile in known.affiliations}
    known.people = Person.objects.filter(pk__in=here).in_bulk()
    own = len(known.people)
    elsewhere = (row for row in bearers if row.person_id not in known.people)
    for row in (*ExternalId.objects.filter(person__in=here), *elsewhere):
        outside = OutsideId(row.source, row.namespace, row.value)
        known.by_id.setdefault(outside, []).append(row.person_id)
        known.ids_of[row.person_id].add(outside)
    if strangers := known.ids_of.keys() - known.people.keys():
        known.people |= Person.objects.in_bulk([*strangers])
    others = Affiliation.objects.filter(Q(ends_on=None) | Q(ends_on__gte=known.today)).exclude(
        establishment=known.establishment
    )
    shared = others.filter(Q(person__in=here) | Q(person__in=strangers)).values_list("person_id", flat=True)
    known.shared = frozenset(shared.distinct())
    for person_id in [*known.people][:own]:
        person = known.people[person_id]
        for name in {person.last_name, person.usage_name} - {""}:
            known.by_name[fold(name), fold(person.first_name), person.birth_date].append(person_id)


def few_of(readings: list[Reading], establishment: Establishment, bearers: Collection[ExternalId]) -> set[int] | None:
    """The people of the school whom partial readings may speak of: by an id, a birth date when no id tells, a link; all the
    staff when there is any. None when it is worth reading everybody: a file that says everything, or much, or describes the
    classes. `bearers`: those who bear the ids that are said, wherever they are."""
    if not all(each.is_partial for each in readings) or any(each.school for each in readings):
        return None
    roles = Affiliation.objects.filter(establishment=establishment)
    if roles.count() < _FEW * len({each.value for each in _ids_said(readings)}):
        return None
    some = {row.person_id for row in bearers}
    if born := _births_without_id(readings, bearers):
        some |= set(roles.filter(person__birth_date__in=born).values_list("person_id", flat=True))
    if any(reading.staff for reading in readings):
        some |= set(roles.filter(profile__in=STAFF).values_list("person_id", flat=True))
    links = Guardianship.objects.filter(Q(student__in=some) | Q(guardian__in=some), establishment=establishment)
    return some.union(*links.values_list("student", "guardian"))


def _births_without_id(readings: list[Reading], bearers: Iterable[ExternalId]) -> set[dt.date]:
    """The birth dates of those whom none of their ids tells: they are recognised by their names (`matching`)."""
    # An INE alone does not tell: two people may bear the same one.
    told = Counter(OutsideId(row.source, row.namespace, row.value) for row in bearers if row.source != "ine")
    people = [each.who for reading in readings for each in (*(reading.students or ()), *(reading.staff or ()))]
    return {who.birth_date for who in people if who.birth_date and not any(told[each] == 1 for each in who.ids)}


def totals_of(establishment: Establishment) -> dict[str, int]:
    """How many students, links and members of staff a school has: what departures are measured against."""
    here = Affiliation.objects.filter(establishment=establishment, ends_on=None)
    return {
        "students": Student.objects.filter(left_on=None).count(),
        "links": Guardianship.objects.filter(establishment=establishment, ends_on=None).count(),
        "staff": here.filter(profile__in=STAFF).values("person").distinct().count(),
    }


def reached_by(emails: Collection[str], mobiles: Collection[str]) -> list[Person]:
    """The guardians of any school who have one of these addresses (in lower case) or of these mobile phones."""
    adults = Person.objects.filter(pk__in=Affiliation.objects.filter(profile=Profile.GUARDIAN).values("person"))
    by_mobile = adults.filter(mobile__in=mobiles).exclude(mobile="") if mobiles else adults.none()
    by_email = adults.alias(lowered=Lower("email")).filter(lowered__in=emails).exclude(email="") if emails else ()
    return [*by_mobile, *by_email]


def bearers_of(said: Iterable[OutsideId]) -> list[ExternalId]:
    """Who bears the ids that a file says, in any school; a few thousand values a statement."""
    told, found = sorted({(each.source, each.namespace, each.value) for each in said}), list[ExternalId]()
    for start in range(0, len(told), _VALUES):
        asked = Q()
        # By namespace too: the index begins with both, and an academy has hundreds of thousands of ids.
        for (source, namespace), some in groupby(told[start : start + _VALUES], key=itemgetter(0, 1)):
            asked |= Q(source=source, namespace=namespace, value__in=[value for _source, _namespace, value in some])
        found += ExternalId.objects.filter(asked)
    return found


def _schoolings(known: Known, some: Collection[int] | None) -> None:
    students, links = Student.objects.all(), Guardianship.objects.filter(establishment=known.establishment)
    if some is not None:
        students = students.filter(person__in=some)
        links = links.filter(Q(student__in=some) | Q(guardian__in=some))
    for student in students:
        known.schoolings[student.person_id] = student
    members = Membership.objects.all()
    if some is not None:
        members = members.filter(student__in=[each.pk for each in known.schoolings.values()])
    year = known.year.pk if known.year else None
    of_year = Q(group__school_year=year) | Q(ends_on=None)
    for membership in members.filter(of_year).select_related("group"):
        held = known.memberships if membership.group.school_year_id == year else known.former
        held[membership.student_id].append(membership)
    for link in links:
        known.guardianships[link.student_id, link.guardian_id] = link
        known.links_of[link.student_id].append(link)


def _structures(known: Known) -> None:
    known.programmes = {each.mef: each for each in Programme.objects.all()}
    known.subjects = {each.code: each for each in Subject.objects.all()}
    if known.year is None:
        return
    known.groups = {each.code: each for each in Group.objects.filter(school_year=known.year)}
    known.group_codes = {each.pk: each.code for each in known.groups.values()}


def _form_teachers(known: Known) -> None:
    if known.year is None:
        return
    for each in FormTeacher.objects.filter(group__school_year=known.year):
        known.form_teachers[each.group_id, each.person_id] = each


def _tells_time(reading: Reading) -> bool:
    """Whether a reading speaks of the calendar or of lessons."""
    told = (reading.courses, reading.lessons, reading.names, reading.terms, reading.closures)
    return any(each is not None for each in told)


def _timetable(known: Known) -> None:
    for said in Correspondence.objects.all():
        known.correspondences[said.source, said.kind, said.outside] = (said.verdict, said.value)
    known.closures = {(each.starts_on, each.ends_on) for each in Closure.objects.all()}
    known.classrooms = {each.code: each for each in Classroom.objects.all()}
    if known.year is None:
        return
    known.terms = {each.code: each for each in Term.objects.filter(school_year=known.year)}
    for course in Course.objects.filter(group__school_year=known.year).select_related("group", "subject"):
        known.courses[course.group.code, course.subject.code, course.modality] = course
    for teacher in CourseTeacher.objects.filter(course__group__school_year=known.year):
        known.course_teachers[teacher.course_id][teacher.person_id] = teacher
    for slot in TimetableSlot.objects.filter(course__group__school_year=known.year):
        known.slots[slot.course_id].append(slot)
