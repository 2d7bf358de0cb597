"""All the files of an import against the school, in the order in which things depend on one another."""

from django.utils.translation import gettext as _

from pupitre.establishments.ledger import Create, Ref, Update, Write
from pupitre.establishments.models import SchoolYear
from pupitre.establishments.services import first_monday_of, year_dates
from pupitre.integrations.exchange.encoding import WHOLE_FILE
from pupitre.integrations.exchange.records import GroupRecord, Kind, Reading
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports import kinds
from pupitre.integrations.imports.checks import running_year, year_label
from pupitre.integrations.imports.compare.codes import tell_unknown_codes
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.courses import compare_courses, lessons_of
from pupitre.integrations.imports.compare.families import compare_families
from pupitre.integrations.imports.compare.gathering import Gathered, gather
from pupitre.integrations.imports.compare.keys import (
    name_known_staff,
    name_known_students,
    name_left_aside,
    name_otherwise,
)
from pupitre.integrations.imports.compare.renames import propose_renames
from pupitre.integrations.imports.compare.staff import compare_staff
from pupitre.integrations.imports.compare.structures import (
    compare_calendar,
    compare_groups,
    compare_programmes,
    compare_subjects,
    groups_named_by,
)
from pupitre.integrations.imports.compare.students import compare_students
from pupitre.integrations.imports.compare.wanted import Scope
from pupitre.integrations.imports.known import Known
from pupitre.integrations.imports.mapping import full_name, student_label
from pupitre.integrations.imports.plan import Change, Plan
from pupitre.integrations.imports.recognising.lessons import recognise
from pupitre.integrations.imports.sources import SOURCE_OF

_MAKES_CLASSES = frozenset({Kind.STRUCTURES, Kind.FREGATA, Kind.ONDE_STUDENTS, Kind.AAF, Kind.ONEROSTER})


def compare(readings: list[Reading], known: Known) -> Plan:
    """The plan of an import: every difference with the rows it would write. Writes nothing."""
    said, plan = gather(readings), Plan()
    for reading in readings:
        plan.findings += reading.findings
    kinds_read = {reading.kind for reading in readings}
    context = _context(readings, known, plan, said)
    _year(context, said, may_change=Kind.COMMONS in kinds_read)
    compare_calendar(context, said.terms or (), said.closures or ())
    compare_programmes(context, said.programmes or (), may_rename=Kind.NOMENCLATURE in kinds_read)
    compare_subjects(context, said.subjects or (), may_rename=Kind.NOMENCLATURE in kinds_read)
    context.describes_groups = Kind.STRUCTURES in kinds_read and not known.is_empty
    # Renaming a class is told to all its students, who must then be known.
    compare_groups(context, may_rename=bool(kinds_read & _MAKES_CLASSES) and not known.totals)
    _people(context, kinds_read, said)
    _timetable(context, readings, kinds_read, said)
    tell_unknown_codes(context, said)
    propose_renames(context, said.students or ())
    plan.counts = _counts(said, readings)
    return plan


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
    context.subject_labels = {each.code: each.label for each in said.subjects or () if each.label}
    context.classroom_codes = {each.pk: each.code for each in known.classrooms.values()}
    context.student_names = {each.key: student_label(each) for each in said.students or ()}
    context.staff_names = {each.key: full_name(each.who) for each in said.staff or ()}
    return context


def _coming(readings: list[Reading], known: Known, said: Gathered) -> dict[str, GroupRecord]:
    """The groups that the files bring. The base that makes the classes describes them; what STS or the timetable adds
    stays a question once it has spoken; what the students' file names is enough while nothing else has."""
    described = [each for reading in readings if reading.kind in _MAKES_CLASSES for each in reading.groups or ()]
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


def _year(context: Context, said: Gathered, *, may_change: bool) -> None:
    """The school year, made by the first import. Its dates are those of the school when a file gives them; STSWeb, which
    always says 1 September to 31 August, never changes them."""
    starts_on, ends_on = year_dates(context.year)
    school = said.school
    if school and school.starts_on and school.ends_on and school.starts_on < school.ends_on:
        starts_on, ends_on = school.starts_on, school.ends_on
    label, period = year_label(context.year), f"{starts_on:%d/%m/%Y} – {ends_on:%d/%m/%Y}"
    held = context.known.year
    write: Write
    if held is None:
        write = Create(SchoolYear, {"year": context.year, "starts_on": starts_on, "ends_on": ends_on,
                                    "first_monday": context.first_monday}, ref="year")  # fmt: skip
    elif may_change and school and school.starts_on and (held.starts_on, held.ends_on) != (starts_on, ends_on):
        write = Update(SchoolYear, held.pk, {"starts_on": held.starts_on, "ends_on": held.ends_on},
                       {"starts_on": starts_on, "ends_on": ends_on})  # fmt: skip
    else:
        return
    context.plan.changes.append(
        Change("year", kinds.Kind.CALENDAR, label, [write], str(_("Année scolaire")), new=period)
    )


