"""Nomenclature.xml: training levels (MEF) and subjects. Its small code tables are national: they are not read."""

from lxml.etree import _Element

from pupitre.integrations.exchange.records import Kind, ProgrammeRecord, Reading, SubjectRecord
from pupitre.integrations.exchange.text import read_stat
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.exchange.xml import attribute, child
from pupitre.integrations.siecle.export import Export

_MEF, _SUBJECT = 11, 6  # characters
_SMALL_TABLES = (
    "REGIMES", "LIENS_PARENTE", "MODALITES_ELECTION", "STATUTS_ELEVE", "CIVILITES", "MOTIFS_SORTIE", "BOURSES", "PROFESSIONS",
    "PROVENANCES", "CONTRATS", "TYPES_ETAB", "TYPES_ETABLISSEMENT", "MODALITES_COURS",
)  # fmt: skip
_BLOCKS = frozenset({"MEFS", "MATIERES", "PROGRAMMES", "OPTIONS_OBLIGATOIRES", *_SMALL_TABLES})


def read_nomenclature(export: Export) -> Reading:
    """Training levels and subjects, each once. Raises Rejected when there is none of either."""
    programmes: dict[str, ProgrammeRecord] = {}
    subjects: dict[str, SubjectRecord] = {}
    for element in export.items(("MEF", "MATIERE"), blocks=_BLOCKS):
        if element.tag == "MEF":
            _add_programme(export, element, programmes)
        else:
            _add_subject(export, element, subjects)
    export.refuse_if_empty(programmes, "aucune formation")
    export.refuse_if_empty(subjects, "aucune matière")
    return export.reading(Kind.NOMENCLATURE, programmes=list(programmes.values()), subjects=list(subjects.values()))


def _add_programme(export: Export, element: _Element, programmes: dict[str, ProgrammeRecord]) -> None:
    code = attribute(element, "CODE_MEF") or child(element, "CODE_MEF")
    label = _label(element, "LIBELLE_LONG", "LIBELLE_EDITION", "FORMATION") or code
    if 0 < len(code) <= _MEF:
        programmes[code] = ProgrammeRecord(code, label[:60], read_stat(child(element, "CODE_MEFSTAT")))
        return
    told = "Cette formation n’a pas de code MEF, ou il est trop long. Elle est laissée de côté."
    export.tell(Severity.QUARANTINE, "bad_code", label[:60] or "Formation", told, field="CODE_MEF", old=code)


def _add_subject(export: Export, element: _Element, subjects: dict[str, SubjectRecord]) -> None:
    code = attribute(element, "CODE_MATIERE") or child(element, "CODE_MATIERE")
    short = child(element, "LIBELLE_COURT")
    label = _label(element, "LIBELLE_EDITION", "LIBELLE_LONG", "LIBELLE_COURT") or code
    if 0 < len(code) <= _SUBJECT:
        subjects[code] = SubjectRecord(code, label[:80], child(element, "CODE_GESTION")[:10], short[:40])
        return
    # Academic subjects may have no code: nothing can then point to them.
    told = "Cette matière n’a pas de code, ou il est trop long. Elle est laissée de côté."
    export.tell(Severity.NOTICE, "bad_code", label[:80] or "Matière", told, field="CODE_MATIERE", old=code)


def _label(element: _Element, *tags: str) -> str:
    return next((said for tag in tags if (said := child(element, tag))), "")
