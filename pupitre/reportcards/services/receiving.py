"""A guardian says that a bulletin was received."""

from django.db import transaction

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.reportcards.models import Acknowledgement, ReportCard, ReportVersion
from pupitre.reportcards.policies import seen_now


@transaction.atomic
def acknowledge(*, card: ReportCard, actor: Actor) -> Acknowledgement:
    """Note that the actor received the last version that families read; said twice, the first day stays until another version.

    Whoever calls has checked that the actor is a guardian to whom it was given.
    """
    number = ReportVersion.objects.filter(seen_now(), card=card).order_by("-number").values_list("number", flat=True)[0]
    row, is_new = Acknowledgement.objects.get_or_create(
        establishment_id=current_establishment_id(), card=card, guardian_id=actor.person_id,
        defaults={"number": number, "acknowledged_at": clock.now()},
    )  # fmt: skip
    if not is_new and row.number < number:
        row.number, row.acknowledged_at = number, clock.now()
        row.save(update_fields=["number", "acknowledged_at"])
    audit.record(actor, "reportcards.acknowledge", card, number=number)
    raise_stamps([person_audience(actor.person_id)])
    return row
