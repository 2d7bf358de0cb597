"""What misses among the columns that were said of a file of results, each in a sentence. No database."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.takeover.fields import NAMES_STUDENT
from pupitre.integrations.takeover.models import Thing
from pupitre.integrations.takeover.wide import assessments_in, subjects_in

_SOMETHING = frozenset({"average", "text", "mention", "half_days", "unjustified", "lates"})


def missing_of(columns: Mapping[str, int], thing: str, said: Mapping[str, Any], table: Table) -> dict[str, str]:
    """By field, what to say about it; nothing when the file can be read."""
    return dict(_missing(columns, thing, said, table))


def _missing(
    columns: Mapping[str, int], thing: str, said: Mapping[str, Any], table: Table
) -> Iterator[tuple[str, str]]:
    if not any(wanted <= columns.keys() for wanted in NAMES_STUDENT):
        yield "student", _("Dites quelle colonne nomme l’élève : son nom, ou son INE, ou son numéro interne.")
    if thing == Thing.MARK:
        yield from _of_marks(columns, said, table)
        return
    if "period" not in columns and not said.get("period"):
        yield "periode", _("Dites de quelle période sont les lignes, ou quelle colonne le dit.")
    if thing == Thing.BULLETIN:
        if not _SOMETHING & columns.keys():
            yield "text", _("Dites au moins une colonne : moyenne générale, appréciation, mention ou absences.")
    elif "subject" in columns:
        if not {"average", "text"} & columns.keys():
            yield "average", _("Dites quelle colonne tient la moyenne, ou l’appréciation.")
    elif not subjects_in(table, columns):
        yield (
            "subject",
            _("Dites quelle colonne nomme la matière. Sans elle, chaque matière doit avoir sa colonne de moyennes."),
        )


def _of_marks(columns: Mapping[str, int], said: Mapping[str, Any], table: Table) -> Iterator[tuple[str, str]]:
    if "subject" not in columns and not said.get("subject"):
        yield "subject", _("Dites quelle colonne nomme la matière, ou choisissez plus haut celle de toutes les lignes.")
    if "mark" in columns:
        if "held_on" not in columns:
            yield "held_on", _("Dites quelle colonne tient le jour de l’évaluation.")
    elif not assessments_in(table, columns, int(said.get("year") or 2000)):
        yield (
            "mark",
            _(
                "Dites quelle colonne tient la note. Sans elle, chaque évaluation doit avoir sa colonne, et son jour dans le titre."
            ),
        )
