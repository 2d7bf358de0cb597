"""All the files of an import against the school, in the order in which things depend on one another."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pupitre.establishments.ledger import Create, Ref, Update, Write
from pupitre.establishments.models import SchoolYear
from pupitre.establishments.services import first_monday_of, year_dates
from pupitre.integrations.exchange.records import (
    ClassroomRecord,
    CourseRecord,
    GroupRecord,
    GuardianRecord,
    Kind,
    LessonRecord,
    LinkRecord,
    Reading,
    SchoolRecord,
    StaffRecord,
    StudentRecord,
    SubjectRecord,
)
from pupitre.integrations.imports import kinds
from pupitre.integrations.imports.checks import running_year, year_label
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.courses import compare_courses
from pupitre.integrations.imports.compare.families import compare_families
from pupitre.integrations.imports.compare.staff import compare_staff
from pupitre.integrations.imports.compare.structures import (
    compare_calendar,
    compare_groups,
    compare_programmes,
    compare_subjects,
    groups_named_by,
)
from pupitre.integrations.imports.compare.students import compare_students
from pupitre.integrations.imports.known import Known
from pupitre.integrations.imports.mapping import full_name, student_label
from pupitre.integrations.imports.plan import Change, Plan

# What a source of students is to the rows it makes: the lesser never overwrites the better (README of formats, rule 7).
SOURCES = {
    Kind.STUDENTS: "siecle",
    Kind.GUARDIANS: "siecle",
    Kind.STAFF: "sts",
    Kind.TIMETABLE: "sts",
    Kind.FREGATA: "fregata",
    Kind.ONDE_STUDENTS: "onde",
    Kind.ONDE_GUARDIANS: "onde",
    Kind.ONDE_STAFF: "onde",
    Kind.CSV_GUARDIANS: "csv",
}


@dataclass(slots=True)
class Gathered:
    """What all the readings say together; a list is None when no file speaks of it."""

    school: SchoolRecord | None = None
    subjects: list[SubjectRecord] = field(default_factory=list)
    groups: list[GroupRecord] | None = None
    students: list[StudentRecord] | None = None
    guardians: list[GuardianRecord] | None = None
    links: list[LinkRecord] = field(default_factory=list)
    staff: list[StaffRecord] | None = None
    courses: list[CourseRecord] | None = None
    lessons: list[LessonRecord] | None = None
    classrooms: list[ClassroomRecord] = field(default_factory=list)


def compare(readings: list[Reading], known: Known) -> Plan:
    """The plan of an import: every difference with the rows it would write. Writes nothing."""
    said, plan = _gather(readings), Plan()
    for reading in readings:
        plan.findings += reading.findings
    context = _context(readings, known, plan, said)
    _year(context, said.school)
    for reading in readings:
        compare_calendar(context, reading.terms or (), reading.closures or ())
        compare_programmes(context, reading.programmes or ())
    compare_subjects(context, said.subjects)
    has_structures = any(reading.kind == Kind.STRUCTURES for reading in readings)
    compare_groups(context, is_complete=has_structures and not known.is_empty)
    _people(context, readings, said)
    if said.courses is not None or said.lessons is not None:
        compare_courses(
            context, said.courses or [], said.lessons, classrooms=said.classrooms,
            is_complete=any(reading.kind == Kind.STAFF for reading in readings),
        )  # fmt: skip
    plan.counts = _counts(readings, said)
    return plan


def _gather(readings: Iterable[Reading]) -> Gathered:
    said = Gathered()
    for reading in readings:
        said.school = reading.school or said.school
        said.subjects += reading.subjects or []
        said.links += reading.links or []
        said.classrooms += reading.classrooms or []
        for name in ("groups", "students", "guardians", "staff", "courses", "lessons"):
            if (rows := getattr(reading, name)) is not None:
                setattr(said, name, [*(getattr(said, name) or []), *rows])
    return said


def _context(readings: list[Reading], known: Known, plan: Plan, said: Gathered) -> Context:
    year = (
        known.year.year
        if known.year
        else next((each.year for each in readings if each.year), running_year(known.today))
    )
    starts_on = known.year.starts_on if known.year else year_dates(year)[0]
    context = Context(
        known=known, plan=plan, year=year, year_starts_on=starts_on,
        first_monday=known.year.first_monday if known.year else first_monday_of(starts_on, year),
        school_year=known.year.pk if known.year else Ref("year"),
    )  # fmt: skip
    context.coming = _coming(readings, known, said)
    context.subject_labels = {each.code: each.label for each in said.subjects if each.label}
    context.classroom_codes = {each.pk: each.code for each in known.classrooms.values()}
    context.student_names = {each.key: student_label(each) for each in said.students or ()}
    context.staff_names = {each.key: full_name(each.who) for each in said.staff or ()}
    return context


def _coming(readings: list[Reading], known: Known, said: Gathered) -> dict[str, GroupRecord]:
    """The groups that the files bring. SIECLE describes them; what STS or the timetable adds stays a question once
    SIECLE has spoken; what the students' file names is enough while nothing else has."""
    described = [each for reading in readings if reading.kind == Kind.STRUCTURES for each in reading.groups or ()]
    if not described and not known.groups:
        described = [*groups_named_by(said.students or ())]
    if not described and not known.groups:
        described = list(said.groups or ())
    if not described:
        described = [each for each in said.groups or () if each.code in known.groups]
    coming: dict[str, GroupRecord] = {}
    for record in described:
        better = record if record.label != record.code else coming.get(record.code, record)
        coming[record.code] = better
    return coming


