"""Which of our reasons one of theirs seems to be: shown ready to be confirmed, never taken without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pupitre.attendance.models import AbsenceReason

# Beginnings of words, and the code of the starter set; the first that is found wins.
_WORDS = (
    ("hospital", "hospitalisation"), ("certificat", "maladie_certificat"), ("contagi", "contagion"),
    ("infirm", "infirmerie"), ("medical", "rdv_medical"), ("medecin", "rdv_medical"), ("dentiste", "rdv_medical"),
    ("orthodon", "rdv_medical"), ("sante", "maladie"), ("malad", "maladie"), ("souffrant", "maladie"), ("fievre", "maladie"),
    ("relig", "fete_religieuse"), ("mariage", "reunion_famille"), ("deces", "reunion_famille"), ("obseques", "reunion_famille"),
    ("deuil", "reunion_famille"), ("famil", "familial"), ("bus", "bus"), ("car ", "bus"), ("transport", "transport"),
    ("greve", "transport"), ("intemper", "transport"), ("reveil", "reveil"), ("compet", "competition"), ("sport", "competition"),
    ("pompier", "pompiers"), ("convoc", "rdv_interne"), ("psy", "rdv_interne"), ("cpe", "rdv_interne"), ("stage", "stage"),
    ("entreprise", "stage"), ("sortie", "sortie"), ("voyage", "sortie"), ("cdi", "cdi"), ("permanence", "cdi"),
    ("inclusion", "inclusion"), ("exclu", "exclusion_interne"), ("vacances", "vacances"), ("rendez vous", "rdv_exterieur"),
    ("rdv", "rdv_exterieur"), ("sans motif", "sans_motif"), ("sans excuse", "sans_motif"), ("non valable", "sans_motif"),
    ("injust", "sans_motif"),
)  # fmt: skip
_UNKNOWN = (
    "inconnu",
    "non renseigne",
    "a justifier",
    "en attente",
    "non connu",
    "non communique",
    "pas de motif",
    "aucun",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A reason of the file. `chosen`: ours, "0" for none, "" when nobody said; `is_sure`: it was said."""

    key: str
    text: str
    lines: int
    chosen: str
    is_sure: bool


def with_proposals(told: Sequence[dict[str, Any]], ours: Sequence[AbsenceReason]) -> list[Asked]:
    """The reasons of a file with what seems right for those that nobody has answered yet."""
    return [
        Asked(
            each["key"],
            each["text"],
            each["lines"],
            proposal(each["key"], ours) if each["reason"] is None else str(each["reason"]),
            each["reason"] is not None,
        )
        for each in told
    ]


def proposal(key: str, ours: Sequence[AbsenceReason]) -> str:
    """The number of our reason that a folded label seems to be, "0" for none, "" when nothing is alike."""
    if any(word in key for word in _UNKNOWN):
        return "0"
    by_code = {each.code.partition("~")[0]: str(each.pk) for each in ours}
    codes = (code for word, code in _WORDS if word in f"{key} " and code in by_code)
    return by_code.get(next(codes, ""), "")
