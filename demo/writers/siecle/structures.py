"""Structures: divisions with their levels, groups with the divisions they draw from."""

from datetime import datetime
from pathlib import Path

from demo.model import SchoolLife
from demo.writers.siecle.document import export, save
from demo.writers.xml import Xml


def write_structures(folder: Path, life: SchoolLife, at: datetime) -> Path:
    """Write ExportXML_Structures.zip."""
    xml, school = Xml(), life.school
    with export(xml, "BEE_STRUCTURES", "2.0", life, at):
        with xml.tag("DIVISIONS"):
            for level in school.levels:
                for division in level.divisions:
                    with xml.tag("DIVISION", CODE_STRUCTURE=division):
                        xml.leaves(LIBELLE_LONG=level.division_label(division), CODE_RNE=school.uai)
                        _write_mefs(xml, (level.mef,))
        with xml.tag("GROUPES"):
            for group in life.groups:
                with xml.tag("GROUPE", CODE_STRUCTURE=group.code):
                    xml.leaves(LIBELLE_LONG=group.label, CODE_RNE=school.uai)
                    with xml.tag("DIVISIONS_APPARTENANCE"):
                        for division in group.divisions:
                            with xml.tag("DIVISION_APPARTENANCE"):
                                xml.leaf("CODE_STRUCTURE", division)
                    mefs = dict.fromkeys(school.level_of(division).mef for division in group.divisions)
                    _write_mefs(xml, tuple(mefs))
    return save(folder, "Structures", xml, at)


def _write_mefs(xml: Xml, mefs: tuple[str, ...]) -> None:
    with xml.tag("MEFS_APPARTENANCE"):
        for mef in mefs:
            with xml.tag("MEF_APPARTENANCE"):
                xml.leaf("CODE_MEF", mef)
