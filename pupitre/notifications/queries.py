"""What somebody is told, and what a school decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.notifications.models import Notification, PushSubscription, SchoolHours
from pupitre.notifications.policies import seen_by
from pupitre.notifications.quiet_hours import DEFAULT_WEEK, Opening, QuietHours, Week

SHOWN = 40
"""Notices on one page of the list."""
_LATELY = 200
"""Among how many of the last notices authors are looked for."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the list: the last notice of its group, and how many there are."""

    last: Notification
    count: int
    is_new: bool

    @property
    def text(self) -> str:
        """What happened; several of a kind in the words of their room."""
        if self.count > 1 and "%(count)s" in self.last.many:
            return self.last.many.replace("%(count)s", str(self.count))
        return self.last.title


@dataclass(frozen=True, slots=True)
class Child:
    """A child whom a person answers for in one school."""

    id: int
    name: str
    born_on: date | None
    establishment_id: int


def hours_of(establishment_id: int) -> QuietHours:
    """The quiet hours of the open school: its own table, else the national one; two statements."""
    zone = Establishment.objects.values_list("timezone", flat=True).get(pk=establishment_id)
    return QuietHours(week_of(SchoolHours.objects.first()), ZoneInfo(zone))


def week_of(table: SchoolHours | None) -> Week:
    """The openings of a table; those of the circular when the school has none."""
    if table is None:
        return DEFAULT_WEEK
    pairs = zip(table.opens, table.closes, strict=True)
    return tuple(
        Opening(opens, closes) if opens is not None and closes is not None else None for opens, closes in pairs
    )


def notices_of(person_id: int, *, before: datetime | None = None) -> list[Notice]:
    """What a person is told, the last first: those of one group that are new, or that are read, as one; one statement."""
    rows = Notification.objects.filter(seen_by(person_id)).select_related("establishment")
    if before is not None:
        rows = rows.filter(visible_at__lt=before)
    return _grouped(list(rows.order_by("-visible_at", "-pk")[:SHOWN]))


def _grouped(rows: Sequence[Notification]) -> list[Notice]:
    groups: dict[tuple[object, ...], list[Notification]] = {}
    for row in rows:
        alone = (row.pk,) if not row.group_key else ()
        groups.setdefault((row.kind, row.child_id, row.group_key, row.read_at is None, *alone), []).append(row)
    return [Notice(group[0], len(group), group[0].read_at is None) for group in groups.values()]


def children_of(person_id: int) -> list[Child]:
    """The children of a guardian, of all their schools, by name; one statement."""
    links = Guardianship.objects.filter(open_on(clock.today()), guardian=person_id).exclude(student=person_id)
    return [
        Child(
            link.student_id,
            link.student.first_name or link.student.display_name,
            link.student.birth_date,
            link.establishment_id,
        )
        for link in links.select_related("student").order_by("student__sort_key", "establishment")
    ]


def authors_of(person_id: int) -> dict[int, str]:
    """Those who told a person something lately, the last first; one statement."""
    rows = Notification.objects.filter(seen_by(person_id), author_id__isnull=False).exclude(author_id=person_id)
    lately = rows.order_by("-visible_at").values_list("author_id", "author_name")[:_LATELY]
    found: dict[int, str] = {}
    for author, name in lately:
        if author is not None:
            found.setdefault(author, name)
    return found


def browsers_of(person: Person | int) -> QuerySet[PushSubscription]:
    """The browsers of a person that accept our notices, with the session that each belongs to; one statement."""
    return PushSubscription.objects.filter(person=person).select_related("session").order_by("created_at")
