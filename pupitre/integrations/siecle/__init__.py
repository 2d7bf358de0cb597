"""SIECLE, the pupils' base of secondary schools: its XML exports, of any version, read by the tags they hold."""

import re
from collections.abc import Callable

from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.exchange.xml import child, elements, root_name
from pupitre.integrations.siecle.commons import read_commons
from pupitre.integrations.siecle.export import Export
from pupitre.integrations.siecle.guardians import read_guardians
from pupitre.integrations.siecle.nomenclature import read_nomenclature
from pupitre.integrations.siecle.others import read_other
from pupitre.integrations.siecle.structures import read_structures
from pupitre.integrations.siecle.students import read_students

_READERS: dict[str, Callable[[Export], Reading]] = {
    "BEE_ELEVES": read_students,
    "BEE_RESPONSABLES": read_guardians,
    "BEE_STRUCTURES": read_structures,
    "BEE_NOMENCLATURES": read_nomenclature,
    "BEE_COMMUN": read_commons,
    "BEE_GEOGRAPHIQUE": read_other,
    "BEE_ETABLISSEMENTS": read_other,
}
# Exports made for other software. Nothing tells their roots: where it says nothing, the name of the file does.
_ELSEWHERE = re.compile(r"ACCIO|SSR|SAGESSE", re.IGNORECASE)
_ELSEWHERE_NAMES = re.compile(r"(ACCIO|SSR|\d{7}[A-Z]_(Reference|Eleves))( \(\d+\))?\.xml", re.IGNORECASE)
_NETWORK_ERROR = "erreur"


def recognises(opened: Opened) -> bool:
    """Whether the root is that of an export, read or refused, of SIECLE."""
    root = root_name(opened.data)
    return root.startswith("BEE_") or root == _NETWORK_ERROR or _is_for_others(root, opened.name)


def read(opened: Opened, *, uai: str) -> Reading:
    """Read one export. `uai`: the open school, in which the ids of SIECLE have their meaning.

    Raises Rejected for a damaged or dangerous file, and for exports that are made for other software.
    """
    root = root_name(opened.data)
    if root == _NETWORK_ERROR:
        raise _failed(opened)
    if root == "BEE_GFC":
        raise Rejected(
            "Ce fichier est l’export GFC de SIECLE : il contient des coordonnées bancaires, qui ne sont pas utiles ici. "
            "Déposez les exports Élèves, Responsables, Structures, Nomenclature ou Communs."
        )
    if root not in _READERS:
        raise Rejected(
            "Cet export de SIECLE est fait pour un autre logiciel. "
            "Déposez les exports Élèves, Responsables, Structures, Nomenclature ou Communs."
        )
    return _READERS[root](Export(opened, uai=uai))


def _is_for_others(root: str, name: str) -> bool:
    if root.startswith(("STS_", "EDT_")):
        return False
    return bool(root and (_ELSEWHERE.search(root) or _ELSEWHERE_NAMES.fullmatch(name)))


def _failed(opened: Opened) -> Rejected:
    """What the web service of SIECLE answers instead of a file."""
    told = next((child(each, "message") for each in elements(opened, (_NETWORK_ERROR,))), "")
    said = f" : « {told[:200]} »" if told else ""
    return Rejected(f"SIECLE a répondu par une erreur au lieu d’un export{said}. Refaites l’export plus tard.")
