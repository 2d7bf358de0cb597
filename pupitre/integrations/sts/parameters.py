"""The school and the school year, as both files of STSWeb write them."""

import re

from lxml.etree import _Element

from pupitre.integrations.exchange.verdicts import Rejected

_YEAR = re.compile(r"(20\d\d)(?:\D.*)?", re.DOTALL)


def school_uai(element: _Element) -> str:
    """The code of a UAJ: an attribute in sts_emp, the text itself in emp_sts."""
    return (element.get("CODE") or element.text or "").strip().upper()


def required(uai: str) -> str:
    """The code of the school the file speaks of. Raises Rejected when it says none."""
    if not uai:
        raise Rejected(
            "Ce fichier ne dit pas de quel établissement il vient (balise UAJ). Déposez le fichier tel que "
            "l’application le donne."
        )
    return uai


def school_year(element: _Element) -> int | None:
    """First calendar year of an ANNEE_SCOLAIRE, written « 2025 » or « 2025-2026 »; None when it is not readable."""
    match = _YEAR.fullmatch((element.get("ANNEE") or element.text or "").strip())
    return int(match[1]) if match else None
