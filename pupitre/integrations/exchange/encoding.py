"""Bytes to text, without trusting what a file declares of its own encoding."""

import codecs
import re

from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity

_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LATIN = {"iso8859-1", "iso8859-15"}
_SHOWN = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252",
          "iso8859-15": "ISO-8859-15"}  # fmt: skip
WHOLE_FILE = "Tout le fichier"


def decode(data: bytes, declared: str | None) -> tuple[str, list[Finding]]:
    """The text of a file, and a warning when it is not what was `declared` (None: nothing was).

    Never fails on letters: what cannot be read becomes U+FFFD. Raises Rejected for broken UTF-16.
    """
    said = _canonical(declared)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _read_with_bom(data[len(bom) :], encoding, declared, said)
    if data.isascii():
        return data.decode("ascii"), []
    try:
        return data.decode("utf-8"), _told(declared, "utf-8") if said not in (None, "utf-8") else []
    except UnicodeDecodeError:
        pass
    encoding = "cp1252" if said == "cp1252" or _WINDOWS_ONLY.search(data) else "iso8859-15"
    is_expected = encoding == said or (said in _LATIN and encoding == "iso8859-15")
    return data.decode(encoding, errors="replace"), [] if is_expected else _told(declared, encoding)


def _read_with_bom(data: bytes, encoding: str, declared: str | None, said: str | None) -> tuple[str, list[Finding]]:
    findings = [] if said is None or said[:6] == encoding[:6] else _told(declared, encoding)
    try:
        return data.decode(encoding), findings
    except UnicodeDecodeError:
        if encoding == "utf-8":
            # Two files glued together, or one edited by a careless tool: the mark speaks for its first letters only.
            return decode(data, "utf-8")
    raise Rejected("Ce fichier est abîmé ou incomplet. Refaites l’export puis déposez-le sans l’avoir ouvert.")


def _canonical(declared: str | None) -> str | None:
    """The name Python gives to an encoding; None when nothing useful is declared."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return name if name in _LATIN or name in {"utf-8", "cp1252"} or name.startswith("utf-16") else None


def _told(declared: str | None, encoding: str) -> list[Finding]:
    shown = _SHOWN[encoding]
    if not declared:
        reason = f"Le fichier ne dit pas comment ses lettres sont codées, il a été lu en {shown}. Vérifiez les accents."
        return [Finding(Severity.NOTICE, "encoding", WHOLE_FILE, reason, new=shown)]
    reason = (
        f"Le fichier dit être en {declared.strip()[:40]} mais il est en {shown}, il a été lu ainsi. Vérifiez les accents ; "
        "déposez plutôt l’export sans l’avoir ouvert ni enregistré."
    )
    return [Finding(Severity.REPAIR, "encoding", WHOLE_FILE, reason, old=declared.strip()[:40], new=shown)]