def _people(context: Context, kinds_read: set[str], said: Gathered) -> None:
    context.unsure = {person for outside in said.aside for person in context.known.by_id.get(outside, ())}
    context.left_aside = {outside.value for outside in said.aside}
    name_left_aside(context, said.aside)
    if said.students is not None:
        context.source = _source(kinds_read, Kind.AAF, Kind.STUDENTS, Kind.FREGATA, Kind.ONDE_STUDENTS, Kind.ONEROSTER)
        context.class_unsure = {finding.record for finding in context.plan.findings if finding.code == "two_divisions"}
        compare_students(
            context, said.students, is_complete=not context.known.is_empty and _is_whole(context, said, "students"),
            gone=said.gone_students if said.is_partial else None,
        )  # fmt: skip
        name_otherwise(context, said.students, said.aliases)
    else:
        name_known_students(context)
    if said.guardians is not None:
        context.source = _source(
            kinds_read, Kind.AAF, Kind.GUARDIANS, Kind.ONDE_GUARDIANS, Kind.CSV_GUARDIANS, Kind.ONEROSTER
        )
        if not context.students and not said.is_partial:
            context.plan.blocks.append(
                _("Aucun élève n’est encore connu ici : ajoutez le fichier des élèves, puis recommencez.")
            )
        compare_families(
            context, said.guardians, said.links or [], unsure=said.aside_links,
            is_complete=not context.known.is_empty and _is_whole(context, said, "guardians"),
        )  # fmt: skip
    if said.staff is not None:
        context.source = _source(kinds_read, Kind.AAF, Kind.STAFF, Kind.ONDE_STAFF, Kind.ONEROSTER)
        compare_staff(
            context, said.staff, is_complete=_is_whole(context, said, "staff"),
            gone=said.gone_staff if said.is_partial else None,
        )  # fmt: skip
    else:
        name_known_staff(context)


def _timetable(context: Context, readings: list[Reading], kinds_read: set[str], said: Gathered) -> None:
    """Courses and lessons: those of STSWeb, and those of timetable software once its names are recognised."""
    told = recognise(context, readings, said)
    if said.courses is None and said.lessons is None and told is None:
        return
    scope = told.scope if told else Scope()
    lessons = [*told.lessons] if told else []
    if said.lessons is not None:
        scope.is_whole, scope.is_partial = True, False
        lessons += lessons_of(context, said.lessons, scope)
    compare_courses(
        context, said.courses or [], lessons if told or said.lessons is not None else None, scope=scope,
        classrooms=said.classrooms or (), is_complete=Kind.STAFF in kinds_read,
    )  # fmt: skip


def _is_whole(context: Context, said: Gathered, name: str) -> bool:
    """Whether a file says who is gone: not when a record cannot be told whose it is."""
    if name not in said.not_whole:
        return True
    context.plan.find(
        Severity.NOTICE, "not_whole", WHOLE_FILE,
        _("Des lignes ne disent pas de qui elles parlent : personne n’est compté comme parti tant qu’elles ne sont pas "
          "corrigées."),
    )  # fmt: skip
    return False


def _source(kinds_read: set[str], *kinds_by_rank: str) -> str:
    """The best of the sources that speak of these people."""
    return next(SOURCE_OF[kind] for kind in kinds_by_rank if kind in kinds_read)


def _counts(said: Gathered, readings: list[Reading]) -> dict[str, int]:
    """What was read, for people to check against what they expect."""
    groups = said.groups or []
    counts = {
        "students": len(said.students or ()),
        "divisions": sum(each.kind == "division" for each in groups),
        "groups": sum(each.kind != "division" for each in groups),
        "guardians": len(said.guardians or ()),
        "links": len(said.links or ()),
        "staff": len(said.staff or ()),
        "subjects": len(said.subjects or ()),
        "programmes": len(said.programmes or ()),
        "terms": len(said.terms or ()),
        "closures": len(said.closures or ()),
        "courses": len({(each.group, each.subject, each.modality) for each in said.courses or ()}),
        "lessons": len(said.lessons or ())
        + sum(len(each.lessons or ()) for each in readings if each.names is not None),
    }
    return {name: count for name, count in counts.items() if count}
