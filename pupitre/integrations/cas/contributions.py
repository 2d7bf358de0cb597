from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Chore, PersonalData, contribute
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.cas.services.forgetting import forget_tickets

contribute(
    Chore("cas.forget", forget_tickets),
    PersonalData(
        Ticket,
        "person",
        _("Ouvrir un service extérieur avec le compte Pupitre, et l’en déconnecter."),
        _("Une minute pour l’ouvrir, puis sept jours au plus pour en déconnecter."),
    ),
)
