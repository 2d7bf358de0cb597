"""The responsibles' file of ONDE: one adult a row, then their children, four cells for each."""

from collections.abc import Iterator

import msgspec

from pupitre.directory.names import display_name, fold
from pupitre.integrations.exchange.csv import Row, Table, made_identifier
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import GuardianRecord, Identity, Kind, LinkRecord, OutsideId, Reading
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.onde.keys import student_key
from pupitre.integrations.tabular.people import AdultReader, with_ids

_REQUIRED = ("Nom responsable", "Prénom responsable", "Nom de famille enfant", "Prénom enfant", "Classes enfants")
_CHILD = ("Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants")
_LEGAL = 1


class _Adult(msgspec.Struct):
    """Someone and their children: names folded → key of the student."""

    who: Identity
    children: dict[str, str]

    def is_same_as(self, other: "_Adult") -> bool:
        """Whether two rows of the same names speak of one human: a child or a means of contact in common."""
        mine, theirs = self.who, other.who
        if _folded(mine) != _folded(theirs):
            return False
        shared = (mine.email and mine.email == theirs.email) or (mine.mobile and mine.mobile == theirs.mobile)
        return bool(shared) or not self.children.keys().isdisjoint(other.children)


def read_responsibles(opened: Opened, table: Table, *, uai: str) -> Reading:
    """Responsibles and their links, all of level 1. Raises Rejected when a column is missing."""
    table.require(_REQUIRED, "ONDE")
    reader = AdultReader(
        table,
        civility="Civilité Responsable",
        last_name="Nom responsable",
        usage_name="Nom usage responsable",
        first_name="Prénom responsable",
        mail="Courriel",
        mobile="Téléphone portable",
        phones=("Téléphone domicile", "Téléphone travail"),
        correct_in="ONDE",
    )
    adults: list[_Adult] = []
    children_at = list(zip(*(table.positions(name) for name in _CHILD[1:]), strict=False))
    is_whole = True
    for row in table.rows:  # a row ends with its last child: shorter than the header is normal
        who, told = reader.read(row), len(reader.findings)
        if who:
            _add(adults, _Adult(who, dict(_children(row, children_at, reader, who))))
        is_whole = is_whole and who is not None and len(reader.findings) == told
    guardians, links = _records(adults, uai=uai)
    return Reading(
        kind=Kind.ONDE_GUARDIANS,
        name=opened.name,
        digest=opened.digest,
        guardians=guardians,
        links=links,
        is_whole=is_whole,
        findings=[*reader.findings, *([_to_confirm()] if links else [])],
    )


def _children(
    row: Row, children_at: list[tuple[int, ...]], reader: AdultReader, who: Identity
) -> Iterator[tuple[str, str]]:
    for last_at, first_at, class_at in children_at:
        last, first, class_name = row[last_at], row[first_at], row[class_at]
        if last and first:
            names = f"{fold(last)} {fold(first)}"
            yield names, student_key(last_name=last, first_name=first, class_name=class_name)
        elif last or first:
            told = f"{_shown(who)}, enfant {last or first}"
            reader.tell(Severity.QUARANTINE, "no_child_name", told, "Il manque le nom ou le prénom de l’enfant.")


def _add(adults: list[_Adult], new: _Adult) -> None:
    """ONDE may write the same adult once for each child: the rows are then put together."""
    for adult in adults:
        if adult.is_same_as(new):
            adult.children.update(new.children)
            return
    adults.append(new)


def _records(adults: list[_Adult], *, uai: str) -> tuple[list[GuardianRecord], list[LinkRecord]]:
    guardians, links = [], []
    for adult in adults:
        # Names alone would give a homonym's children to the adult who left: a child is part of each id.
        ids = [made_identifier(_folded(adult.who), names) for names in adult.children] or [_folded(adult.who)[:60]]
        key = f"onde:{ids[0]}"
        guardians.append(GuardianRecord(key, with_ids(adult.who, (OutsideId("onde", uai, each) for each in ids))))
        links += [LinkRecord(student, key, _LEGAL) for student in adult.children.values()]
    return guardians, links


def _to_confirm() -> Finding:
    reason = (
        "ONDE ne dit ni l’autorité parentale ni le lien de parenté : tous sont repris comme responsables légaux, "
        "à confirmer par la direction."
    )
    return Finding(Severity.NOTICE, "level_to_confirm", "Responsables", reason)


def _folded(who: Identity) -> str:
    return f"{fold(who.last_name)} {fold(who.first_name)}"


def _shown(who: Identity) -> str:
    return display_name(last_name=who.last_name, usage_name=who.usage_name, first_name=who.first_name)
