"""What people ask for: how often, when, and when not."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction

from pupitre.foundation import clock
from pupitre.notifications.models import Mute, PersonSchedule, Preference


@transaction.atomic
def choose_rhythms(*, person_id: int, child_id: int | None, rhythms: Mapping[tuple[str, str], str]) -> None:
    """Keep how often a person wants each (kind, channel), about one child or about anything; one statement."""
    rows = [
        Preference(person_id=person_id, child_id=child_id, kind=kind, channel=channel, rhythm=rhythm)
        for (kind, channel), rhythm in rhythms.items()
    ]
    Preference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "child", "kind", "channel"],
        update_fields=["rhythm"],
    )


@transaction.atomic
def forget_rhythms(*, person_id: int, child_id: int | None) -> None:
    """Come back to the defaults, or for a child to what was chosen for all of them."""
    Preference.objects.filter(person=person_id, child=child_id).delete()


def choose_times(
    *,
    person_id: int,
    daily_at: time | None,
    weekly_day: int,
    is_weekly_only: bool,
    opens_at: time | None = None,
    closes_at: time | None = None,
    working_days: list[int] | None = None,
) -> None:
    """Keep when a person wants their digests and, working in a school, when they may be reached."""
    PersonSchedule.objects.update_or_create(
        person_id=person_id,
        defaults={
            "daily_at": daily_at, "weekly_day": weekly_day, "is_weekly_only": is_weekly_only,
            "opens_at": opens_at, "closes_at": closes_at, "working_days": working_days or [],
        },
    )  # fmt: skip


def mute(
    *,
    person_id: int,
    until: datetime,
    kind: str = "",
    child_id: int | None = None,
    author: tuple[int, str] | None = None,
) -> None:
    """Silence a kind, a child, an author (and their name), or everything until an instant.

    What is urgent by decision of the school still passes.
    """
    author_id, author_name = author or (None, "")
    Mute.objects.update_or_create(
        person_id=person_id,
        child_id=child_id,
        kind=kind,
        author_id=author_id,
        defaults={"until_at": until, "author_name": author_name},
    )


def unmute(*, person_id: int, mute_id: int) -> None:
    """End a silence before its time."""
    Mute.objects.filter(person=person_id, pk=mute_id, until_at__gt=clock.now()).delete()
