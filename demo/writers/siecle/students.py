"""ElevesAvecAdresses: students, what they chose, where they sit, where they live."""

from datetime import date, datetime
from pathlib import Path

from demo.identifiers import student_id
from demo.model import School, SchoolLife, Student
from demo.teaching.subjects import SUBJECTS
from demo.writers.siecle.document import DEPARTMENT, FRANCE, TOWN_CODE, export, save, write_addresses
from demo.writers.siecle.nomenclature import COMPULSORY, FACULTATIVE
from demo.writers.words import french_date, yes
from demo.writers.xml import Xml

# INSEE codes of the countries where some are born.
_COUNTRIES = {
    "ALGER": "352", "LISBONNE": "139", "DAKAR": "341", "BRUXELLES": "131", "CASABLANCA": "350", "KYIV": "155",
    "MILAN": "127", "TUNIS": "351", "ABIDJAN": "326", "LIMA": "422",
}  # fmt: skip
_FIRST_LANGUAGE = "AGL1"
# Where those of the first level come from: abbreviation, name, complement.
_BEFORE = {
    "college": ("E.E.PU", "ECOLE ELEMENTAIRE PUBLIQUE", "LES MOINEAUX"),
    "lycee": ("CLG", "COLLEGE", "LES TILLEULS"),
}


def write_students(folder: Path, life: SchoolLife, at: datetime) -> Path:
    """Write ExportXML_ElevesAvecAdresses.zip."""
    xml, rank = Xml(), life.school.rank
    with export(xml, "BEE_ELEVES", "3.0", life, at):
        with xml.tag("ELEVES"):
            for number, student in enumerate(life.students, start=1):
                with xml.tag("ELEVE", **_keys(rank, number, student)):
                    _write_student(xml, life, number, student)
        with xml.tag("OPTIONS"):
            for number, student in enumerate(life.students, start=1):
                with xml.tag("OPTION", **_keys(rank, number, student)):
                    _write_choices(xml, student)
        with xml.tag("STRUCTURES"):
            for number, student in enumerate(life.students, start=1):
                with xml.tag("STRUCTURES_ELEVE", **_keys(rank, number, student)):
                    for code, kind in ((student.division, "D"), *((code, "G") for code in student.groups)):
                        with xml.tag("STRUCTURE"):
                            xml.leaves(CODE_STRUCTURE=code, TYPE_STRUCTURE=kind)
        write_addresses(xml, (student.home for student in life.students))
    return save(folder, "ElevesAvecAdresses", xml, at)


def _keys(rank: int, number: int, student: Student) -> dict[str, str]:
    return {"ELEVE_ID": str(student_id(rank, student.key)), "ELENOET": str(number)}


def _write_student(xml: Xml, life: SchoolLife, number: int, student: Student) -> None:
    others = dict(zip(("PRENOM2", "PRENOM3"), student.other_names, strict=False))
    country = _COUNTRIES.get(student.birth_town, FRANCE)
    is_french = country == FRANCE
    entered_on = french_date(date(life.calendar.year, 9, 1))
    xml.leaves(
        ID_NATIONAL=student.ine,
        INE_RNIE=student.ine,
        ELENOET=number,
        ID_ELEVE_ETAB=f"{number:05d}{life.school.uai[1:7]}",
        NOM_DE_FAMILLE=student.last_name.upper(),
        NOM_USAGE=student.usage_name.upper() or None,
        PRENOM=student.first_name,
        **others,
        DATE_NAISS=french_date(student.birth_date),
        DOUBLEMENT=yes(student.repeats),
        CODE_PAYS=country,
        ACCEPTE_SMS="0",
        DATE_MODIFICATION=entered_on,
        CODE_REGIME=student.regime,
        DATE_ENTREE=entered_on,
        DATE_SORTIE=french_date(student.left_on) if student.left_on else None,
        CODE_MOTIF_SORTIE="10" if student.left_on else None,
        VILLE_NAISS=student.birth_town,
        ADRESSE_ID=student.home.key,
        CODE_SEXE=student.sex,
        CODE_STATUT=life.school.level_of(student.division).status,
        CODE_MEF=life.school.level_of(student.division).mef,
        CODE_DEPARTEMENT_NAISS=DEPARTMENT if is_french else None,
        CODE_COMMUNE_INSEE_NAISS=TOWN_CODE if is_french else None,
        ADHESION_TRANSPORT="0",
        CODE_PROVENANCE="1",
    )
    _write_last_year(xml, life.school, student)


def _write_last_year(xml: Xml, school: School, student: Student) -> None:
    """Where the student was last year: same tags as this year's, one floor below."""
    level = school.level_of(student.division)
    before = school.levels[max(0, school.levels.index(level) - (not student.repeats))]
    was_here = before is not level or student.repeats
    tail = level.tail(student.division)
    division = next((division for division in before.divisions if before.tail(division) == tail), before.divisions[0])
    sigle, name, complement = _BEFORE[school.kind]
    with xml.tag("SCOLARITE_AN_DERNIER"):
        xml.leaves(
            CODE_MEF=before.mef if was_here else None,
            CODE_STRUCTURE=division if was_here else "",
            CODE_RNE=school.uai if was_here else None,
            CODE_NATURE=school.nature if was_here else None,
            SIGLE=school.sigle if was_here else sigle,
            DENOM_PRINC=school.principal_name if was_here else name,
            DENOM_COMPL=school.complement if was_here else complement,
        )


def _write_choices(xml: Xml, student: Student) -> None:
    for rank, subject in enumerate((_FIRST_LANGUAGE, *sorted(student.choices)), start=1):
        with xml.tag("OPTIONS_ELEVE"):
            xml.leaves(
                NUM_OPTION=rank,
                CODE_MODALITE_ELECT=FACULTATIVE if subject == "LCALA" else COMPULSORY,
                CODE_MATIERE=SUBJECTS[subject].code,
            )
