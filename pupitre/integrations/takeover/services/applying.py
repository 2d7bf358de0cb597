"""Taking what a file gives, in one transaction, and taking it back for seven days."""

import datetime as dt

from django.db import transaction

from pupitre.attendance.services.taking_over import take_back, take_over
from pupitre.discipline.services.taking_over import take_back as take_back_acts
from pupitre.discipline.services.taking_over import take_over as take_over_acts
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.gradebook.services.taking_averages import forget_averages, take_averages
from pupitre.gradebook.services.taking_over import take_back as take_back_marks
from pupitre.gradebook.services.taking_over import take_over as take_over_marks
from pupitre.integrations.takeover.models import RESULTS, LineIssue, TakeOver
from pupitre.integrations.takeover.queries import origin_of
from pupitre.integrations.takeover.services.analysing import plan_for, write_issues
from pupitre.integrations.takeover.services.receiving import APPLY, table_of
from pupitre.reportcards.services.taking_over import take_back as take_back_cards
from pupitre.reportcards.services.taking_over import take_over as take_over_cards

DAYS = 7
State = TakeOver.State


@transaction.atomic
def ask_to_apply(take: TakeOver, *, actor: Actor) -> bool:
    """Have a file taken beside the page; False when it was already asked, or given up."""
    locked = TakeOver.objects.defer("data").select_for_update().get(pk=take.pk)
    if locked.state != State.TO_REVIEW:
        return False
    locked.state = State.APPLYING
    locked.save(update_fields=["state"])
    jobs.enqueue(
        APPLY, establishment_id=locked.establishment_id, pk=locked.pk, person_id=actor.person_id, user_id=actor.user_id
    )
    return True


def apply(take: TakeOver, *, actor: Actor | None) -> TakeOver:
    """Take what the file gives as the school stands now; its bytes are removed. In the caller's transaction."""
    plan = plan_for(take, table_of(take))
    LineIssue.objects.filter(take_over=take).delete()
    write_issues(take, plan)
    if take.thing in RESULTS:
        tool = origin_of(take)
        take.act_ids = {
            **take_over_marks(plan.marks, origin=tool, actor=actor),
            **take_over_cards(plan.results, plan.summaries, origin=tool, actor=actor),
            **take_averages(plan.averages, origin=tool, actor=actor),
        }
    else:
        take.entry_ids = take_over(plan.pasts, actor=actor)
        take.act_ids = take_over_acts(plan.acts, actor=actor)
    take.state, take.applied_at, take.data = State.APPLIED, clock.now(), None
    take.save()
    taken = sum(counts.get("taken", 0) for counts in take.counts.values())
    audit.record(actor, "takeover.apply", take, lines=taken, establishment_id=take.establishment_id)
    return take


def may_undo(take: TakeOver) -> bool:
    """Whether what a file gave may still be taken back."""
    return bool(
        take.state == State.APPLIED and take.applied_at and clock.now() - take.applied_at <= dt.timedelta(days=DAYS)
    )


@transaction.atomic
def undo(take: TakeOver, *, actor: Actor | None) -> int | None:
    """Take everything back but what served since; how many entries stay. None when it is too late, or done already."""
    locked = TakeOver.objects.select_for_update().get(pk=take.pk)
    if not may_undo(locked):
        return None
    locked.left = _take_back(locked, actor)
    locked.state, locked.ended_at, locked.entry_ids, locked.act_ids = State.UNDONE, clock.now(), [], {}
    locked.save(update_fields=["state", "ended_at", "left", "entry_ids", "act_ids"])
    audit.record(actor, "takeover.undo", locked, left=locked.left, establishment_id=locked.establishment_id)
    return int(locked.left)


def _take_back(take: TakeOver, actor: Actor | None) -> int:
    """Each room takes back what it made; how many entries stay."""
    if take.thing not in RESULTS:
        return take_back(take.entry_ids, actor=actor) + take_back_acts(take.act_ids, actor=actor)
    take_back_cards(take.act_ids, actor=actor)
    forget_averages(take.act_ids, actor=actor)
    return take_back_marks(take.act_ids, actor=actor)
