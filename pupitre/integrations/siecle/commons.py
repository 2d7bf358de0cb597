"""Communs.xml: the school itself, the year, its marking periods, the days it is closed."""

from datetime import date

from lxml.etree import _Element

from pupitre.integrations.exchange.records import ClosureRecord, Kind, Reading, SchoolRecord, TermRecord
from pupitre.integrations.exchange.text import read_date
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.exchange.xml import child
from pupitre.integrations.siecle.export import Export

_CLOSURES = ("CALENDRIER_FERMETURE", "FERMETURE")
_BLOCKS = frozenset(
    {
        "UAJ",
        "ANNEE_SCOLAIRE",
        "ANNEE_SCOLAIRE_AD",
        "PERIODES",
        "PERIODE",
        "CALENDRIER_FERMETURES",
        "FERMETURES",
        *_CLOSURES,
    }
)
_LABEL = 60  # letters


def read_commons(export: Export) -> Reading:
    """School, terms and closures. Raises Rejected when the file is damaged."""
    school, dates = SchoolRecord(), ("", "")
    terms: list[TermRecord] = []
    closures: list[ClosureRecord] = []
    for element in export.items(("UAJ", "ANNEE_SCOLAIRE", "PERIODE", *_CLOSURES), blocks=_BLOCKS):
        if element.tag == "UAJ":
            school = _school(element)
        elif element.tag == "ANNEE_SCOLAIRE":
            dates = _first(element, "DATE_DEBUT_ELEVE", "DATE_DEB_ELEVE"), child(element, "DATE_FIN_ELEVE")
        elif element.tag == "PERIODE":
            terms += _term(export, element)
        else:
            closures += _closure(export, element)
    starts_on, ends_on = (read_date(each) for each in dates)
    said = SchoolRecord(
        school.name, school.complement, school.town, school.nature, school.kind, school.academy, starts_on, ends_on
    )
    return export.reading(Kind.COMMONS, school=said, terms=terms, closures=closures)


def _school(element: _Element) -> SchoolRecord:
    academy = child(element, "CODE_ACADEMIE")
    return SchoolRecord(
        name=child(element, "DENOM_PRINC"),
        complement=child(element, "DENOM_COMPL"),
        town=child(element, "LIBELLE_POSTAL"),
        nature=child(element, "CODE_NATURE"),
        kind=child(element, "CODE_TYPE_ETAB"),
        # Two digits here, three in STSWeb: compared as a number.
        academy=str(int(academy)) if academy.isascii() and academy.isdecimal() and len(academy) < 4 else "",
    )


def _term(export: Export, element: _Element) -> list[TermRecord]:
    code = child(element, "CODE_PERIODE")
    label = (child(element, "LL_PERIODE") or code)[:_LABEL]
    dates = _dates(element)
    if dates and code and len(code) <= 3:
        return [TermRecord(code, label, *dates)]
    export.tell(
        Severity.QUARANTINE, "bad_term", label or "Période", "Cette période n’a pas de code ou de dates lisibles."
    )
    return []


def _closure(export: Export, element: _Element) -> list[ClosureRecord]:
    label = _first(element, "LL_FERMETURE", "LL_MOTIF", "LC_MOTIF")[:_LABEL] or "Fermeture"
    dates = _dates(element)
    if dates:
        return [ClosureRecord(label, *dates)]
    export.tell(Severity.QUARANTINE, "bad_closure", label, "Cette fermeture n’a pas de dates lisibles.")
    return []


def _dates(element: _Element) -> tuple[date, date] | None:
    first, last = read_date(child(element, "DATE_DEBUT")), read_date(child(element, "DATE_FIN"))
    return (first, last) if first and last and first <= last else None


def _first(element: _Element, *tags: str) -> str:
    return next((said for tag in tags if (said := child(element, tag))), "")
