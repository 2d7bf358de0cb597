"""When families see a change, and when people are told of it (TTB-4)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import LessonChange, TimetableRules
from pupitre.timetable.stamping import see_again

JOB = "timetable.follow_changes"
COLLAPSE = dt.timedelta(minutes=20)
"""Changes of a lesson within this time are told as one."""
AT_ONCE = dt.timedelta(hours=3)
"""A lesson as near as this is told of without waiting."""


def rules() -> TimetableRules:
    """The rules of the open school; one statement."""
    return TimetableRules.objects.first() or TimetableRules()


@transaction.atomic
def set_rules(*, near_minutes: int, far_minutes: int, actor: Actor) -> TimetableRules:
    """Say how long a change waits before families see it: for today and tomorrow, and beyond."""
    row, _is_new = TimetableRules.objects.update_or_create(
        establishment_id=actor.establishment_id,
        defaults={"near_minutes": near_minutes, "far_minutes": far_minutes},
    )
    audit.record(actor, "timetable.set_rules", row, near=near_minutes, far=far_minutes)
    return row


def schedule(rows: Sequence[LessonChange]) -> None:
    """Say when rows just written are published and told; those due now are published at once, one job does the rest."""
    now, today = clock.now(), clock.today()
    delays = rules()
    for row in rows:
        near = min(row.held_on, row.to_held_on) <= today + dt.timedelta(days=1)
        row.publish_at = now + dt.timedelta(minutes=delays.near_minutes if near else delays.far_minutes)
        row.tell_at = max(row.publish_at, now if _is_soon(row, now) else _told_from(row, now))
    LessonChange.objects.bulk_update(rows, ["publish_at", "tell_at"])
    publish_rows([row for row in rows if row.publish_at and row.publish_at <= now])
    due = [each for row in rows for each in (row.publish_at, row.tell_at) if each]
    for at in sorted({min(due), max(due)}):
        jobs.enqueue(JOB, at=at if at > now else None, establishment_id=current_establishment_id())


def _told_from(row: LessonChange, now: dt.datetime) -> dt.datetime:
    """Twenty minutes after the first change that is not told yet: later ones do not hold it back for ever."""
    return row.tell_at if row.tell_at and row.tell_at > now else now + COLLAPSE


def _is_soon(row: LessonChange, now: dt.datetime) -> bool:
    starts = [
        dt.datetime.combine(on, at, clock.PARIS)
        for on, at in ((row.held_on, row.starts_at), (row.to_held_on, row.to_starts_at))
    ]
    return any(now - AT_ONCE <= each <= now + AT_ONCE for each in starts)


def publish_rows(rows: Sequence[LessonChange]) -> None:
    """Have families see these rows, in the place of what they saw of the same lessons."""
    for row in rows:
        LessonChange.objects.filter(
            ~Q(pk=row.pk), course=row.course_id, held_on=row.held_on, starts_at=row.starts_at, is_published=True
        ).delete()
        row.is_published, row.publish_at = True, None
    LessonChange.objects.bulk_update(rows, ["is_published", "publish_at"])


def publish_due(establishment_id: int) -> int:
    """Publish what is due in one school; how many changes. May be done twice."""
    with scope(establishment_id):
        due = LessonChange.objects.filter(is_latest=True, publish_at__lte=clock.now())
        rows = list(due.select_related("course").select_for_update(skip_locked=True, of=("self",)))
        publish_rows(rows)
        if rows:
            opens_day = any(row.to_held_on != row.held_on or row.is_added for row in rows)
            see_again(groups={row.course.group_id for row in rows}, people=[], opens_day=opens_day)
        return len(rows)
