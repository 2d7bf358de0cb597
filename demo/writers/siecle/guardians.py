"""ResponsablesAvecAdresses: adults, and what they are to each student (codes of 2018)."""

from datetime import datetime
from pathlib import Path

from demo.identifiers import person_id, student_id
from demo.model import Adult, SchoolLife
from demo.writers.siecle.document import export, save, write_addresses
from demo.writers.words import true, yes
from demo.writers.xml import Xml

_CIVILITIES = {"1": ("M.", "MONSIEUR"), "2": ("MME", "MADAME")}


def write_guardians(folder: Path, life: SchoolLife, at: datetime) -> Path:
    """Write ExportXML_ResponsablesAvecAdresses.zip."""
    xml, rank = Xml(), life.school.rank
    with export(xml, "BEE_RESPONSABLES", "2.1", life, at):
        with xml.tag("PERSONNES"):
            for adult in life.adults:
                with xml.tag("PERSONNE", PERSONNE_ID=str(person_id(rank, adult.key))):
                    _write_adult(xml, adult)
        with xml.tag("RESPONSABLES"):
            for student, link in life.links:
                with xml.tag("RESPONSABLE_ELEVE"):
                    xml.leaves(
                        ELEVE_ID=student_id(rank, student.key),
                        PERSONNE_ID=person_id(rank, link.adult.key),
                        NIVEAU_RESPONSABILITE=link.level,
                        CODE_PARENTE=link.relation,
                        PAIE_FRAIS_SCOLAIRES=yes(link.pays_fees),
                        PERCOIT_LES_AIDES=true(link.pays_fees),
                        HEBERGE_ELEVE=true(link.lodges),
                        A_CONTACTER_EN_PRIORITE=true(link.contact_first),
                    )
        write_addresses(xml, (adult.home for adult in life.adults if adult.home))
    return save(folder, "ResponsablesAvecAdresses", xml, at)


def _write_adult(xml: Xml, adult: Adult) -> None:
    short, long = _CIVILITIES[adult.sex]
    xml.leaves(
        LC_CIVILITE=short,
        LL_CIVILITE=long,
        NOM_DE_FAMILLE=adult.last_name.upper(),
        NOM_USAGE=adult.usage_name.upper() or None,
        PRENOM=adult.first_name,
        TEL_PERSONNEL=_international(adult.phone),
        TEL_PORTABLE=_international(adult.mobile),
        ACCEPTE_SMS=yes(adult.accepts_sms),
        TEL_PROFESSIONNEL="",
        MEL=adult.email,
        COMMUNICATION_ADRESSE="1",
        ADRESSE_ID=adult.home.key if adult.home else None,
        CODE_PROFESSION=adult.profession,
    )


def _international(number: str) -> str:
    return f"+33{number[1:]}" if number else ""
