from django.utils.translation import gettext_lazy as _

from pupitre.booking.models import Booking
from pupitre.booking.policies import BOOK, MANAGE
from pupitre.booking.queries.taken import OWN_USES
from pupitre.booking.services.cancelling import CANCELLED, forget_everywhere
from pupitre.booking.sql import BOOKED_ROOMS
from pupitre.booking.words import booked_by
from pupitre.directory.profiles import STAFF
from pupitre.establishments.room_use import tell_room_use
from pupitre.foundation.registry import Capability, Chore, MenuEntry, NotificationKind, PersonalData, contribute

_GROUP = _("Réservations")

tell_room_use(OWN_USES, BOOKED_ROOMS, booked_by)

contribute(
    Capability(BOOK, _("Réserver des salles et du matériel"), _GROUP),
    Capability(MANAGE, _("Tenir le matériel prêté, annuler la réservation d’un autre"), _GROUP),
    MenuEntry("booking.day", _("Salles et matériel"), "lieu", "booking:day", 84, capability=BOOK, group="resources"),
    NotificationKind(CANCELLED, _("Réservation annulée par un autre"), defaults=dict.fromkeys(STAFF, "immediate")),
    Chore("booking.forget", forget_everywhere),
    PersonalData(Booking, "booked_by", _("Savoir qui a une salle ou un matériel, et quand."), _("Un an.")),
)
