"""One pupil of SIECLE: who they are, what they follow, and what a secretary may want to correct."""

from dataclasses import dataclass, field
from datetime import date

from pupitre.integrations.exchange.records import Identity, OutsideId, StudentRecord
from pupitre.integrations.exchange.text import read_date, read_ine
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.siecle.sheet import Fields, Sheet, full_name

LAST_YEAR = "SCOLARITE_AN_DERNIER"
KNOWN = frozenset(
    {
        "ID_NATIONAL", "INE_BEA", "INE_RNIE", "ELENOET", "ID_ELEVE_ETAB", "ID_PRV_ELE", "NOM", "NOM_DE_FAMILLE", "NOM_USAGE",
        "PRENOM", "PRENOM2", "PRENOM3", "DATE_NAISS", "DOUBLEMENT", "CODE_PAYS", "CODE_DEPARTEMENT_NAISS",
        "CODE_COMMUNE_INSEE_NAISS", "VILLE_NAISS", "CODE_SEXE", "CODE_PAYS_NAT", "TEL_PERSONNEL", "TEL_PORTABLE",
        "TEL_PROFESSIONNEL", "ACCEPTE_SMS", "MEL", "ADRESSE_ID", "CODE_REGIME", "CODE_STATUT", "CODE_MEF", "DATE_ENTREE",
        "DATE_SORTIE", "CODE_MOTIF_SORTIE", "DATE_MODIFICATION", "ADHESION_TRANSPORT", "CODE_PROVENANCE",
        LAST_YEAR,
    }
)  # fmt: skip
_SECONDARY = "3"  # how the natures of collèges and lycées begin
_SEX = {"1": "M", "2": "F"}
_STATUSES = frozenset({"ST", "AP"})
_INES = ("ID_NATIONAL", "INE_RNIE", "INE_BEA")
_FRANCE = "100"
_MEF = 11  # characters


@dataclass(slots=True)
class Seats:
    """The divisions and groups of a pupil; dicts, to keep each once in the order of the file."""

    divisions: dict[str, None] = field(default_factory=dict)
    groups: dict[str, None] = field(default_factory=dict)


def read_pupil(
    fields: Fields, seats: Seats, *, uai: str, exported_on: date | None
) -> tuple[StudentRecord | None, list[Finding]]:
    """The pupil, None when nobody is named there; and what to tell of them.

    `exported_on`: those whose exit is past on that day have left, and need no class.
    """
    division = next(iter(seats.divisions)) if len(seats.divisions) == 1 else ""
    record = ", ".join(filter(None, (full_name(fields), division))) or f"Élève n° {fields['ELEVE_ID']}"
    sheet = Sheet(fields, record=record)
    if not sheet.last_name or not sheet.first_name:
        sheet.tell(Severity.QUARANTINE, "no_name", "Il manque le nom ou le prénom de cet élève, il n’est pas repris.")
        return None, sheet.findings
    ines = _read_ines(sheet)
    student = StudentRecord(
        fields["ELEVE_ID"],
        _identity(sheet, ines, uai),
        other_names=tuple(filter(None, (sheet.get("PRENOM2"), sheet.get("PRENOM3")))),
        ine=ines[0] if ines else "",
        mef=sheet.get("CODE_MEF") if len(sheet.get("CODE_MEF")) <= _MEF else "",
        status=_status(sheet),
        boarding_code=_regime(sheet),
        entered_on=_date(sheet, "DATE_ENTREE"),
        left_on=_date(sheet, "DATE_SORTIE"),
        exit_reason=sheet.get("CODE_MOTIF_SORTIE")[:2],
        division=division,
        groups=tuple(seats.groups),
    )
    if student.left_on and student.entered_on and student.left_on < student.entered_on:
        sheet.notice("not_come", "La sortie de cet élève précède son entrée : il n’est pas venu.", "DATE_SORTIE")
    if not (student.left_on and exported_on and student.left_on < exported_on):
        _check_present(sheet, seats)
    return student, sheet.findings


def ines_of(fields: Fields) -> list[str]:
    """The INE of a sheet that have the form of one."""
    return [ine for tag in _INES if (ine := read_ine(fields.get(tag, "")))]


