"""Communs: the school, the year, its periods, the days it is closed."""

from datetime import date, datetime, timedelta
from pathlib import Path

from demo.calendar import Break, SchoolCalendar
from demo.identifiers import ACADEMY_CODE
from demo.model import School, SchoolLife
from demo.writers.siecle.document import FRANCE, export, save
from demo.writers.words import french_date
from demo.writers.xml import Xml

_DAY = timedelta(days=1)


def write_commons(folder: Path, life: SchoolLife, at: datetime) -> Path:
    """Write ExportXML_Communs.zip."""
    xml, calendar = Xml(), life.calendar
    with export(xml, "BEE_COMMUN", "1.7", life, at):
        _write_school(xml, life)
        with xml.tag("ANNEE_SCOLAIRE"):
            xml.leaves(
                DATE_DEBUT_ELEVE=french_date(calendar.starts_on),
                DATE_FIN_ELEVE=french_date(calendar.ends_on),
                DATE_DEBUT_PROF=french_date(calendar.starts_on - _DAY),
                DATE_FIN_PROF=french_date(calendar.ends_on),
            )
        with xml.tag("PERIODES"):
            for rank, (label, first, last) in enumerate(terms(life.school, calendar), start=1):
                with xml.tag("PERIODE"):
                    xml.leaves(
                        CODE_PERIODE=f"{life.school.periods}{rank}",
                        DATE_DEBUT=french_date(first),
                        DATE_FIN=french_date(last),
                        LL_PERIODE=label,
                        INDICE=rank,
                        CODE_TYPE_PERIODE=life.school.periods,
                    )
        with xml.tag("CALENDRIER_FERMETURES"):
            for closed in calendar.breaks:
                _write_closure(xml, closed)
    return save(folder, "Communs", xml, at)


def terms(school: School, calendar: SchoolCalendar) -> list[tuple[str, date, date]]:
    """The marking periods: label, first and last day; they follow each other without a gap."""
    year = calendar.year
    lasts = {
        "T": (date(year, 11, 30), date(year + 1, 3, 13), calendar.ends_on),
        "S": (date(year + 1, 1, 31), calendar.ends_on),
    }[school.periods]
    firsts = (calendar.starts_on, *(last + _DAY for last in lasts))
    word = {"T": "TRIMESTRE", "S": "SEMESTRE"}[school.periods]
    return [(f"{word} {rank}", first, last) for rank, (first, last) in enumerate(zip(firsts, lasts, strict=False), 1)]


def _write_school(xml: Xml, life: SchoolLife) -> None:
    school = life.school
    head = next((one for one in life.staff if one.function == "DIR"), None)
    with xml.tag("UAJ"):
        xml.leaves(
            ETAB_UAJ_ID=7040 + school.rank,
            NUM_SIREN="999999999",
            DENOM_PRINC=school.principal_name,
            DENOM_COMPL=school.complement,
            NOM_RESP=head.last_name.upper() if head else None,
            QUAL_RESP="LE CHEF D'ETABLISSEMENT",
            LIGNE1_ADRESSE=school.street,
            BOITE_POST="",
            TELEPHONE=f"01990000{school.rank + 1:02d}",
            TELECOPIE="",
            MEL_1=f"ce.{school.uai}@exemple.invalid",
            CODE_TYPE_ETAB=school.sigle,
            SECTEUR_CODE="PU",
            CODE_POSTAL=school.postcode,
            CODE_COMMUNE_INSEE=school.postcode,
            CODE_PAYS=FRANCE,
            LIBELLE_POSTAL=school.town.upper(),
            CODE_ACADEMIE=ACADEMY_CODE,
        )


def _write_closure(xml: Xml, closed: Break) -> None:
    short, long = ("VACANCES", "VACANCES SCOLAIRES") if closed.is_holiday else ("FERIE", "JOUR FERIE")
    with xml.tag("CALENDRIER_FERMETURE"):
        xml.leaves(
            LC_MOTIF=short,
            LL_MOTIF=long,
            DATE_DEBUT=french_date(closed.first),
            DATE_FIN=french_date(closed.last),
            LL_FERMETURE=closed.label,
        )