def _year(context: Context, school: SchoolRecord | None) -> None:
    """The school year, made by the first import; its dates are those of the school when a file gives them."""
    starts_on, ends_on = year_dates(context.year)
    if school and school.starts_on and school.ends_on:
        starts_on, ends_on = school.starts_on, school.ends_on
    label, period = year_label(context.year), f"{starts_on:%d/%m/%Y} – {ends_on:%d/%m/%Y}"
    held = context.known.year
    write: Write
    if held is None:
        write = Create(SchoolYear, {"year": context.year, "starts_on": starts_on, "ends_on": ends_on,
                                    "first_monday": context.first_monday}, ref="year")  # fmt: skip
    elif school and school.starts_on and (held.starts_on, held.ends_on) != (starts_on, ends_on):
        write = Update(SchoolYear, held.pk, {"starts_on": held.starts_on, "ends_on": held.ends_on},
                       {"starts_on": starts_on, "ends_on": ends_on})  # fmt: skip
    else:
        return
    context.plan.changes.append(
        Change("year", kinds.Kind.CALENDAR, label, [write], str(_("Année scolaire")), new=period)
    )


def _people(context: Context, readings: list[Reading], said: Gathered) -> None:
    kinds_read = {reading.kind for reading in readings}
    if said.students is not None:
        context.source = next(
            SOURCES[kind] for kind in (Kind.STUDENTS, Kind.FREGATA, Kind.ONDE_STUDENTS) if kind in kinds_read
        )
        context.class_unsure = {f.record for f in context.plan.findings if f.code == "two_divisions"}
        compare_students(context, said.students, is_complete=not context.known.is_empty)
    else:
        _students_known(context)
    if said.guardians is not None:
        guardian_kinds = (Kind.GUARDIANS, Kind.ONDE_GUARDIANS, Kind.CSV_GUARDIANS)
        context.source = next(SOURCES[kind] for kind in guardian_kinds if kind in kinds_read)
        if not context.students:
            context.plan.blocks.append(
                _("Aucun élève n’est encore connu ici : ajoutez le fichier des élèves, puis recommencez.")
            )
        compare_families(context, said.guardians, said.links, is_complete=not context.known.is_empty)
    if said.staff is not None:
        context.source = "onde" if Kind.ONDE_STAFF in kinds_read else "sts"
        compare_staff(context, said.staff, is_complete=True)
    else:
        _staff_known(context)


def _students_known(context: Context) -> None:
    """Without a file of students, keys mean those of former imports."""
    for person, ids in context.known.ids_of.items():
        if person in context.known.schoolings and context.known.schoolings[person].left_on is None:
            for outside in ids:
                context.students[outside.value] = person
                context.student_names[outside.value] = context.known.name_of(person)


def _staff_known(context: Context) -> None:
    """Without a file of staff, a timetable's « epp:71001 » means somebody of a former import."""
    for person, ids in context.known.ids_of.items():
        for outside in ids:
            if outside.source in ("sts_epp", "sts_local"):
                key = f"{outside.source.removeprefix('sts_')}:{outside.value}"
                context.staff[key] = person
                context.staff_names[key] = context.known.name_of(person)


def _counts(readings: list[Reading], said: Gathered) -> dict[str, int]:
    """What was read, for people to check against what they expect."""
    groups = said.groups or []
    counts = {
        "students": len(said.students or ()),
        "divisions": len({each.code for each in groups if each.kind == "division"}),
        "groups": len({each.code for each in groups if each.kind != "division"}),
        "guardians": len(said.guardians or ()),
        "links": len(said.links),
        "staff": len(said.staff or ()),
        "subjects": len({each.code for each in said.subjects}),
        "programmes": len({each.mef for reading in readings for each in reading.programmes or ()}),
        "terms": sum(len(reading.terms or ()) for reading in readings),
        "closures": sum(len(reading.closures or ()) for reading in readings),
        "courses": len({(each.group, each.subject, each.modality) for each in said.courses or ()}),
        "lessons": len(said.lessons or ()),
    }
    return {name: count for name, count in counts.items() if count}
