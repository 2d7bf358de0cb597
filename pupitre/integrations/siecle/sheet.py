"""What the sheets (fiches) of pupils and of adults share: names, ways to reach them, doubles."""

from collections import defaultdict
from typing import NamedTuple, TypedDict

from pupitre.directory.names import display_name
from pupitre.integrations.exchange.text import is_mobile, is_suspicious, read_boolean, read_email, read_phones
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.siecle.export import CORRECT

Fields = dict[str, str]

_NAME = 100  # letters
_PHONES = ("TEL_PORTABLE", "TEL_PERSONNEL", "TEL_PROFESSIONNEL")


class Contact(TypedDict):
    """How to reach somebody, as `Identity` holds it."""

    email: str
    mobile: str
    phone: str
    accepts_sms: bool | None


def family_name(fields: Fields) -> str:
    """The tag was NOM before 2016; a usage name alone is better than nothing."""
    return (fields.get("NOM_DE_FAMILLE") or fields.get("NOM") or fields.get("NOM_USAGE", ""))[:_NAME]


def full_name(fields: Fields) -> str:
    """« Zoé Aubrenelle », or what is known of it."""
    usage, first = fields.get("NOM_USAGE", "")[:_NAME], fields.get("PRENOM", "")[:_NAME]
    return display_name(last_name=family_name(fields), usage_name=usage, first_name=first).strip()


class Sheet:
    """A sheet being read; `record` names it as people do."""

    def __init__(self, fields: Fields, *, record: str) -> None:
        self.fields, self.record = fields, record
        self.findings: list[Finding] = []
        self.last_name = family_name(fields)
        self.first_name = fields.get("PRENOM", "")[:_NAME]
        usage = fields.get("NOM_USAGE", "")[:_NAME]
        self.usage_name = usage if usage != self.last_name else ""

    def get(self, *tags: str) -> str:
        """The first of these fields that says something."""
        return next((said for tag in tags if (said := self.fields.get(tag, ""))), "")

    def tell(self, severity: Severity, code: str, told: str, field: str = "", advice: str = CORRECT) -> None:
        """Note something; what to do about it is added."""
        old = self.get(field)[:400] if field else ""
        self.findings.append(Finding(severity, code, self.record, f"{told} {advice}", field=field, old=old))

    def notice(self, code: str, told: str, field: str = "") -> None:
        """Note something that prevents nothing."""
        self.tell(Severity.NOTICE, code, told, field)

    def check_names(self) -> None:
        """Tell of letters that SIECLE, or somebody after it, lost."""
        for tag in ("NOM_DE_FAMILLE", "NOM", "NOM_USAGE", "PRENOM"):
            if is_suspicious(self.get(tag)):
                told = "Des lettres de ce nom ont été perdues à l’export."
                self.tell(Severity.NOTICE, "lost_letters", told, tag, advice="Vérifiez le nom après l’import.")
            if len(self.get(tag)) > _NAME:
                self.tell(Severity.REPAIR, "long_name", "Ce nom dépasse 100 lettres, il a été coupé.", tag)

    def contact(self) -> Contact:
        """Mail and phones that can be used; the others are told. The mobile may stand in any of the three fields."""
        numbers: dict[str, list[str]] = {}
        for tag in _PHONES:
            numbers[tag], is_whole = read_phones(self.get(tag))
            if not is_whole:
                self.notice("bad_phone", "Ce numéro de téléphone n’est pas complet, il n’est pas utilisé.", tag)
        everywhere = [number for tag in _PHONES for number in numbers[tag]]
        mobile = next((each for each in everywhere if is_mobile(each)), "") or next(iter(numbers["TEL_PORTABLE"]), "")
        fixed = [*numbers["TEL_PERSONNEL"], *numbers["TEL_PROFESSIONNEL"], *numbers["TEL_PORTABLE"]]
        mail = read_email(self.get("MEL"))
        if self.get("MEL") and not mail:
            self.notice("bad_email", "Cette adresse électronique n’est pas complète, elle n’est pas utilisée.", "MEL")
        return Contact(
            email=mail,
            mobile=mobile,
            phone=next((each for each in fixed if each != mobile), ""),
            accepts_sms=read_boolean(self.get("ACCEPTE_SMS")),
        )


class Distinct(NamedTuple):
    """Sheets by id; the ids of those left aside; the sheets that have none; what to tell."""

    kept: dict[str, Fields]
    aside: set[str]
    nameless: list[Fields]
    findings: list[Finding]


def distinct(rows: list[Fields], key: str) -> Distinct:
    """Each sheet once.

    The same sheet twice is one; two different ones with one id are both left aside, since neither is surer.
    """
    findings: list[Finding] = []
    nameless: list[Fields] = []
    shared: dict[str, list[Fields]] = defaultdict(list)
    for row in rows:
        if not row.get(key) or len(row[key]) > 60:
            nameless.append(row)
            findings.append(_told(Severity.QUARANTINE, "no_id", row, "Cette fiche n’a pas d’identifiant."))
        else:
            shared[row[key]].append(row)
    kept: dict[str, Fields] = {}
    for identifier, sheets in shared.items():
        if any(sheet != sheets[0] for sheet in sheets):
            told = f"Plusieurs fiches différentes portent l’identifiant {identifier}, aucune n’est reprise."
            findings += [_told(Severity.QUARANTINE, "same_id", sheet, told) for sheet in sheets]
            continue
        kept[identifier] = sheets[0]
        if len(sheets) > 1:
            findings.append(_told(Severity.REPAIR, "same_id", sheets[0], "Cette fiche est deux fois dans le fichier."))
    return Distinct(kept, shared.keys() - kept.keys(), nameless, findings)


def _told(severity: Severity, code: str, fields: Fields, told: str) -> Finding:
    return Finding(severity, code, full_name(fields) or "Fiche sans nom", f"{told} {CORRECT}")
