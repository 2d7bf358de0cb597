"""What could not be delivered: a task for the school, until somebody is reached again or the school settles it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.notifications.models import DeliveryFailure


@dataclass(frozen=True, slots=True)
class Failed:
    """Somebody not reached, by which channel, about which kind, and why."""

    establishment_id: int
    person_id: int
    channel: str
    kind: str
    reason: str


def record_failures(failures: Iterable[Failed]) -> None:
    """Make a task of each, one a person and a channel; the school is opened by hand."""
    by_school: dict[int, dict[tuple[int, str], Failed]] = defaultdict(dict)
    for each in failures:
        by_school[each.establishment_id][each.person_id, each.channel] = each
    for school, found in by_school.items():
        with scope(school):
            rows = [
                DeliveryFailure(
                    establishment_id=school, person_id=each.person_id, channel=each.channel, reason=each.reason,
                    kind=each.kind, failed_at=clock.now(),
                )
                for each in found.values()
            ]  # fmt: skip
            DeliveryFailure.objects.bulk_create(rows, ignore_conflicts=True)
            raise_stamps([school_audience(school)])


def settle_reached(reached: Iterable[tuple[int, int, str]]) -> None:
    """Close the tasks about people who were reached since: (school, person, channel)."""
    by_school: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for school, person, channel in reached:
        by_school[school].add((person, channel))
    for school, pairs in by_school.items():
        with scope(school):
            open_ones = DeliveryFailure.objects.filter(settled_at=None, person__in={person for person, _ in pairs})
            mended = [each.pk for each in open_ones if (each.person_id, each.channel) in pairs]
            if mended:
                DeliveryFailure.objects.filter(pk__in=mended).update(settled_at=clock.now())
                raise_stamps([school_audience(school)])


@transaction.atomic
def settle_failure(*, failure: DeliveryFailure, actor: Actor) -> None:
    """Close a task by hand: the family was told otherwise, or the address was mended in the school's base."""
    failure.settled_at = clock.now()
    failure.save(update_fields=["settled_at"])
    audit.record(actor, "notifications.settle_failure", failure, person=failure.person_id)
    raise_stamps([school_audience(actor.establishment_id)])
