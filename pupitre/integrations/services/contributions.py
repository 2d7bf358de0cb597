from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Capability, MenuEntry, PersonalData, contribute
from pupitre.integrations.services.models import Disclosure, Pseudonym
from pupitre.integrations.services.policies import MANAGE, OFFER, VIEW

_TITLE = _("Services extérieurs")
_EVERYONE = frozenset(Profile.values) - {Profile.ACADEMY_ADMIN}

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
        profiles=_EVERYONE,
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
