"""Guardians in one table: an adult a row, then three cells for each child (identifier, relation, level)."""

import re

from pupitre.directory.names import display_name
from pupitre.integrations.exchange import csv
from pupitre.integrations.exchange.csv import Row, Table, is_scientific, made_identifier
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import GuardianRecord, Kind, LinkRecord, OutsideId, Reading
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.tabular.people import AdultReader, with_ids
from pupitre.integrations.tabular.relations import relation_of

_CHILD = "Identifiant unique élève"
_REQUIRED = ("Nom", "Prénom", f"{_CHILD} 1")
_NUMBERED = re.compile(r"identifiant unique eleve (\d{1,2})")
_LEVELS = {"": 1, "1": 1, "2": 2, "3": 3}
_SOURCE = "votre tableau"


def recognises(opened: Opened) -> bool:
    """Whether the header numbers children."""
    return any(_NUMBERED.fullmatch(column) for column in csv.first_row(opened.data))


def read(opened: Opened, *, uai: str) -> Reading:
    """Guardians and their links to students. `uai`: the open school. Raises Rejected when a column is missing."""
    table = csv.read_table(opened.data)
    table.require(_REQUIRED, _SOURCE)
    rows = _Rows(table, uai=uai)
    for row in table.rows:  # rows of adults with fewer children may be shorter
        rows.add(row)
    return Reading(
        kind=Kind.CSV_GUARDIANS,
        name=opened.name,
        digest=opened.digest,
        guardians=list(rows.guardians.values()),
        links=list(rows.links.values()),
        is_whole=all(each.severity is not Severity.QUARANTINE for each in rows.adults.findings),
        findings=rows.adults.findings,
    )


class _Rows:
    """Guardians by key, and links by student and guardian, as rows come."""

    def __init__(self, table: Table, *, uai: str) -> None:
        self.guardians: dict[str, GuardianRecord] = {}
        self.links: dict[tuple[str, str], LinkRecord] = {}
        self._disputed: set[tuple[str, str]] = set()
        self.adults = AdultReader(
            table,
            civility="Civilité",
            last_name="Nom",
            usage_name="Nom d’usage",
            first_name="Prénom",
            mail="Courriel",
            mobile="Téléphone portable",
            phones=("Téléphone",),
            correct_in=_SOURCE,
        )
        self._uai = uai
        numbers = [match[1] for column in table.columns if (match := _NUMBERED.fullmatch(column))]
        self._children = [
            tuple(table.column(f"{name} {number}") for name in (_CHILD, "Lien", "Niveau")) for number in numbers
        ]

    def add(self, row: Row) -> None:
        """Read one row."""
        who = self.adults.read(row)
        if who is None:
            return
        told = display_name(last_name=who.last_name, usage_name=who.usage_name, first_name=who.first_name)
        children = [child for at in self._children if (child := self._child(row, at, told))]
        # Any of these with the names tells an adult from a homonym, and outlives a change of the others.
        marks = (who.email, who.mobile, who.phone, *(student for student, _, _ in children))
        names = f"{who.last_name} {who.first_name}"
        values = [made_identifier(names, mark) for mark in dict.fromkeys(marks) if mark] or [made_identifier(names)]
        key = values[0]
        ids = (OutsideId("csv", self._uai, value) for value in values)
        self.guardians.setdefault(key, GuardianRecord(key, with_ids(who, ids)))
        if not children:
            self.adults.tell(Severity.NOTICE, "no_child", told, "Aucun élève n’est indiqué pour cette personne.")
        for student, relation, level in children:
            self._link(LinkRecord(student, key, level, relation=relation), told)

    def _child(self, row: Row, at: tuple[int | None, ...], told: str) -> tuple[str, str, int] | None:
        """Identifier of a student, relation and level; None when the cells are empty or cannot be trusted."""
        written, word, level = (row[column] for column in at)
        if not written:
            if word:
                self._aside("no_student", told, "Un lien n’a pas d’identifiant d’élève.", word)
            return None
        if is_scientific(written):
            self._aside("bad_identifier", told, "Un tableur a abîmé l’identifiant d’un élève.", written)
            return None
        if level not in _LEVELS:
            self._aside("bad_level", told, f"Le niveau du lien avec l’élève {written} n’est ni 1, ni 2, ni 3.", level)
            return None
        relation = relation_of(word)
        if relation is None:
            reason = f"Le lien avec l’élève {written} n’est pas un mot connu (mère, père, tuteur…)."
            self.adults.tell(Severity.NOTICE, "unknown_relation", told, reason, word)
        return written.replace(" ", "").upper(), relation or "", _LEVELS[level]

    def _link(self, link: LinkRecord, told: str) -> None:
        """Add a link; when two rows disagree on the same one, neither can be trusted with a child."""
        pair = (link.student, link.guardian)
        if pair in self._disputed or self.links.setdefault(pair, link) == link:
            return
        self._disputed.add(pair)
        del self.links[pair]
        self._aside("two_links", told, f"Le lien avec l’élève {link.student} est écrit deux fois différemment.")

    def _aside(self, code: str, told: str, reason: str, old: str = "") -> None:
        self.adults.tell(Severity.QUARANTINE, code, told, reason, old)
