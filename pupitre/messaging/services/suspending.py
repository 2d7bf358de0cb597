"""Stopping messages for a while, in a school or a class, and letting them go again."""

from django.db import transaction

from pupitre.directory.models import Group
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.messaging.models import MessagingSuspension
from pupitre.messaging.parties import Party
from pupitre.messaging.queries.myself import Myself
from pupitre.messaging.refusals import Suspended

SUSPEND = "messaging.suspend"


@transaction.atomic
def suspend(*, group: Group | None, reason: str, actor: Actor, name: str) -> MessagingSuspension:
    """Stop messages, of the whole school or of the students and families of a class; a second call changes nothing."""
    suspension, created = MessagingSuspension.objects.get_or_create(
        group=group,
        ended_at=None,
        defaults={
            "establishment_id": actor.establishment_id,
            "reason": reason,
            "started_by_id": actor.person_id,
            "started_by_name": name,
            "started_at": clock.now(),
        },
    )
    if created:
        audit.record(actor, "messaging.suspend", suspension, group=group.pk if group else None)
    return suspension


@transaction.atomic
def resume(suspension: MessagingSuspension, *, actor: Actor) -> None:
    """Let messages go again."""
    if suspension.ended_at is None:
        suspension.ended_at, suspension.ended_by_id = clock.now(), actor.person_id
        suspension.save(update_fields=["ended_at", "ended_by_id"])
        audit.record(actor, "messaging.resume", suspension, group=suspension.group_id)


def refuse_while_suspended(actor: Actor, *, me: Myself, party: Party, about_id: int | None) -> None:
    """Raise Suspended when the actor's messages are stopped; one statement. Whoever may suspend still writes."""
    if actor.has(SUSPEND):
        return
    rows = MessagingSuspension.objects.filter(ended_at=None).select_related("group").order_by("pk")
    mine = _groups(me, party, about_id)
    for row in rows:
        if row.group_id is None or row.group_id in mine:
            raise Suspended(row, row.group.label if row.group else "")


def _groups(me: Myself, party: Party, about_id: int | None) -> set[int]:
    """The groups as a member of which somebody writes: a student's, or those of the children it is about."""
    if party == Party.STUDENT:
        return set(me.groups)
    if party == Party.GUARDIAN:
        children = [me.child(about_id)] if about_id else me.children
        return {group for child in children if child for group in child.groups}
    return set()
