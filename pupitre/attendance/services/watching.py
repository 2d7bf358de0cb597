"""Setting alerts back to zero, and choosing from how many a student is shown."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from pupitre.attendance.models import WatchReset, WatchRule
from pupitre.attendance.queries.watching import Watched
from pupitre.directory.models import Person
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


@transaction.atomic
def reset_alerts(watched: Sequence[Watched], *, note: str, actor: Actor) -> list[WatchReset]:
    """Count again from tomorrow for these students and rules; what was counted, by whom and why it stopped, is kept."""
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    made = WatchReset.objects.bulk_create(
        [
            WatchReset(
                establishment_id=current_establishment_id(),
                student=each.student,
                indicator=each.rule.indicator,
                until_on=clock.today(),
                count=len(each.half_days),
                level=each.level,
                note=note[:300],
                author_id=actor.person_id,
                author_name=name,
                at=clock.now(),
            )
            for each in watched
        ]
    )
    audit.record(actor, "attendance.reset_alerts", None, alerts=len(made))
    return made


@transaction.atomic
def choose_levels(levels: Mapping[str, tuple[int, int, int, bool]], *, actor: Actor) -> None:
    """Keep the rules of the school: for each indicator, its first level, its second, its days, whether it is watched."""
    WatchRule.objects.bulk_create(
        [
            WatchRule(
                establishment_id=current_establishment_id(),
                indicator=indicator,
                first_level=first,
                second_level=second,
                days=days,
                is_active=active,
            )
            for indicator, (first, second, days, active) in levels.items()
        ],
        update_conflicts=True,
        unique_fields=["establishment", "indicator"],
        update_fields=["first_level", "second_level", "days", "is_active"],
    )
    audit.record(actor, "attendance.choose_levels", None, rules=len(levels))
