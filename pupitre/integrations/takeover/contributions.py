from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Capability, Chore, MenuEntry, PersonalData, contribute
from pupitre.integrations.takeover.models import LineIssue, Remembered, TakeOver
from pupitre.integrations.takeover.services.forgetting import forget_everywhere

_WHY = _("Reprendre ce que l’ancien outil savait (absences, notes, bulletins), et pouvoir l’annuler.")
_YEAR = _("Un an après la reprise.")

contribute(
    Capability("takeover.manage", _("Reprendre les absences d’un autre outil"), _("Absences")),
    Capability("takeover.results", _("Reprendre les notes et les bulletins d’un autre outil"), _("Bulletins")),
    MenuEntry(
        "takeover.files",
        _("Reprise d’un outil"),
        "deposer",
        "takeover:files",
        52,
        capability="takeover.manage",
        group="school",
    ),
    Chore("takeover.forget", forget_everywhere),
    PersonalData(
        TakeOver,
        "students",
        _WHY,
        _("Le fichier est chiffré, effacé dès la reprise faite ou abandonnée, au plus tard après trente jours."),
    ),
    PersonalData(LineIssue, "students", _("Dire quelles lignes n’ont pas été reprises, et pourquoi."), _YEAR),
    PersonalData(
        Remembered,
        "decided_by",
        _("Ne pas reposer une question déjà tranchée."),
        _("Tant que l’établissement s’en sert."),
    ),
)
