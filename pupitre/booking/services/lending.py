"""What the office lends."""

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.booking.models import Booking, Equipment
from pupitre.booking.queries.taken import bookings
from pupitre.booking.refusals import Refusal
from pupitre.booking.services.cancelling import tell_withdrawn
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


@transaction.atomic
def lend(
    *, name: str, place: str, most_lessons: int | None, actor: Actor, equipment: Equipment | None = None
) -> Equipment:
    """Add an equipment, or change one; one that was withdrawn under the same name is lent again. Raises Refusal."""
    same = Equipment.objects.filter(name__iexact=name).first()
    if same and (same.is_lent or equipment) and same != equipment:
        raise Refusal(_("Un matériel s’appelle déjà « %(name)s » : donnez-lui un autre nom.") % {"name": same.name})
    row = equipment or same or Equipment()
    row.name, row.place, row.most_lessons, row.is_lent = name, place, most_lessons, True
    row.save()
    audit.record(actor, "booking.lend", row)
    return row


@transaction.atomic
def withdraw(*, equipment: Equipment, actor: Actor, word: str = "") -> int:
    """Lend it no more; bookings to come are cancelled and their people told. How many were cancelled."""
    rows = list(bookings().filter(equipment=equipment, ends_at__gt=clock.now()).order_by("starts_at"))
    Booking.objects.filter(pk__in=[each.pk for each in rows]).delete()
    equipment.is_lent = False
    equipment.save(update_fields=["is_lent"])
    audit.record(actor, "booking.withdraw", equipment, cancelled=len(rows))
    tell_withdrawn(rows, actor, word)
    return len(rows)
