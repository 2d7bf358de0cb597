"""When what a teacher writes reaches families, and who is told of it."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Membership
from pupitre.directory.periods import held_on
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock, jobs
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.notifications.services.posting import Recipient
from pupitre.notifications.services.publication import release_time
from pupitre.textbook.models import Homework, HomeworkStudent, TextbookEntry

APPEAR = "textbook.appear"
Rule = TextbookEntry.Rule


def asked_instant(
    rule: str, *, on: dt.date, starts_at: dt.time, ends_at: dt.time | None, chosen_at: dt.datetime | None
) -> dt.datetime | None:
    """When the teacher wants a session published; None for a draft."""
    if rule == Rule.DRAFT:
        return None
    if rule == Rule.NOW:
        return clock.now()
    if rule == Rule.CHOSEN:
        return chosen_at or clock.now()
    hour = starts_at if rule == Rule.START else (ends_at or starts_at)
    return dt.datetime.combine(on, hour, clock.PARIS)


def visible_instant(asked_at: dt.datetime | None, already: dt.datetime | None) -> dt.datetime | None:
    """When families read it: what they read already stays; else quiet hours may hold it (circulaire du 10 juillet 2025)."""
    if asked_at is None:
        return None
    if already is not None and already <= clock.now():
        return already
    return release_time(establishment_id=current_establishment_id(), now=max(asked_at, clock.now()))


def students_concerned(homework: Homework) -> list[int]:
    """The persons of the students that a homework is for, today; one statement."""
    if homework.is_individual:
        rows = HomeworkStudent.objects.filter(homework=homework).values_list("student__person", flat=True)
        return list(rows)
    return students_of_group(homework.group_id)


def students_of_group(group_id: int) -> list[int]:
    """The persons of the students of a group, today; one statement."""
    rows = Membership.objects.filter(held_on(clock.today()), group=group_id)
    return list(rows.values_list("student__person", flat=True))


def family_of(student_ids: Sequence[int]) -> list[Recipient]:
    """Students and the guardians who see them, each guardian once a child; one statement."""
    links = Guardianship.objects.filter(
        open_on(clock.today()), student__in=student_ids, establishment=current_establishment_id()
    )
    guardians = links.filter(Q(guardian__is_organisation=False)).values_list("guardian", "student")
    return [*map(Recipient, student_ids), *(Recipient(guardian, child) for guardian, child in guardians)]


def refresh(people: Sequence[Recipient], at: dt.datetime | None) -> None:
    """Have the pages of people made again: now, and when something appears later by itself."""
    ids = sorted({each.person_id for each in people})
    raise_stamps(map(person_audience, ids))
    if at is not None and at > clock.now():
        jobs.enqueue(APPEAR, at=at, people=ids)
