import msgspec
from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Capability, HomePart, MenuEntry, PersonalData, contribute
from pupitre.portal.layout import Layouts
from pupitre.portal.models import PersonLayout
from pupitre.portal.queries import LAYOUT_PART
from pupitre.portal.sql import LAYOUTS

contribute(
    Capability("portal.manage_layout", _("Régler les pages d’accueil de l’établissement"), _("Établissement")),
    MenuEntry(
        "portal.school_homes",
        _("Pages d’accueil"),
        "reglages",
        "portal:school_homes",
        90,
        capability="portal.manage_layout",
        group="school",
    ),
    HomePart(LAYOUT_PART, LAYOUTS, msgspec.json.Decoder(Layouts).decode, profiles=frozenset(Profile.values)),
    PersonalData(
        PersonLayout,
        "person",
        _("Retenir comment chacun range sa page d’accueil."),
        _("Tant que la personne ne revient pas à la disposition d’origine, et au plus le temps de son compte."),
    ),
)
