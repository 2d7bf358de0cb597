"""The life of a sitting: made at the first gesture, opened, closed, opened again."""

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.councils.models import Member, Sitting
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.members import seat_everyone
from pupitre.councils.stamping import see_again
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

State = Sitting.State


def sitting_of(term: Term, division: Group) -> Sitting:
    """The council of a class in a term, made when nobody touched it yet."""
    found: Sitting = Sitting.objects.get_or_create(
        establishment_id=current_establishment_id(), term=term, division=division
    )[0]
    return found


@transaction.atomic
def open_sitting(*, term: Term, division: Group, actor: Actor) -> Sitting:
    """Open the council: its team sees the students from now on, and those named in its convocation are expected.

    Opened again, it goes on where it stopped. Raises Refusal once its summary is published.
    """
    sitting = locked(term, division)
    if sitting.published_at is not None:
        raise Refusal(_("Le bilan de ce conseil est publié : il ne s’ouvre plus. Corrigez les bulletins un par un."))
    if sitting.state == State.OPEN:
        return sitting
    seat_everyone(sitting, actor)
    mine = Member.objects.filter(sitting=sitting, person=actor.person_id, presence=Member.Presence.EXPECTED)
    mine.update(presence=Member.Presence.PRESENT)
    sitting.state, sitting.closed_at = State.OPEN, None
    sitting.opened_at = sitting.opened_at or clock.now()
    sitting.save(update_fields=["state", "opened_at", "closed_at"])
    audit.record(actor, "councils.open", sitting)
    see_again(sitting)
    return sitting


@transaction.atomic
def close_sitting(*, sitting: Sitting, actor: Actor) -> None:
    """End the council: the teachers of the class see the students no more. Raises Refusal when it is not open."""
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.state != State.OPEN:
        raise Refusal(_("Ce conseil n’est pas ouvert. Rechargez la page."))
    sitting.state, sitting.closed_at = State.CLOSED, clock.now()
    sitting.save(update_fields=["state", "closed_at"])
    audit.record(actor, "councils.close", sitting)
    see_again(sitting)


def locked(term: Term, division: Group) -> Sitting:
    """The same as `sitting_of`, held until the end of the gesture."""
    found: Sitting = Sitting.objects.select_for_update().get(pk=sitting_of(term, division).pk)
    return found
