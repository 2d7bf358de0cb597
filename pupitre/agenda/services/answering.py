"""Answering an invitation, and agreeing to the outing of one's child."""

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.agenda.models import Consent, Event, Outing, Participant
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.outings import publish_who_goes
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps


@transaction.atomic
def answer(*, participant: Participant, is_coming: bool, actor: Actor) -> None:
    """Say whether one comes; the last answer counts. Raises Refusal once it has begun."""
    _check_to_come(participant.event)
    participant.answer = Participant.Answer.YES if is_coming else Participant.Answer.NO
    participant.answered_at = clock.now()
    participant.save(update_fields=["answer", "answered_at"])
    audit.record(actor, "agenda.answer", participant, answer=str(participant.answer))
    raise_stamps(map(person_audience, (actor.person_id, participant.event.author_id)))


@transaction.atomic
def agree(*, participant: Participant, agrees: bool, note: str = "", actor: Actor) -> Consent:
    """Agree to the outing of a child, or refuse; each guardian answers for themselves, the last answer counts.

    Raises Refusal once the outing has begun.
    """
    _check_to_come(participant.event)
    consent: Consent = Consent.objects.update_or_create(
        establishment_id=participant.establishment_id,
        participant=participant,
        guardian_id=actor.person_id,
        defaults={"agrees": agrees, "note": note, "answered_at": clock.now()},
    )[0]
    audit.record(actor, "agenda.consent", participant, agrees=agrees)
    approved = Outing.objects.filter(event=participant.event_id, state=Outing.State.APPROVED).select_related("event")
    for outing in approved:
        publish_who_goes(outing)
    raise_stamps(map(person_audience, (actor.person_id, participant.person_id, participant.event.author_id)))
    return consent


def _check_to_come(event: Event) -> None:
    if event.starts_on < clock.today():
        raise Refusal(_("Cet évènement a déjà eu lieu : la réponse ne change plus."))
