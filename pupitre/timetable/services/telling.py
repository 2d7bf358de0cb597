"""Telling people what changed of their lessons: one net notice for each lesson and reader, for the next two school days."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import clock
from pupitre.notifications.services.posting import Recipient, notify
from pupitre.timetable.models import LessonChange
from pupitre.timetable.notices import Told, told_of, words_of
from pupitre.timetable.queries.planned import PlannedLesson, names_of, planned_lessons
from pupitre.timetable.queries.weeks import school_days_from

TODAY, LATER = "timetable.change_today", "timetable.change"
DAYS_AHEAD = 2
"""School days after today that people are told about; a change further away waits for its turn."""


def tell_due(establishment_id: int) -> int:
    """Tell what is due in one school; how many lessons. May be done twice: each is told once."""
    with scope(establishment_id):
        rows = list(
            LessonChange.objects.filter(is_latest=True, tell_at__lte=clock.now(), publish_at=None)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("held_on", "starts_at")
        )
        if not rows:
            return 0
        lessons = planned_lessons([(row.course_id, row.held_on, row.starts_at) for row in rows])
        until = _until(establishment_id)
        uai = Establishment.objects.values_list("uai", flat=True).get(pk=establishment_id)
        told = 0
        for row in rows:
            lesson = lessons[row.course_id, row.held_on, row.starts_at]
            if min(row.held_on, row.to_held_on) > until:
                continue
            told += _tell(row, lesson, uai)
            row.tell_at = None
        LessonChange.objects.bulk_update(rows, ["tell_at", "told"])
        return told


def _until(establishment_id: int) -> dt.date:
    """The last day that people are told about."""
    today = clock.today()
    days = [day for day in school_days_from(establishment_id, today) if day > today]
    return days[DAYS_AHEAD - 1] if len(days) >= DAYS_AHEAD else today + dt.timedelta(days=DAYS_AHEAD)


def _tell(row: LessonChange, lesson: PlannedLesson, uai: str) -> bool:
    before = Told(**row.told) if row.told else None
    after = told_of(lesson)
    if after == before or _is_over(row, before):
        return False
    row.told = after.as_json() if after else None
    names = names_of({*lesson.teacher_ids, *(before.teachers if before else ()), *(after.teachers if after else ())})
    words = words_of(lesson, before, after, names)
    on = after.on_date if after and after.state == "held" else lesson.held_on
    kind = TODAY if clock.today() in (on, lesson.held_on) else LATER
    url = f"{reverse('timetable:week', args=[uai])}?semaine={on - dt.timedelta(days=on.weekday())}"
    shared: dict[str, Any] = {
        "establishment_id": row.establishment_id,
        "body": row.reason,
        "group_key": f"timetable.lesson:{row.course_id}-{row.held_on}-{row.starts_at:%H%M}",
        "collapse": (_("%(count)s changement d’emploi du temps"), _("%(count)s changements d’emploi du temps")),
    }
    families = _families(lesson, on)
    # The group says which child: who also works here is led to the child's week, not to their own.
    notify(kind, families, title=words.for_families, url=f"{url}&groupe={lesson.course.group_id}", **shared)
    notify(kind, [Recipient(person) for person in sorted(names)], title=words.for_teachers, url=url, **shared)
    return bool(families or names)


def _is_over(row: LessonChange, before: Told | None) -> bool:
    """Whether it is too late to say anything: the lesson is over, wherever it stands or stood."""
    now = clock.now().astimezone(clock.PARIS).replace(tzinfo=None)
    ends = [(row.held_on, row.ends_at), (row.to_held_on, row.to_ends_at)]
    if before:
        ends.append((before.on_date, before.ends_time))
    return all(dt.datetime.combine(on, at) <= now for on, at in ends)


def _families(lesson: PlannedLesson, day: dt.date) -> list[Recipient]:
    """The students of the group on a day, and the guardians who see them; two statements."""
    there = Membership.objects.filter(held_on(day), student=OuterRef("pk"), group=lesson.course.group_id)
    students = list(Student.objects.filter(Exists(there)).order_by("pk").values_list("person_id", flat=True))
    links = Guardianship.objects.filter(
        open_on(clock.today()), establishment=current_establishment_id(), student__in=students,
        guardian__is_organisation=False,
    )  # fmt: skip
    guardians = links.order_by("guardian_id", "student_id").values_list("guardian_id", "student_id")
    return [*map(Recipient, students), *(Recipient(guardian, child) for guardian, child in guardians)]
