from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.files.models import StoredFile, Upload
from pupitre.files.services.housekeeping import tidy_files
from pupitre.foundation.registry import Chore, MenuEntry, PersonalData, contribute


def _tidy() -> list[str]:
    done = tidy_files()
    words = (
        (done.uploads, _("envois laissés en route effacés")),
        (done.files, _("fichiers auxquels rien ne se réfère effacés")),
        (done.strays, _("restes effacés du stockage")),
        (done.waiting, _("fichiers qui attendent toujours l’antivirus")),
    )
    return [f"{count:>8}  {told}" for count, told in words if count]


contribute(
    MenuEntry(
        "files.mine",
        _("Mes fichiers"),
        "dossier",
        "files:mine",
        85,
        profiles=frozenset(Profile.values),
        group="resources",
    ),
    Chore("files.tidy", _tidy),
    PersonalData(
        StoredFile,
        "owner",
        _("Garder ce que chacun dépose, pour ce à quoi c’est joint."),
        _("Le temps de ce à quoi le fichier est joint ; 30 jours s’il n’est joint à rien."),
    ),
    PersonalData(Upload, "owner", _("Reprendre un envoi après une coupure."), _("48 heures.")),
)
