"""`sts_emp_<UAI>_<year>.xml`: who works in the school, and who teaches what to whom."""

from datetime import date
from pathlib import Path

from demo.identifiers import ACADEMY_CODE, ACADEMY_NAME
from demo.model import SchoolLife, Staff
from demo.teaching.subjects import SUBJECTS, TRADES
from demo.writers.siecle.nomenclature import programme, subjects_of
from demo.writers.sts.services import COURSE_MODE, Teaching
from demo.writers.words import capitals, hours
from demo.writers.xml import Xml

_CIVILITIES = (
    (".", "M.", "M."), ("1", "M.", "M."), ("2", "MME", "Mme"), ("3", "MME", "Mme"), ("L", "MME", "Mme"),
    ("M", "MME", "Mme"),
)  # fmt: skip


def write_staff_file(folder: Path, life: SchoolLife) -> Path:
    """Write the file that STSWEB gives."""
    xml = Xml()
    with xml.tag("STS_EDT"):
        with xml.tag("PARAMETRES"):
            _write_school(xml, life)
        with xml.tag("NOMENCLATURES"):
            _write_nomenclatures(xml, life)
        with xml.tag("DONNEES"):
            with xml.tag("INDIVIDUS"):
                for one in life.staff:
                    with xml.tag("INDIVIDU", ID=str(one.id), TYPE=one.kind):
                        _write_person(xml, life, one)
            with xml.tag("STRUCTURE"):
                _write_structures(xml, life)
            xml.empty("SUPPLEANTS")
    path = folder / f"sts_emp_{life.school.uai}_{life.calendar.year}.xml"
    path.write_bytes(xml.encoded())
    return path


def _write_school(xml: Xml, life: SchoolLife) -> None:
    school, year = life.school, life.calendar.year
    with xml.tag("UAJ", CODE=school.uai):
        with xml.tag("ACADEMIE"):
            xml.leaves(CODE=ACADEMY_CODE, LIBELLE=ACADEMY_NAME)
        xml.leaves(
            SIGLE=school.sigle,
            DENOM_PRINC=school.principal_name,
            DENOM_COMPL=school.complement,
            CODE_NATURE=school.nature,
            CODE_CATEGORIE=school.sigle,
            MENTION_DISTRIBUTION="",
            ADRESSE=school.street,
            COMMUNE=school.town.upper(),
            CODE_POSTAL=school.postcode,
            BOITE_POSTALE="",
            CEDEX="N",
            TELEPHONE=f"01990000{school.rank + 1:02d}",
            STATUT="public",
            ETABLISSEMENT_SENSIBLE="false",
        )
    with xml.tag("ANNEE_SCOLAIRE", ANNEE=str(year)):
        xml.leaves(DATE_DEBUT=date(year, 9, 1).isoformat(), DATE_FIN=date(year + 1, 8, 31).isoformat())


def _write_nomenclatures(xml: Xml, life: SchoolLife) -> None:
    with xml.tag("CIVILITES"):
        for code, short, long in _CIVILITIES:
            with xml.tag("CIVILITE", CODE=code):
                xml.leaves(LIBELLE_COURT=short, LIBELLE_LONG=long)
    with xml.tag("MODS_COURS"), xml.tag("MOD_COURS", CODE=COURSE_MODE):
        xml.leaves(LIBELLE_COURT="COURS", LIBELLE_LONG="COURS GENERAL", CO_ENS="true")
    with xml.tag("MATIERES"):
        for subject in subjects_of(life):
            with xml.tag("MATIERE", CODE=subject.code):
                xml.leaves(
                    CODE_GESTION=subject.key,
                    LIBELLE_COURT=subject.short_label,
                    LIBELLE_LONG=capitals(subject.label, 40),
                    LIBELLE_EDITION=subject.label,
                )
    with xml.tag("MEFS"):
        for level in life.school.levels:
            with xml.tag("MEF", CODE=level.mef):
                xml.leaves(
                    FORMATION=level.formation,
                    SPECIALITE="",
                    LIBELLE_LONG=capitals(level.label, 40),
                    LIBELLE_EDITION=level.label,
                    MEFSTAT11=level.mefstat,
                    MEFSTAT4=level.mefstat[:4],
                )
    with xml.tag("PROGRAMMES"):
        for level in life.school.levels:
            for code, _mode, weekly in programme(level):
                with xml.tag("PROGRAMME"):
                    xml.leaves(CODE_MEF=level.mef, CODE_MATIERE=code, HORAIRE=hours(weekly))


def _write_person(xml: Xml, life: SchoolLife, one: Staff) -> None:
    is_local = one.kind == "local"
    xml.leaves(
        SEXE="" if is_local else one.sex,
        CIVILITE=one.sex,
        NOM_USAGE=one.last_name.upper(),
        NOM_PATRONYMIQUE=None if is_local else (one.birth_name or one.last_name).upper(),
        PRENOM=one.first_name.upper(),
        DATE_NAISSANCE=one.birth_date.isoformat() if one.birth_date else None,
        GRADE="CERT. CL N" if one.function == "ENS" else None,
        FONCTION=one.function,
    )
    heads = [division for uai, division in one.head_of if uai == life.school.uai]
    with xml.tag("PROFS_PRINC"):
        for division in heads:
            with xml.tag("PROF_PRINC"):
                xml.leaves(
                    CODE_STRUCTURE=division,
                    DATE_DEBUT=date(life.calendar.year, 9, 1).isoformat(),
                    DATE_FIN=date(life.calendar.year + 1, 8, 31).isoformat(),
                )
    with xml.tag("DISCIPLINES"):
        if one.trade:
            trade = TRADES[one.trade]
            with xml.tag("DISCIPLINE", CODE=trade.code):
                xml.leaves(LIBELLE_COURT=trade.label, NB_HEURES=hours(one.hours[life.school.uai]))


def _write_structures(xml: Xml, life: SchoolLife) -> None:
    teaching = Teaching(life)
    with xml.tag("DIVISIONS"):
        for level in life.school.levels:
            for division in level.divisions:
                size = life.size_of(division)
                with xml.tag("DIVISION", CODE=division):
                    xml.leaf("LIBELLE_LONG", level.division_label(division))
                    xml.leaves(EFFECTIF_PREVU=level.size, EFFECTIF_CALCULE=size)
                    with xml.tag("MEFS_APPARTENANCE"), xml.tag("MEF_APPARTENANCE", CODE=level.mef):
                        xml.leaves(EFFECTIF_PREVU=level.size, EFFECTIF_CALCULE=size)
                    _write_services(xml, teaching, division)
    with xml.tag("GROUPES"):
        for group in life.groups:
            with xml.tag("GROUPE", CODE=group.code):
                size = len(group.members)
                xml.leaves(LIBELLE_LONG=group.label, EFFECTIF_PREVU=size, EFFECTIF_CALCULE=size)
                with xml.tag("DIVISIONS_APPARTENANCE"):
                    for division in group.divisions:
                        xml.empty("DIVISION_APPARTENANCE", CODE=division)
                _write_services(xml, teaching, group.code)


def _write_services(xml: Xml, teaching: Teaching, group: str) -> None:
    with xml.tag("SERVICES"):
        for service in teaching.services_of(group):
            code = SUBJECTS[service.subject].code
            with xml.tag("SERVICE", CODE_MATIERE=code, CODE_MOD_COURS=COURSE_MODE), xml.tag("ENSEIGNANTS"):
                xml.empty("ENSEIGNANT", ID=str(service.teacher), TYPE=teaching.types[service.teacher])
