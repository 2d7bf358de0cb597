from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Capability, Chore, MenuEntry, PersonalData, contribute
from pupitre.integrations.aaf.models import ArchivePiece, Batch, Record, SchoolPart
from pupitre.integrations.aaf.policies import MANAGE
from pupitre.integrations.aaf.services.forgetting import forget_everywhere

_WHY = _("Tenir les établissements de l’académie à jour de son annuaire.")

contribute(
    Capability(MANAGE, _("Importer l’annuaire de l’académie"), _("Académie")),
    MenuEntry(
        "aaf.batches",
        _("Annuaire académique"),
        "base",
        "aaf:batches",
        54,
        capability=MANAGE,
        group="school",
    ),
    Chore("aaf.forget", forget_everywhere),
    PersonalData(
        Record,
        "key",
        _("Savoir ce que l’académie a dit de chacun, pour ne reprendre que ce qui change."),
        _("Tant que l’annuaire nomme la personne, puis un an."),
    ),
    PersonalData(
        ArchivePiece, "batch", _WHY, _("Chiffrée, effacée dès que l’archive est lue, au plus tard après sept jours.")
    ),
    PersonalData(Batch, "author", _("Savoir qui a déposé une archive."), _("Deux ans.")),
    PersonalData(
        SchoolPart, "batch", _("Savoir ce qu’une archive a changé dans chaque établissement."), _("Deux ans.")
    ),
)
