"""The school that files typed on a command line belong to. One that is not open yet is opened: who types runs the server."""

from collections.abc import Sequence

from pupitre.establishments.models import Establishment
from pupitre.establishments.services import open_establishment
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.text import is_uai
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.exchange.xml import root_name
from pupitre.integrations.reading import describes_a_school, read_opened, school_said

_KINDS = {
    "101": "ecole", "151": "ecole", "153": "ecole", "300": "lycee", "302": "lycee", "306": "lycee", "307": "lycee_agricole",
    "310": "lycee", "320": "lycee_pro", "340": "college", "CLG": "college", "EEPU": "ecole", "LG": "lycee", "LGT": "lycee",
    "LP": "lycee_pro", "LPO": "lycee", "LYC": "lycee",
}  # fmt: skip
"""Nature, or kind, of a school in the national bases → ours."""


def school_of(files: Sequence[Opened], uai: str) -> Establishment:
    """The school `uai`, or the one that the files say when it is empty. Raises Rejected."""
    said = next((code for each in files if (code := school_said(each))), "")
    if not (uai or said):
        raise Rejected("Ces fichiers ne disent pas de quel établissement ils viennent. Ajoutez --uai et son code UAI.")
    wanted = uai or said
    found = Establishment.objects.filter(uai=wanted).first()
    if found:
        return found
    if len(wanted) > 8 or (said and said != wanted) or (not said and not is_uai(wanted)):
        raise Rejected(
            f"L’établissement {wanted[:20]} n’est pas connu ici. Vérifiez son code UAI, ou ouvrez-le d’abord."
        )
    return _open(files, wanted)


def _open(files: Sequence[Opened], uai: str) -> Establishment:
    described = [
        reading.school
        for each in files
        if describes_a_school(each) and (reading := read_opened(each, uai=uai)).uai == uai and reading.school
    ]

    def said(name: str) -> str:
        return next((value for each in described if (value := getattr(each, name))), "")

    name = " ".join(filter(None, (said("name"), said("complement"))))
    return open_establishment(
        uai=uai, name=name[:120] or uai, short_name=name[:60] or uai, town=said("town")[:80], academy=said("academy"),
        kind=_KINDS.get(said("nature")) or _KINDS.get(said("kind")) or _kind_by_files(files),
    )  # fmt: skip


def _kind_by_files(files: Sequence[Opened]) -> str:
    """Tables come from primary or agricultural schools, XML from the others."""
    if any(root_name(each.data) for each in files):
        return Establishment.Kind.COLLEGE
    is_fregata = any("mef" in each.data[:4000].lower().decode("latin-1") for each in files)
    return Establishment.Kind.LYCEE_AGRICOLE if is_fregata else Establishment.Kind.ECOLE
