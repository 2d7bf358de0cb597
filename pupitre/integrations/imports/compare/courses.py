"""Courses, their teachers and their weekly lessons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from pupitre.directory.models import Group
from pupitre.establishments.ledger import Create, Delete, Ref, Update, Write
from pupitre.foundation.ui.french import plural
from pupitre.integrations.exchange.records import ClassroomRecord, CourseRecord, LessonRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import ALL_WEEKS, Context
from pupitre.integrations.imports.compare.overlaps import tell_overlaps
from pupitre.integrations.imports.compare.slots import LessonChange, Slots, brief
from pupitre.integrations.imports.compare.structures import subject
from pupitre.integrations.imports.compare.wanted import Key, Scope, Wanted
from pupitre.integrations.imports.compare.wording import text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.plan import Change
from pupitre.timetable.models import Course, CourseTeacher, TimetableSlot

_ALTERNATION, _ROOM = 10, 40  # characters
_GUARD_LESSONS, _GUARD_SHARE = 20, 0.3


def compare_courses(context: Context, courses: Iterable[CourseRecord], lessons: list[tuple[Key, Wanted]] | None, *,
                    classrooms: Iterable[ClassroomRecord], scope: Scope, is_complete: bool) -> None:  # fmt: skip
    """Changes for courses, who teaches them, and (when files hold lessons) when they take place.

    `scope`: how far the lessons speak; `is_complete`: the courses that the files do not name are ended.
    """
    teachers, wanted, unsure = _gathered(context, courses, lessons or [])
    rooms = {each.code[:_ROOM]: each.label for each in classrooms}
    span = ALL_WEEKS if scope.span is None else scope.span
    for key in teachers:
        may_end = key not in unsure and not scope.is_partial
        writes = _course(context, key, teachers[key], may_end=may_end)
        slots = Slots(context, _course_row(context, key), rooms, span) if lessons is not None else None
        changes = slots.compare(wanted[key]) if slots else []
        if may_end:
            _tell_without_teacher(context, key, teachers[key])
        _change(context, key, teachers[key], writes, changes)
    _tell_outside(context, scope)
    if lessons is not None:
        tell_overlaps(context, lessons)
    if lessons is not None or is_complete:
        _gone(context, set(teachers), scope, is_complete=is_complete, has_lessons=lessons is not None)
    if lessons is not None:
        _guard(context)


def lessons_of(context: Context, records: Iterable[LessonRecord], scope: Scope) -> list[tuple[Key, Wanted]]:
    """The lessons of files that already speak with our codes (STSWeb)."""
    found = []
    for lesson in records:
        key = _key(context, lesson.group, lesson.subject, lesson.modality)
        if key is None:
            continue
        weeks = context.mask(lesson.weeks)
        if weeks.bit_count() < len(set(lesson.weeks)):
            scope.outside.add(key)
        room, alternation = lesson.classroom[:_ROOM], lesson.alternation[:_ALTERNATION]
        found.append(
            (key, Wanted(lesson.weekday, lesson.starts_at, lesson.ends_at, weeks, alternation, room, lesson.teachers))
        )
    return found


def _gathered(
    context: Context, courses: Iterable[CourseRecord], lessons: list[tuple[Key, Wanted]]
) -> tuple[dict[Key, set[str]], dict[Key, list[Wanted]], set[Key]]:
    """Teachers and lessons of each course, and the courses of which a lesson does not say who teaches it."""
    teachers: dict[Key, set[str]] = defaultdict(set)
    wanted: dict[Key, list[Wanted]] = defaultdict(list)
    unsure: set[Key] = set()
    for record in courses:
        if (key := _key(context, record.group, record.subject, record.modality)) is not None:
            teachers[key] |= set(record.teachers)
    for key, lesson in lessons:
        teachers[key] |= set(lesson.teachers or ())
        wanted[key].append(lesson)
        if lesson.teachers is None:
            unsure.add(key)
    return teachers, wanted, unsure


def _key(context: Context, group: str, code: str, modality: str) -> Key | None:
    ours = context.group_code(group)
    if ours is None:
        context.unknown_group(group, _("Cours de %(subject)s") % {"subject": context.subject_label(code)})
        return None
    return ours, code, modality


def _tell_outside(context: Context, scope: Scope) -> None:
    for group, code, _modality in sorted(scope.outside):
        context.plan.find(
            Severity.NOTICE, "weeks_out_of_year", f"{context.group_label(group)}, {context.subject_label(code)}",
            _("Des semaines de ce cours ne sont pas de cette année scolaire, elles sont laissées de côté. Vérifiez les "
              "alternances dans votre logiciel d’emploi du temps."),
        )  # fmt: skip


def _course_row(context: Context, key: Key) -> int | Ref:
    held = context.known.courses.get(key)
    return held.pk if held else Ref("course:" + "|".join(key))


def _course(context: Context, key: Key, teachers: set[str], *, may_end: bool) -> list[Write]:
    """The rows that make the course and its teachers what the file says; `may_end`: it names all of them."""
    group, code, modality = key
    writes: list[Write] = []
    held = context.known.courses.get(key)
    if held is None:
        subject_row, made = subject(context, code)
        course: dict[str, Any] = {
            "group_id": context.group(group),
            "subject_id": subject_row,
            "modality": modality,
            "ends_on": None,
        }
        writes += [*made, Create(Course, course, ref="course:" + "|".join(key))]
    elif held.ends_on is not None:
        writes.append(Update(Course, held.pk, {"ends_on": held.ends_on}, {"ends_on": None}))
    people = {context.staff[each] for each in teachers if each in context.staff}
    known = context.known.course_teachers[held.pk] if held else {}
    for person in people:
        row = known.get(person) if isinstance(person, int) else None
        if row is None:
            since = context.year_starts_on if held is None else context.today
            values: dict[str, Any] = {
                "course_id": _course_row(context, key),
                "person_id": person,
                "starts_on": since,
                "ends_on": None,
            }
            writes.append(Create(CourseTeacher, values))
        elif row.ends_on is not None:
            writes.append(Update(CourseTeacher, row.pk, {"ends_on": row.ends_on}, {"ends_on": None}))
    yesterday = context.today - dt.timedelta(days=1)
    writes += [
        Update(CourseTeacher, row.pk, {"ends_on": None}, {"ends_on": yesterday})
        for person, row in known.items()
        if may_end and person not in people and row.ends_on is None
    ]
    return writes


def _change(context: Context, key: Key, teachers: set[str], writes: list[Write], lessons: list[LessonChange]) -> None:
    """A new course comes with its lessons, as one difference; those of a course that is known are told one by one."""
    group, code, modality = key
    record = f"{context.group_label(group)}, {context.subject_label(code)}"
    names = ", ".join(sorted(context.staff_names[each] for each in teachers if each in context.staff_names))
    names = names or str(_("sans enseignant"))
    if context.known.courses.get(key) is None:
        writes = [*writes, *(write for each in lessons for write in each.writes)]
        context.plan.changes.append(
            Change(f"course:{group}:{code}:{modality}", Kind.NEW_COURSE, record, writes, names, new=_hours_of(writes))
        )
        return
    if writes:
        context.plan.changes.append(
            Change(f"course:{group}:{code}:{modality}", Kind.CHANGED_COURSE, record, writes, names)
        )
    met: dict[str, int] = defaultdict(int)
    for each in lessons:
        met[each.at] += 1
        again = f":{met[each.at]}" if met[each.at] > 1 else ""
        name = f"lesson:{group}:{code}:{modality}:{each.at}{again}"
        context.plan.changes.append(Change(name, each.kind, record, each.writes, names, each.old, each.new))


def _hours_of(writes: Iterable[Write]) -> str:
    """« 2 cours par semaine : lun. 8 h 05, mar. 9 h »."""
    lessons = [each.values for each in writes if isinstance(each, Create) and each.model is TimetableSlot]
    if not lessons:
        return ""
    hours = sorted({(each["weekday"], each["starts_at"]) for each in lessons})
    count = plural(len(lessons), _("cours par semaine"), _("cours par semaine"))
    return f"{count}\N{NO-BREAK SPACE}: {', '.join(brief(*each) for each in hours)}"[:400]


def _tell_without_teacher(context: Context, key: Key, teachers: set[str]) -> None:
    if any(each in context.staff for each in teachers):
        return
    group, code, _modality = key
    context.plan.find(
        Severity.NOTICE, "course_without_teacher", f"{context.group_label(group)}, {context.subject_label(code)}",
        _("Aucun enseignant connu pour ce cours : le poste est peut-être vacant. Vérifiez le service dans STSWeb."),
    )  # fmt: skip


def _gone(context: Context, named: set[Key], scope: Scope, *, is_complete: bool, has_lessons: bool) -> None:
    """Courses that the files do not name: ended by a complete list of services, without hours by a timetable."""
    known, yesterday = context.known, context.today - dt.timedelta(days=1)
    kept = 0
    for key, course in known.courses.items():
        if key in named or course.ends_on is not None:
            continue
        writes: list[Write] = []
        closed: list[LessonChange] = []
        if is_complete:
            writes.append(Update(Course, course.pk, {"ends_on": None}, {"ends_on": yesterday}))
        if has_lessons and not scope.is_partial and _is_told(context, course, scope):
            closed = Slots(context, course.pk, {}).compare([])
        if closed and scope.is_open and not is_complete:
            kept += len(closed)
            continue
        writes += [write for each in closed for write in each.writes]
        if writes:
            group, code, modality = key
            context.plan.changes.append(
                Change(f"course:{group}:{code}:{modality}:gone", Kind.ENDED_COURSE if is_complete else Kind.REMOVED_LESSON,
                       f"{context.group_label(group)}, {context.subject_label(code)}", writes,
                       old=" ; ".join(each.old for each in closed)[:400] or text(course.subject.label), new=text(""),
                       reason=str(_("N’est plus dans le fichier.")))
            )  # fmt: skip
    if kept:
        context.plan.find(
            Severity.NOTICE, "waiting_lessons", str(_("Emploi du temps")),
            _("Des noms du fichier attendent d’être reconnus : les cours d’ici qu’il ne semble plus contenir restent en place "
              "d’ici là."),
        )  # fmt: skip


def _is_told(context: Context, course: Course, scope: Scope) -> bool:
    """Whether the files would have named a course: all of them do, or they name its class, or those of its students."""
    if scope.is_whole:
        return True
    group: Group = course.group
    if group.kind == Group.Kind.DIVISION or group.code in scope.groups:
        return group.code in scope.groups
    divisions = context.divisions_of(group.pk)
    return not divisions or divisions <= scope.groups


def _guard(context: Context) -> None:
    """Hold a timetable in which many of the lessons to come are missing."""
    here = sum(
        bool(slot.weeks & context.after_today(slot.weekday)) for slots in context.known.slots.values() for slot in slots
    )
    gone = sum(
        each.model is TimetableSlot and (isinstance(each, Delete) or each.after.keys() == {"weeks"})
        for change in context.plan.changes
        if change.kind in (Kind.REMOVED_LESSON, Kind.ENDED_COURSE)
        for each in change.writes
        if isinstance(each, Delete | Update)
    )
    if gone > _GUARD_LESSONS and gone > here * _GUARD_SHARE:
        context.plan.holds.append(
            _("%(gone)s cours de la semaine sur %(here)s ne sont plus dans le fichier. Vérifiez que l’export est complet avant "
              "de l’appliquer.") % {"gone": gone, "here": here}
        )  # fmt: skip
