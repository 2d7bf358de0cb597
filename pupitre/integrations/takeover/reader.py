"""A CSV export → its table, and what each column seems to hold."""

import io
import re

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import number
from pupitre.integrations.exchange.csv import Table, read_table
from pupitre.integrations.exchange.opening import open_files
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.takeover.fields import FIELDS

MOST_LINES = 100_000
"""Of one file: a large lycée writes some sixty thousand in a year."""
_LEAST_COLUMNS = 2
_SIGNS = re.compile(r"[^\w]+")


def read(name: str, data: bytes) -> Table:
    """The table of an export, alone or in a zip. Raises Rejected with a sentence for whoever handed it over."""
    opened = open_files(name, io.BytesIO(data))
    if len(opened) > 1:
        raise Rejected(_("Cette archive contient %(n)s fichiers. Déposez-les un par un.") % {"n": len(opened)})
    inside = opened[0].data
    if inside.lstrip()[:1] in (b"<", b"{", b"["):
        raise Rejected(_not_csv())
    lines = inside.count(b"\n")
    if lines > MOST_LINES:
        text = _(
            "Ce fichier a %(lines)s lignes, la reprise en lit %(most)s au plus. Faites un export par trimestre, ou par "
            "niveau, et déposez-les l’un après l’autre : rien n’est repris deux fois."
        )
        raise Rejected(text % {"lines": number(lines), "most": number(MOST_LINES)})
    table = read_table(inside)
    if sum(map(bool, table.columns)) < _LEAST_COLUMNS:
        raise Rejected(_not_csv())
    if not table.rows:
        raise Rejected(_("Ce fichier a des titres de colonnes, et aucune ligne. Refaites l’export sur toute l’année."))
    return table


def _not_csv() -> str:
    return _(
        "Ce fichier n’est pas un tableau CSV : il faut des colonnes séparées par « ; », « , » ou des tabulations, avec leurs "
        "titres sur la première ligne. Dans l’ancien outil, choisissez l’export au format CSV ou texte."
    )


def proposed(table: Table, remembered: dict[str, str]) -> dict[str, int]:
    """Which column seems to hold each field: what the school said last time, else what the titles say."""
    found: dict[str, int] = {}
    titles = titles_of(table)
    for field in FIELDS:
        names = [remembered[field.key]] if field.key in remembered else []
        for name in (*names, *field.names):
            place = next((at for at, title in enumerate(titles) if title == name and at not in found.values()), None)
            if place is not None:
                found[field.key] = place
                break
    return found


def titles_of(table: Table) -> list[str]:
    """The titles of the columns for comparison: « N° élève » is « n eleve »."""
    return [_SIGNS.sub(" ", column).strip() for column in table.columns]
