"""Saying that something was read: an acknowledgement (accusé de lecture), never an agreement."""

from django.db import transaction

from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person
from pupitre.discipline.models import Acknowledgement, Punishment, Sanction
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


@transaction.atomic
def acknowledge(*, target: Punishment | Sanction, actor: Actor) -> None:
    """Note that the actor has read a punishment or a sanction; a second call changes nothing.

    The caller has checked `discipline.read_punishment` or `discipline.read_sanction`.
    """
    what = {"punishment" if isinstance(target, Punishment) else "sanction": target}
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    _row, is_new = Acknowledgement.objects.get_or_create(
        person_id=actor.person_id,
        **what,
        defaults={"establishment_id": target.establishment_id, "name": name, "read_at": clock.now()},
    )
    if is_new:
        # A family's line would tell, once the sanction is erased, whose it was.
        audit.record(actor, "discipline.acknowledge", target if isinstance(target, Punishment) else None)
        see_again(students=[target.student_id])
