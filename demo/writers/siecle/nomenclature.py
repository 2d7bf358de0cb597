"""Nomenclature: levels, subjects, programmes, and the small tables of codes."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from demo.model import SchoolLife
from demo.teaching.programme import Level
from demo.teaching.subjects import SUBJECTS, Subject
from demo.writers.siecle.document import export, save
from demo.writers.words import capitals, hours
from demo.writers.xml import Xml

COMMON, COMPULSORY, FACULTATIVE = "S", "O", "F"

# Container, element, attribute, and for each code a short and a long label.
_TABLES = (
    ("MODALITES_ELECTION", "MODALITE_ELECTION", "CODE_MODALITE_ELECT", (
        (COMMON, "TRONC COMM", "MATIERE ENSEIGNEE EN TRONC COMMUN"),
        (COMPULSORY, "OBLIG", "OPTION OBLIGATOIRE"), (FACULTATIVE, "FACULT", "OPTION FACULTATIVE"))),
    ("REGIMES", "REGIME", "CODE_REGIME", (
        ("0", "EXTERN", "EXTERNE LIBRE"), ("24", "DP4J", "DEMI-PENSIONNAIRE 4 JOURS"),
        ("25", "DP5J", "DEMI-PENSIONNAIRE 5 JOURS"), ("29", "DPTIC", "DEMI-PENSIONNAIRE AU TICKET"),
        ("3", "INTERN", "INTERNE DANS L'ETABLISSEMENT"))),
    ("LIENS_PARENTE", "LIEN_PARENTE", "CODE_PARENTE", (
        ("10", "MERE", "MERE"), ("20", "PERE", "PERE"), ("38", "ASCENDANT", "ASCENDANT"),
        ("42", "ASS.FAM.", "ASSISTANT FAMILIAL"), ("50", "TUTEUR", "TUTEUR"),
        ("51", "ASE", "AIDE SOCIALE A L'ENFANCE"), ("90", "AUTRE", "AUTRE LIEN"))),
    ("STATUTS_ELEVE", "STATUT_ELEVE", "CODE_STATUT", (
        ("ST", "SCOLAIRE", "SCOLAIRE"), ("AP", "APPRENTI", "APPRENTI"))),
    ("CIVILITES", "CIVILITE", "CODE_CIVILITE", (("1", "M.", "MONSIEUR"), ("2", "MME", "MADAME"))),
)  # fmt: skip


def write_nomenclature(folder: Path, life: SchoolLife, at: datetime) -> Path:
    """Write ExportXML_Nomenclature.zip."""
    xml, levels = Xml(), life.school.levels
    with export(xml, "BEE_NOMENCLATURES", "3.1", life, at):
        with xml.tag("MEFS"):
            for level in levels:
                _write_level(xml, level)
        with xml.tag("MATIERES"):
            for subject in subjects_of(life):
                with xml.tag("MATIERE", CODE_MATIERE=subject.code):
                    _write_subject(xml, subject)
                    xml.leaf("MATIERE_ETP", "0")
        with xml.tag("PROGRAMMES"):
            for level in levels:
                for code, mode, weekly in programme(level):
                    with xml.tag("PROGRAMME"):
                        xml.leaves(
                            CODE_MEF=level.mef, CODE_MATIERE=code, CODE_MODALITE_ELECT=mode, HORAIRE=hours(weekly)
                        )
        _write_tables(xml)
    return save(folder, "Nomenclature", xml, at)


def subjects_of(life: SchoolLife) -> list[Subject]:
    """The subjects taught in a school, by national code."""
    return sorted({SUBJECTS[service.subject] for service in life.services}, key=lambda subject: subject.code)


def programme(level: Level) -> Iterator[tuple[str, str, float]]:
    """What a level teaches: national code of the subject, mode of election, weekly hours."""
    weekly: dict[tuple[str, str], float] = {}

    def add(subject: str, mode: str, count: float) -> None:
        if subject:
            key = (SUBJECTS[subject].code, mode)
            weekly[key] = weekly.get(key, 0.0) + count

    for subject, times in level.singles.items():
        add(subject, COMMON, times)
    for subject, times in level.doubles.items():
        add(subject, COMMON, 2 * times)
    for pair in (*level.alternates, *((level.halves,) if level.halves else ())):
        for subject in pair:
            add(subject, COMMON, 0.5)
    for line in level.lines:
        add(line.alternate, COMMON, 0.5)
        mode = FACULTATIVE if line.facultative else COMPULSORY
        for subject in dict.fromkeys(track.subject for track in line.tracks):
            add(subject, mode, line.singles + 2 * line.doubles + (0.5 if line.alternate else 0.0))
    for (code, mode), count in weekly.items():
        yield code, mode, count


def _write_level(xml: Xml, level: Level) -> None:
    with xml.tag("MEF", CODE_MEF=level.mef):
        xml.leaves(
            FORMATION=level.formation,
            LIBELLE_LONG=capitals(level.label, 40),
            LIBELLE_EDITION=level.label,
            STATUT_MEF="1",
            MEF_RATTACHEMENT=level.mef,
            CODE_MEFSTAT=level.mefstat,
            NB_OPT_OBLIG=sum(not line.facultative for line in level.lines),
            NB_OPT_MINI=sum(not line.facultative for line in level.lines),
            RENFORCEMENT_LANGUES="0",
            INSCRIPTION_ETAB="1",
            MEF_ORIGINE="1",
            MEF_SELECTIONNE="1",
            MEF_SELORIG="1",
            DATE_OUVERTURE="01/09/2002",
            DATE_FERMETURE="31/12/9999",
        )


def _write_subject(xml: Xml, subject: Subject) -> None:
    xml.leaves(
        CODE_GESTION=subject.key,
        LIBELLE_COURT=subject.short_label,
        LIBELLE_LONG=capitals(subject.label, 40),
        LIBELLE_EDITION=subject.label,
    )


def _write_tables(xml: Xml) -> None:
    for container, element, attribute, rows in _TABLES:
        with xml.tag(container):
            for code, short, long in rows:
                with xml.tag(element, **{attribute: code}):
                    xml.leaves(LIBELLE_COURT=short, LIBELLE_LONG=long)
