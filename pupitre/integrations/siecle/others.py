"""Exports that are sound and say nothing we need: places, and other schools."""

from pupitre.integrations.exchange.encoding import WHOLE_FILE
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.siecle.export import Export

OTHER = "siecle_other"
_BLOCKS = frozenset(
    {"PAYS", "DEPARTEMENTS", "DEPARTEMENT", "COMMUNES", "COMMUNE", "ETABLISSEMENTS", "ETABLISSEMENT", "ACADEMIES"}
)


def read_other(export: Export) -> Reading:
    """Nothing but the header, and a notice. Raises Rejected when the file is damaged."""
    for _ in export.items((), blocks=_BLOCKS):
        pass
    reason = "Cet export de SIECLE (communes ou établissements) n’est pas utile ici, rien n’en est repris."
    export.findings.append(Finding(Severity.NOTICE, "not_needed", WHOLE_FILE, f"{reason} Il n’y a rien à faire."))
    return export.reading(OTHER)
