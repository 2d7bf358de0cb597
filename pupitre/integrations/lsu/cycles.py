"""The ends of cycles: which classes they are about, and the words of the LSU for them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text
from pupitre.integrations.lsu import limits

# First digits of a MEF: 6e, 3e.
_BY_MEF = {"100": 3, "103": 4}
_BY_LABEL = {"6": 3, "3": 4}

LEVELS: tuple[tuple[str, Text], ...] = (
    ("", _("À décider")),
    ("1", _("Maîtrise insuffisante")),
    ("2", _("Maîtrise fragile")),
    ("3", _("Maîtrise satisfaisante")),
    ("4", _("Très bonne maîtrise")),
    ("0", _("Dispensé")),
)
COMPLEMENTS: tuple[tuple[str, Text], ...] = (
    ("AUC", _("Aucun")),
    ("LCA", _("Langues et cultures de l’Antiquité")),
    ("LCE", _("Langues et cultures européennes")),
    ("LCR", _("Langues et cultures régionales")),
    ("CHK", _("Chant choral")),
    ("PRO", _("Découverte professionnelle")),
    ("LSF", _("Langue des signes française")),
    ("LVE", _("Langue vivante étrangère")),
)
OBJECTIVES: tuple[tuple[str, Text], ...] = (
    ("", _("–")),
    ("1", _("Objectifs atteints")),
    ("2", _("Objectifs dépassés")),
)


def cycle_of(mef: str, label: str) -> int | None:
    """3 for a 6e, 4 for a 3e, by the training level of its students, else by its name; None for the others."""
    return _BY_MEF.get(mef[:3]) if mef else _BY_LABEL.get(label[:1])


def is_complete(levels: Mapping[str, int], synthesis: str) -> bool:
    """Whether the end of a cycle may leave: its eight components are decided, and something is said."""
    return levels.keys() >= set(limits.COMPONENTS) and bool(synthesis.strip())
