from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Capability, Chore, HomePart, MenuEntry, PersonalData, contribute
from pupitre.integrations.services.copies import COPIES, decode_copies
from pupitre.integrations.services.models import Disclosure, OutsideCopy, Pseudonym
from pupitre.integrations.services.policies import MANAGE, OFFER, VIEW
from pupitre.integrations.services.readers import READERS
from pupitre.integrations.services.services.forgetting import forget_copies

_TITLE = _("Services extérieurs")
# The others have the page of resources (room of the GAR), which shows the same and leads here.
_BY_ITSELF = frozenset({Profile.GUARDIAN, Profile.GUEST})

contribute(
    Capability(VIEW, _("Voir les services extérieurs de l’établissement"), _TITLE),
    Capability(MANAGE, _("Ouvrir et régler les services extérieurs"), _TITLE),
    Capability(OFFER, _("Proposer un service aux établissements de l’académie"), _TITLE),
    MenuEntry(
        "services.mine",
        _("Mes services"),
        "grille",
        "my_services:mine",
        90,
        profiles=_BY_ITSELF,
        in_school=False,
        group="resources",
    ),
    MenuEntry(
        "services.connectors",
        _("Services extérieurs"),
        "lien",
        "services:connectors",
        80,
        capability=VIEW,
        group="school",
    ),
    HomePart("services.copies", COPIES, decode_copies, READERS, dormant=True),
    Chore("services.forget_copies", forget_copies),
    PersonalData(
        OutsideCopy,
        "person",
        _("Montrer à chacun, sans le faire attendre, ce qu’un autre outil dit de lui ou de ses enfants."),
        _("Tant que l’outil est ouvert, et trente jours après la dernière visite."),
    ),
    PersonalData(
        Pseudonym,
        "person",
        _("Être reconnu d’une fois sur l’autre par un service, sans lui dire qui l’on est."),
        _("Le temps du compte."),
    ),
    PersonalData(
        Disclosure,
        "person",
        _("Savoir ce qu’un service a reçu de chacun, et quand."),
        _("Le temps de la scolarité ou du service, puis trois mois."),
    ),
)
