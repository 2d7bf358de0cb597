from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import (
    Capability,
    Chore,
    Faces,
    FileOwner,
    MenuEntry,
    PageLink,
    PersonalData,
    contribute,
)
from pupitre.portraits.archive import PHOTO_MB
from pupitre.portraits.models import PhotoRun, Portrait
from pupitre.portraits.policies import MANAGE
from pupitre.portraits.queries import addresses_of
from pupitre.portraits.services.forgetting import forget_everywhere
from pupitre.portraits.services.photos import PURPOSE

contribute(
    Capability(MANAGE, _("Noter les autorisations de photo, ajouter et retirer des photos"), _("Élèves")),
    MenuEntry("portraits.overview", _("Photos"), "photo", "portraits:overview", 67, capability=MANAGE, group="people"),
    MenuEntry(
        "portraits.family",
        _("Photos"),
        "photo",
        "portraits:family",
        67,
        profiles=frozenset({Profile.GUARDIAN}),
        group="school",
    ),
    PageLink("portraits.student", _("Photo"), "photo", "portraits:student", "student", 40, capability=MANAGE),
    PageLink("portraits.division", _("Photos"), "photo", "portraits:division", "group", 40, capability=MANAGE),
    Faces("portraits.faces", addresses_of),
    FileOwner(PURPOSE, "portraits.Portrait", "portraits.view_portrait", PHOTO_MB, 1),
    Chore("portraits.forget", forget_everywhere),
    PersonalData(
        Portrait,
        "student",
        _("Reconnaître un élève à l’appel et au portail, si la famille l’autorise."),
        _("Jusqu’au départ de l’élève, ou dès que la famille retire son autorisation."),
    ),
    PersonalData(
        PhotoRun,
        "lines",
        _("Dire ce qu’est devenu chaque fichier d’un zip de photos."),
        _("Le zip est effacé dès qu’il est lu, la liste de ses fichiers après sept jours."),
    ),
)
