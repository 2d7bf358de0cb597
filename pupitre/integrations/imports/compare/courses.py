"""Courses, their teachers and their weekly slots."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.establishments.ledger import Create, Delete, Ref, Update, Write
from pupitre.integrations.exchange.records import ClassroomRecord, CourseRecord, LessonRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.structures import subject
from pupitre.integrations.imports.compare.wording import text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.plan import Change
from pupitre.timetable.models import Classroom, Course, CourseTeacher, TimetableSlot

Key = tuple[str, str, str]
"""A course of the file: our group code, subject, modality."""
Slot = tuple[int, dt.time, dt.time, int, str, str, tuple[str, ...]]
"""Weekday, start, end, mask of weeks, alternation, classroom, keys of teachers."""

_WEEKS = 60  # what a mask holds, a summer included
_ALTERNATION, _ROOM = 10, 40  # characters


def compare_courses(context: Context, courses: Iterable[CourseRecord], lessons: list[LessonRecord] | None, *,
                    classrooms: Iterable[ClassroomRecord], is_complete: bool) -> None:  # fmt: skip
    """Changes for courses, who teaches them, and (when the file holds lessons) when they take place.

    `is_complete`: the courses that the file does not name are ended.
    """
    teachers: dict[Key, set[str]] = defaultdict(set)
    for record in (*courses, *(lessons or ())):
        if (key := _key(context, record.group, record.subject, record.modality)) is not None:
            teachers[key] |= set(record.teachers)
    slots = _slots(context, lessons or [])
    rooms = {each.code[:_ROOM]: each.label for each in classrooms}
    for key in teachers:
        writes = _course(context, key, teachers[key])
        if lessons is not None:
            writes += _timetable(context, key, slots.get(key, set()), rooms)
        _tell_without_teacher(context, key, teachers[key])
        _change(context, key, teachers[key], writes)
    if lessons is not None or is_complete:
        _gone(context, set(teachers), is_complete=is_complete, has_lessons=lessons is not None)


def _key(context: Context, group: str, code: str, modality: str) -> Key | None:
    ours = context.group_code(group)
    if ours is None:
        context.unknown_group(group, _("Cours de %(subject)s") % {"subject": context.subject_label(code)})
        return None
    return ours, code, modality


def _slots(context: Context, lessons: list[LessonRecord]) -> dict[Key, set[Slot]]:
    found: dict[Key, set[Slot]] = defaultdict(set)
    outside: set[Key] = set()
    for lesson in lessons:
        ours = context.group_code(lesson.group)
        if ours is None:
            continue
        key = (ours, lesson.subject, lesson.modality)
        ranks = [(monday - context.first_monday).days // 7 for monday in lesson.weeks]
        within = [rank for rank in ranks if 0 <= rank < _WEEKS]
        if len(within) < len(ranks):
            outside.add(key)
        found[key].add(
            (lesson.weekday, lesson.starts_at, lesson.ends_at, sum(1 << rank for rank in set(within)),
             lesson.alternation[:_ALTERNATION], lesson.classroom[:_ROOM], tuple(sorted(lesson.teachers)))
        )  # fmt: skip
    for group, subject_code, _modality in sorted(outside):
        context.plan.find(
            Severity.NOTICE, "weeks_out_of_year", f"{context.group_label(group)}, {context.subject_label(subject_code)}",
            _("Des semaines de ce cours ne sont pas de cette année scolaire, elles sont laissées de côté. Vérifiez les "
              "alternances dans votre logiciel d’emploi du temps."),
        )  # fmt: skip
    return found


def _course_row(context: Context, key: Key) -> int | Ref:
    held = context.known.courses.get(key)
    return held.pk if held else Ref("course:" + "|".join(key))


def _course(context: Context, key: Key, teachers: set[str]) -> list[Write]:
    """The rows that make the course and its teachers what the file says."""
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
        if person not in people and row.ends_on is None
    ]
    return writes


def _timetable(context: Context, key: Key, wanted: set[Slot], rooms: dict[str, str]) -> list[Write]:
    """The rows that make the slots of a course those of the file: the ones that stay are not touched."""
    course = _course_row(context, key)
    current = (
        {_shape(context, each): each.pk for each in context.known.slots[course]} if isinstance(course, int) else {}
    )
    writes: list[Write] = []
    shapes = set()
    for slot in sorted(wanted, key=lambda each: (each[0], each[1])):
        people = [context.staff[each] for each in slot[6] if each in context.staff]
        shape = (*slot[:6], tuple(sorted(each for each in people if isinstance(each, int))))
        shapes.add(shape)
        if shape in current and not any(isinstance(each, Ref) for each in people):
            continue
        room, made = _classroom(context, slot[5], rooms)
        writes += made
        weekday, starts_at, ends_at, weeks, alternation = slot[:5]
        values = {"course_id": course, "weekday": weekday, "starts_at": starts_at, "ends_at": ends_at, "weeks": weeks,
                  "alternation": alternation, "classroom_id": room, "teacher_ids": people}  # fmt: skip
        writes.append(Create(TimetableSlot, values))
    writes += [Delete(TimetableSlot, pk) for shape, pk in current.items() if shape not in shapes]
    return writes


def _shape(context: Context, slot: TimetableSlot) -> tuple[object, ...]:
    room = context.classroom_codes.get(slot.classroom_id, "") if slot.classroom_id else ""
    return (
        slot.weekday,
        slot.starts_at,
        slot.ends_at,
        slot.weeks,
        slot.alternation,
        room,
        tuple(sorted(slot.teacher_ids)),
    )


def _classroom(context: Context, code: str, labels: dict[str, str]) -> tuple[int | Ref | None, list[Write]]:
    if not code:
        return None, []
    if held := context.known.classrooms.get(code):
        return held.pk, []
    values = {"code": code, "label": labels.get(code, "")[:60]}
    return Ref(f"classroom:{code}"), [Create(Classroom, values, ref=f"classroom:{code}")]


def _change(context: Context, key: Key, teachers: set[str], writes: list[Write]) -> None:
    if not writes:
        return
    group, code, modality = key
    held = context.known.courses.get(key)
    models = {getattr(write, "model", None) for write in writes}
    kind = (
        Kind.NEW_COURSE if held is None else Kind.CHANGED_TIMETABLE if TimetableSlot in models else Kind.CHANGED_COURSE
    )
    removed = sum(isinstance(write, Delete) for write in writes)
    added = sum(isinstance(write, Create) and write.model is TimetableSlot for write in writes)
    names = ", ".join(sorted(context.staff_names[each] for each in teachers if each in context.staff_names))
    context.plan.changes.append(
        Change(f"course:{group}:{code}:{modality}", kind, f"{context.group_label(group)}, {context.subject_label(code)}", writes,
               names or str(_("sans enseignant")),
               ngettext("%(n)s cours par semaine", "%(n)s cours par semaine", removed) % {"n": removed} if removed else "",
               ngettext("%(n)s cours par semaine", "%(n)s cours par semaine", added) % {"n": added} if added else "")
    )  # fmt: skip


def _tell_without_teacher(context: Context, key: Key, teachers: set[str]) -> None:
    if any(each in context.staff for each in teachers):
        return
    group, code, _modality = key
    context.plan.find(
        Severity.NOTICE, "course_without_teacher", f"{context.group_label(group)}, {context.subject_label(code)}",
        _("Aucun enseignant connu pour ce cours : le poste est peut-être vacant. Vérifiez le service dans STSWeb."),
    )  # fmt: skip


def _gone(context: Context, named: set[Key], *, is_complete: bool, has_lessons: bool) -> None:
    """Courses that the file does not name: ended by a complete list of services, without hours by a timetable."""
    known, yesterday = context.known, context.today - dt.timedelta(days=1)
    for key, course in known.courses.items():
        if key in named or course.ends_on is not None:
            continue
        writes: list[Write] = []
        if is_complete:
            writes.append(Update(Course, course.pk, {"ends_on": None}, {"ends_on": yesterday}))
        if has_lessons:
            writes += [Delete(TimetableSlot, slot.pk) for slot in known.slots[course.pk]]
        if writes:
            group, code, modality = key
            context.plan.changes.append(
                Change(f"course:{group}:{code}:{modality}:gone", Kind.ENDED_COURSE if is_complete else Kind.CHANGED_TIMETABLE,
                       f"{context.group_label(group)}, {context.subject_label(code)}", writes,
                       old=text(course.subject.label), new=text(""), reason=str(_("N’est plus dans le fichier.")))
            )  # fmt: skip
