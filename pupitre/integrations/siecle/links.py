"""What an adult is to a pupil: the form of 30/03/2018, and the one before it, which still circulates."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from pupitre.integrations.exchange.records import LinkRecord
from pupitre.integrations.exchange.text import read_boolean
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.siecle.export import CORRECT
from pupitre.integrations.siecle.sheet import Fields

KNOWN = frozenset(
    {
        "ELEVE_ID", "PERSONNE_ID", "NIVEAU_RESPONSABILITE", "CODE_PARENTE", "PAIE_FRAIS_SCOLAIRES", "PERCOIT_LES_AIDES",
        "HEBERGE_ELEVE", "A_CONTACTER_EN_PRIORITE", "RESP_LEGAL", "RESP_FINANCIER", "PERS_PAIEMENT", "PERS_PAIMENT",
        "PERS_CONTACT",
    }
)  # fmt: skip
ORGANISATION = "51"
_RELATIONS = frozenset({"10", "20", "37", "38", "39", "41", "42", "43", "50", ORGANISATION, "70", "90"})
# Father and mother were swapped when the codes went from one digit to two: never strip zeros, never guess.
_OLD_RELATIONS = {"1": "20", "2": "10", "3": "50", "4": "39", "5": ORGANISATION, "6": "90", "7": "70"}
_LEVELS = {"1": 1, "2": 2, "3": 3}
# First and second legal responsibles are equal since 2018. Those who were not legal had no rights by themselves: contacts.
_OLD_LEVELS = {"1": 1, "2": 1, "0": 3}


class Links(NamedTuple):
    """Links, each once; the (pupil, adult) of those left aside; what to tell."""

    links: list[LinkRecord]
    aside: list[tuple[str, str]]
    findings: list[Finding]


def read_links(rows: list[Fields], names: dict[str, str], aside: Collection[str]) -> Links:
    """The links of a file. `names`: adults of the file by id; `aside`: ids of those who were left aside.

    A link to nobody, or without a level, gives no right: it is left aside. An unknown relation changes no right: kept.
    """
    findings: list[Finding] = []
    left: list[tuple[str, str]] = []
    pairs: dict[tuple[str, str], list[LinkRecord]] = defaultdict(list)
    for fields in rows:
        link, told_of_it = _read(fields, names)
        if link:
            pairs[link.student, link.guardian].append(link)
        else:
            left.append((fields.get("ELEVE_ID", ""), fields.get("PERSONNE_ID", "")))
        if fields.get("PERSONNE_ID", "") not in aside:
            findings += told_of_it
    kept = []
    for ends, doubles in pairs.items():
        if any(link != doubles[0] for link in doubles):
            told = "Ce responsable est rattaché deux fois au même élève, de deux façons différentes."
            findings.append(_told(Severity.QUARANTINE, "same_link", names[doubles[0].guardian], told))
            left.append(ends)
            continue
        kept.append(doubles[0])
        if len(doubles) > 1:
            told = "Ce responsable est rattaché deux fois au même élève, de la même façon."
            findings.append(_told(Severity.REPAIR, "same_link", names[doubles[0].guardian], told))
    return Links(kept, [ends for ends in left if all(ends)], findings)


def _read(fields: Fields, names: dict[str, str]) -> tuple[LinkRecord | None, list[Finding]]:
    student, guardian = fields.get("ELEVE_ID", ""), fields.get("PERSONNE_ID", "")
    if not student or guardian not in names:
        record = names.get(guardian) or (f"Élève n° {student[:60]}" if student else "Lien sans élève ni responsable")
        told = "Ce lien désigne un élève ou un responsable qui n’est pas dans le fichier, il est laissé de côté."
        return None, [_told(Severity.QUARANTINE, "unknown_end", record, told, old=guardian)]
    record = names[guardian]
    level = _level(fields)
    if level is None:
        told = "Le niveau de responsabilité de ce lien manque ou n’est pas connu, le lien est laissé de côté."
        return None, [_told(Severity.QUARANTINE, "bad_level", record, told, "NIVEAU_RESPONSABILITE")]
    relation = _relation(fields)
    findings = []
    if not relation:
        told = "Le lien de parenté de ce responsable n’est pas connu."
        findings.append(
            _told(Severity.NOTICE, "unknown_relation", record, told, "CODE_PARENTE", fields.get("CODE_PARENTE", ""))
        )
    link = LinkRecord(
        student,
        guardian,
        level,
        relation,
        pays_fees=_said(fields, "PAIE_FRAIS_SCOLAIRES", "RESP_FINANCIER"),
        lodges=_said(fields, "HEBERGE_ELEVE"),
        contact_first=_said(fields, "A_CONTACTER_EN_PRIORITE", "PERS_CONTACT"),
    )
    return link, findings


def _level(fields: Fields) -> int | None:
    if said := fields.get("NIVEAU_RESPONSABILITE"):
        return _LEVELS.get(said)
    return _OLD_LEVELS.get(fields.get("RESP_LEGAL", ""))


def _relation(fields: Fields) -> str:
    """The code of 2018; « » when it is unknown, or one digit beside the new tags, which may mean either table."""
    code = fields.get("CODE_PARENTE", "")
    if len(code) == 1 and not fields.get("NIVEAU_RESPONSABILITE"):
        return _OLD_RELATIONS.get(code, "")
    return code if code in _RELATIONS else ""


def _said(fields: Fields, *tags: str) -> bool | None:
    """The first of these tags that says yes or no; None when none does."""
    return next((said for tag in tags if (said := read_boolean(fields.get(tag, ""))) is not None), None)


def _told(severity: Severity, code: str, record: str, told: str, field: str = "", old: str = "") -> Finding:
    return Finding(severity, code, record, f"{told} {CORRECT}", field=field, old=old[:60])