def _identity(sheet: Sheet, ines: list[str], uai: str) -> Identity:
    sheet.check_names()
    birth = read_date(sheet.get("DATE_NAISS"))
    if birth is None:
        sheet.notice("bad_birth_date", "La date de naissance de cet élève manque ou n’est pas lisible.", "DATE_NAISS")
    if sheet.get("ELENOET_ELEMENT") and sheet.get("ELENOET"):
        sheet.notice("two_numbers", "Cet élève porte deux numéros d’élève dans l’établissement.", "ELENOET")
    private = sheet.get("ID_PRV_ELE")
    return Identity(
        ids=(
            OutsideId("siecle_student", uai, sheet.get("ELEVE_ID")),
            *(OutsideId("ine", "national", ine) for ine in ines),
            *([OutsideId("private_student", uai, private)] if 0 < len(private) <= 60 else []),
        ),
        last_name=sheet.last_name,
        first_name=sheet.first_name,
        usage_name=sheet.usage_name,
        sex=_SEX.get(sheet.get("CODE_SEXE"), ""),
        birth_date=birth,
        **sheet.contact(),
    )


def _read_ines(sheet: Sheet) -> list[str]:
    """All the INE of a pupil, the one in force first: SIECLE wrote the BEA number there until 2017, the RNIE since."""
    ines: dict[str, None] = {}
    for tag in _INES:
        ine = read_ine(sheet.get(tag))
        if ine:
            ines[ine] = None
        elif sheet.get(tag):
            sheet.notice("bad_ine", "L’INE n’a pas la forme attendue (11 caractères), il est laissé de côté.", tag)
    if not ines and not any(sheet.get(tag) for tag in _INES):
        sheet.notice("no_ine", "Cet élève n’a pas encore d’INE.", "ID_NATIONAL")
    return list(ines)


def _check_present(sheet: Sheet, seats: Seats) -> None:
    """What a pupil who is there should have; all but the class are what the livret scolaire refuses later (LSU)."""
    if len(seats.divisions) > 1:
        codes = ", ".join(seats.divisions)
        told = (
            f"Cet élève est dans plusieurs divisions ({codes}) : choisissez sa classe ici, ou corrigez-la dans SIECLE."
        )
        sheet.findings.append(
            Finding(Severity.QUARANTINE, "two_divisions", sheet.record, told, field="CODE_STRUCTURE", old=codes)
        )
    elif not seats.divisions:
        sheet.notice("no_class", "Cet élève n’est dans aucune division.")
    mef = sheet.get("CODE_MEF")
    if not mef:
        sheet.notice("no_mef", "Cet élève n’a pas de formation (MEF).")
    elif len(mef) != _MEF:
        sheet.notice("bad_mef", "Le code MEF de cet élève n’a pas 11 caractères.", "CODE_MEF")
    _check_last_year(sheet)
    if sheet.get("CODE_PAYS") == _FRANCE and not sheet.get("CODE_COMMUNE_INSEE_NAISS"):
        sheet.notice("no_birth_town", "La commune de naissance de cet élève, né en France, manque.")


def _check_last_year(sheet: Sheet) -> None:
    """A pupil who was in a secondary school followed something there; écoles have no MEF."""
    tag = f"{LAST_YEAR}/CODE_MEF"
    before = sheet.get(tag)
    if before and len(before) != _MEF:
        sheet.notice("bad_mef", "Le code MEF de l’an dernier de cet élève n’a pas 11 caractères.", tag)
    elif not before and sheet.get(f"{LAST_YEAR}/CODE_NATURE").startswith(_SECONDARY):
        sheet.notice("no_previous_mef", "La formation (MEF) que cet élève suivait l’an dernier manque.")


def _status(sheet: Sheet) -> str:
    status = sheet.get("CODE_STATUT").upper() or "ST"
    if status in _STATUSES:
        return status
    sheet.notice("bad_status", "Le statut de cet élève n’est ni ST ni AP, il est compté comme scolaire.", "CODE_STATUT")
    return "ST"


def _regime(sheet: Sheet) -> str:
    """The first character gives the class of regime (0 to 6); others are kept as they are, when short enough."""
    regime = sheet.get("CODE_REGIME")
    if regime and (len(regime) > 2 or regime[0] not in "0123456"):
        sheet.notice("unknown_regime", "Le régime de cet élève n’est pas connu.", "CODE_REGIME")
    return regime if len(regime) <= 2 else ""


def _date(sheet: Sheet, tag: str) -> date | None:
    read = read_date(sheet.get(tag))
    if read is None and sheet.get(tag):
        sheet.notice("bad_date", "Cette date n’est pas lisible.", tag)
    return read
