from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Capability, MenuEntry, PersonalData, contribute
from pupitre.integrations.takeover.models import LineIssue, Remembered, TakeOver

_WHY = _("Reprendre les absences de l’ancien outil, et pouvoir l’annuler.")
_YEAR = _("L’année scolaire en cours, puis un an.")

contribute(
    Capability("takeover.manage", _("Reprendre les absences d’un autre outil"), _("Absences")),
    MenuEntry("takeover.files", _("Reprise d’absences"), "deposer", "takeover:files", 52, capability="takeover.manage"),
    PersonalData(TakeOver, "students", _WHY, _("Le fichier est chiffré, effacé dès la reprise faite ou abandonnée.")),
    PersonalData(LineIssue, "students", _("Dire quelles lignes n’ont pas été reprises, et pourquoi."), _YEAR),
    PersonalData(Remembered, "decided_by", _("Ne pas reposer une question déjà tranchée."), _YEAR),
)
