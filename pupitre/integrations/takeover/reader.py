"""An export, CSV or spreadsheet → its table, and what each column seems to hold."""

import io
import re

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import number
from pupitre.integrations.exchange.csv import Table, read_table
from pupitre.integrations.exchange.opening import open_files
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.takeover.fields import fields_of
from pupitre.integrations.takeover.models import Thing
from pupitre.integrations.takeover.workbooks import MOST_ROWS, is_workbook, read_workbook

MOST_LINES = 100_000
"""Of one file: a large lycée writes some sixty thousand in a year."""
_LEAST_COLUMNS = 2
_SIGNS = re.compile(r"[^\w]+")


def read(name: str, data: bytes) -> Table:
    """The table of an export, alone or in a zip. Raises Rejected with a sentence for whoever handed it over."""
    table = read_workbook(data) if is_workbook(data) else _of_text(name, data)
    _refuse_long(len(table.rows), MOST_ROWS)
    if sum(map(bool, table.columns)) < _LEAST_COLUMNS:
        raise Rejected(_not_csv())
    if not table.rows:
        raise Rejected(_("Ce fichier a des titres de colonnes, et aucune ligne. Refaites l’export sur toute l’année."))
    return table


def _of_text(name: str, data: bytes) -> Table:
    opened = open_files(name, io.BytesIO(data))
    if len(opened) > 1:
        raise Rejected(_("Cette archive contient %(n)s fichiers. Déposez-les un par un.") % {"n": len(opened)})
    inside = opened[0].data
    if is_workbook(inside):
        return read_workbook(inside)
    if inside.lstrip()[:1] in (b"<", b"{", b"["):
        raise Rejected(_not_csv())
    _refuse_long(inside.count(b"\n"), MOST_LINES)
    return read_table(inside)


def _refuse_long(lines: int, most: int) -> None:
    if lines > most:
        text = _(
            "Ce fichier a %(lines)s lignes, la reprise en lit %(most)s au plus. Faites un export par trimestre, ou par "
            "niveau, et déposez-les l’un après l’autre : rien n’est repris deux fois."
        )
        raise Rejected(text % {"lines": number(lines), "most": number(most)})


def _not_csv() -> str:
    return _(
        "Ce fichier n’est pas un tableau CSV : il faut des colonnes séparées par « ; », « , » ou des tabulations, avec leurs "
        "titres sur la première ligne. Dans l’ancien outil, choisissez l’export au format CSV ou texte."
    )


def proposed(table: Table, remembered: dict[str, str], thing: str = Thing.ABSENCE) -> dict[str, int]:
    """Which column seems to hold each field: what the school said last time, else what the titles say."""
    found: dict[str, int] = {}
    titles = titles_of(table)
    for field in fields_of(thing):
        names = [remembered[field.key]] if field.key in remembered else []
        for name in (*names, *field.names):
            place = next((at for at, title in enumerate(titles) if title == name and at not in found.values()), None)
            if place is not None:
                found[field.key] = place
                break
    if thing == Thing.AVERAGE and "subject" not in found:
        # A column a subject: « Moyenne » is then the general one.
        found.pop("average", None)
    return found


def titles_of(table: Table) -> list[str]:
    """The titles of the columns for comparison: « N° élève » is « n eleve »."""
    return [_SIGNS.sub(" ", column).strip() for column in table.columns]
