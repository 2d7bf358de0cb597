"""Responsables…Adresses.xml: adults and organisations, and what they are to each pupil."""

from pupitre.integrations.exchange.records import GuardianRecord, Identity, Kind, LinkRecord, OutsideId, Reading
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.siecle.export import Export
from pupitre.integrations.siecle.links import KNOWN as KNOWN_OF_LINKS
from pupitre.integrations.siecle.links import ORGANISATION, read_links
from pupitre.integrations.siecle.sheet import Fields, Sheet, distinct, full_name

_LINKS = ("RESPONSABLE_ELEVE", "RESPONSABLE")  # the second is met in files of other software
_BLOCKS = frozenset({"PERSONNES", "RESPONSABLES", "ADRESSES"})
_KNOWN = frozenset(
    {
        "ID_PRV_PER", "LC_CIVILITE", "LL_CIVILITE", "NOM", "NOM_DE_FAMILLE", "NOM_USAGE", "PRENOM", "TEL_PERSONNEL",
        "TEL_PORTABLE", "TEL_PROFESSIONNEL", "ACCEPTE_SMS", "MEL", "COMMUNICATION_ADRESSE", "ADRESSE_ID", "CODE_PROFESSION",
    }
)  # fmt: skip
_SEX = {"M": "M", "MR": "M", "MONSIEUR": "M", "MME": "F", "MLE": "F", "MLLE": "F", "MADAME": "F"}


def read_guardians(export: Export) -> Reading:
    """Adults, those without any link included, and the links between known adults and pupils told by their id.

    Raises Rejected when there is no adult or no link.
    """
    rows: list[Fields] = []
    written: list[Fields] = []
    for element in export.items(("PERSONNE", *_LINKS), blocks=_BLOCKS):
        if element.tag == "PERSONNE":
            rows.append(export.fields(element, _KNOWN))
        else:
            written.append(export.fields(element, KNOWN_OF_LINKS))
    export.refuse_if_empty(rows, "aucun responsable")
    export.refuse_if_empty(written, "aucun lien entre élève et responsable")
    sheets = distinct(rows, "PERSONNE_ID")
    export.findings += sheets.findings
    names = {key: full_name(fields) for key, fields in sheets.kept.items()}
    read = read_links(written, names, sheets.aside)
    export.findings += read.findings
    guardians = _guardians(export, sheets.kept, read.links)
    known = {guardian.key for guardian in guardians}
    return export.reading(
        Kind.GUARDIANS, guardians=guardians, links=[link for link in read.links if link.guardian in known],
        aside=[OutsideId("siecle_person", export.uai, key) for key in sorted(sheets.aside | (sheets.kept.keys() - known))],
        aside_links=read.aside,
    )  # fmt: skip


def _guardians(export: Export, kept: dict[str, Fields], links: list[LinkRecord]) -> list[GuardianRecord]:
    organisations = {link.guardian for link in links if link.relation == ORGANISATION}
    guardians = []
    for key, fields in kept.items():
        sheet = Sheet(fields, record=full_name(fields) or f"Responsable n° {key}")
        if not sheet.last_name:
            told = "Il manque le nom de ce responsable, il n’est pas repris."
            sheet.tell(Severity.QUARANTINE, "no_name", told)
        else:
            is_organisation = key in organisations
            guardians.append(GuardianRecord(key, _identity(sheet, export.uai, is_organisation=is_organisation)))
        export.findings += sheet.findings
    return guardians


def _identity(sheet: Sheet, uai: str, *, is_organisation: bool) -> Identity:
    sheet.check_names()
    if not sheet.first_name and not is_organisation:
        sheet.notice("no_first_name", "Il manque le prénom de ce responsable.", "PRENOM")
    civility = sheet.get("LC_CIVILITE", "LL_CIVILITE").upper().rstrip(".")
    return Identity(
        ids=(OutsideId("siecle_person", uai, sheet.get("PERSONNE_ID")),),
        last_name=sheet.last_name,
        first_name=sheet.first_name,
        usage_name=sheet.usage_name,
        sex="" if is_organisation else _SEX.get(civility, ""),
        is_organisation=is_organisation,
        **sheet.contact(),
    )
