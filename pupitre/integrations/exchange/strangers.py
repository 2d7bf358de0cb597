"""What people hand over by mistake, recognised by its first bytes: each has its own sentence."""

import re

from pupitre.integrations.exchange.verdicts import Rejected

_HEAD = 4096
_SIGNATURES = {
    b"%PDF": "est un document PDF. Déposez le fichier exporté par l’application, et non son impression",
    b"\xd0\xcf\x11\xe0": "est un fichier Excel ou Word ancien. Déposez le fichier tel que l’application l’exporte",
    b"Rar!": "est une archive RAR. Décompressez-la puis déposez les fichiers exportés",
    b"7z\xbc\xaf": "est une archive 7-Zip. Décompressez-la puis déposez les fichiers exportés",
    b"\x89PNG": "est une image. Déposez le fichier exporté par l’application",
    b"\xff\xd8\xff": "est une image. Déposez le fichier exporté par l’application",
}
# Files of other systems, by the beginning of their root or of their text.
_OTHERS = {
    "ficAlimMENESR": "vient de l’annuaire fédérateur (AAF), qui n’est pas lu ici. Déposez les exports de SIECLE et de STSWeb",
    "IMPORT_ELEVES": "est fait pour être chargé dans SIECLE, et n’en vient pas. Déposez les exports de SIECLE",
    "lsun-bilans": "est fait pour le livret scolaire (LSU). Déposez les exports de SIECLE et de STSWeb",
    "men:GAR-ENT": "est fait pour le GAR. Déposez les exports de SIECLE et de STSWeb",
}
_EXPECTED = (
    "Fichiers attendus : SIECLE (Élèves, Responsables, Structures, Nomenclature, Communs), STSWeb (sts_emp, emp_sts), "
    "EDT (EXP_COURS, EXP_ELEVES), UDT, agendas ICS, Fregata, ONDE (élèves, responsables, enseignants), archives OneRoster, ou les "
    "tableaux de Pupitre (responsables, emploi du temps). Déposez-les tels qu’ils sortent de l’application."
)
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_IMPOSSIBLE = re.compile(rb"export\s+impossible", re.IGNORECASE)
_BLANK = re.compile(rb"[\s\x00]*")


def unrecognised(root: str, data: bytes, *, name: str = "") -> Rejected:
    """The refusal of a sound file that no adapter reads. `root`: of its XML, or « »; `name`: when it was inside another."""
    this = f"Le fichier « {name} »" if name else "Ce fichier"
    beginning = root or data[:400].decode("latin-1").strip()
    for start, told in _OTHERS.items():
        if beginning.startswith(start):
            return Rejected(f"{this} {told}.")
    return Rejected(f"{this} n’est pas reconnu. {_EXPECTED}")


def refuse_stranger(name: str, data: bytes, *, is_inside: bool) -> None:
    """Raise Rejected for what cannot be an export: nothing, a page, a PDF, an image. `is_inside`: found in an archive."""
    this = f"« {name} », dans cette archive," if is_inside else "Ce fichier"
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _BLANK.fullmatch(head) and not data[_HEAD:].strip(b" \t\r\n\x00"):
        raise Rejected(f"{this} est vide. Refaites l’export puis déposez-le de nouveau.")
    for signature, told in _SIGNATURES.items():
        if head.startswith(signature):
            raise Rejected(f"{this} {told}.")
    # An export that names a pupil « Impossible » is XML: only a page or a bare message is looked at.
    is_page = bool(_PAGE.match(head))
    if (is_page or not head.lstrip().startswith(b"<")) and _IMPOSSIBLE.search(head):
        raise Rejected(
            f"{this} est le message « EXPORT IMPOSSIBLE » de SIECLE, enregistré à la place de l’export. "
            "Refaites l’export plus tard : il n’est ouvert qu’à certaines heures, souvent après 18\u00a0h."
        )
    if is_page:
        raise Rejected(
            f"{this} est une page web, enregistrée à la place de l’export. "
            "Reconnectez-vous à l’application, refaites l’export puis déposez le fichier téléchargé."
        )
