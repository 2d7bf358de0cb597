"""What a school chooses of its registers and counts. A change of hours has the whole year counted again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from pupitre.attendance.models import AttendanceRules
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.stamping import see_again
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor

RECOUNT = "attendance.recount_school"
_HOURS = ("day_opens_at", "afternoon_opens_at", "day_closes_at")
_COUNTING = frozenset({*_HOURS, "half_day_cut", "first_threshold", "second_threshold", "method"})


@transaction.atomic
def set_rules(*, facts: Mapping[str, Any], actor: Actor) -> set[str]:
    """Write the rules of the open school; the names of those that changed. Long lessons are split from tomorrow on.

    Latenesses already noted stay what they are: `late_becomes_absence_minutes` is that of the day of the register.
    """
    school = Establishment.objects.select_for_update().get(pk=actor.establishment_id)
    rules = rules_of_school()
    rules.establishment_id = school.pk
    wanted = dict(facts)
    cut = wanted.pop("half_day_cut")
    splits = wanted.pop("splits_long")
    changed = {name for name, value in wanted.items() if getattr(rules, name) != value}
    for name in changed:
        setattr(rules, name, wanted[name])
    if splits != (rules.splits_long_from_on is not None):
        rules.splits_long_from_on = clock.today() + dt.timedelta(days=1) if splits else None
        changed.add("splits_long")
    if cut != school.half_day_cut:
        school.half_day_cut = cut
        school.save(update_fields=["half_day_cut"])
        changed.add("half_day_cut")
    if changed:
        AttendanceRules.save(rules)
        audit.record(actor, "attendance.set_rules", rules, changed=sorted(changed))
        see_again()
    if changed & _COUNTING:
        jobs.enqueue(RECOUNT, establishment_id=school.pk)
    return changed
