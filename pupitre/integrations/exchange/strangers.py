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
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_IMPOSSIBLE = re.compile(rb"export\s+impossible", re.IGNORECASE)
_BLANK = re.compile(rb"[\s\x00]*")


def refuse_stranger(name: str, data: bytes, *, is_inside: bool) -> None:
    """Raise Rejected for what cannot be an export: nothing, a page, a PDF, an image. `is_inside`: found in an archive."""
    this = f"« {name} », dans cette archive," if is_inside else "Ce fichier"
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _BLANK.fullmatch(head) and not data[_HEAD:].strip():
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
