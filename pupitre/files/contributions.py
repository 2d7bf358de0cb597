from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.files.models import StoredFile, Upload
from pupitre.foundation.registry import MenuEntry, PersonalData, contribute

contribute(
    MenuEntry("files.mine", _("Mes fichiers"), "dossier", "files:mine", 85, profiles=frozenset(Profile.values)),
    PersonalData(
        StoredFile,
        "owner",
        _("Garder ce que chacun dépose, pour ce à quoi c’est joint."),
        _("Le temps de ce à quoi le fichier est joint ; 30 jours s’il n’est joint à rien."),
    ),
    PersonalData(Upload, "owner", _("Reprendre un envoi après une coupure."), _("48 heures.")),
)
