from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Chore, PersonalData, contribute
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.services.forgetting import forget_files

contribute(
    Chore("oneroster.forget", forget_files),
    PersonalData(
        Receiver,
        "set_by",
        _("Savoir qui a choisi ce qu’un outil reçoit des classes."),
        _("Tant que l’outil reçoit des fichiers."),
    ),
    PersonalData(
        RosterFile,
        "data",
        _("Donner à un outil choisi par l’établissement ses classes et qui y est (OneRoster)."),
        _(
            "Le fichier, chiffré : sept jours ; le dernier emporté, pour dire ce qui a changé depuis : cent jours. "
            "Qui l’a demandé, et ses nombres : quatre cents jours."
        ),
    ),
)
