"""One file as rows by column, whatever its header looks like. Misspelt names in their place are read, and told."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pupitre.integrations.exchange.csv import Table, column_name, read_table
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.oneroster.columns import COLUMNS

OTHERS = {
    "demographics": ("sourcedId", "status", "dateLastModified", "birthDate", "sex"),
    "manifest": ("propertyName", "value"),
}
"""What is read beside the files that are written."""
# In 1.1 the role stands with the person, and so do their schools.
_FORMER = {
    "users": (
        *("sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds"),
        *("givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password"),
    )
}  # fmt: skip
_NEEDED: dict[str, tuple[str, ...]] = {
    "orgs": ("sourcedId", "name", "type"),
    "academicSessions": ("sourcedId", "type", "schoolYear"),
    "courses": ("sourcedId", "title"),
    "classes": ("sourcedId", "title", "classType"),
    "users": ("sourcedId", "givenName", "familyName"),
    "roles": ("userSourcedId", "role"),
    "enrollments": ("classSourcedId", "userSourcedId", "role"),
    "demographics": ("sourcedId",),
    "manifest": ("propertyName", "value"),
}
_ALIKE = 0.8
_NAMED = 20

Cells = dict[str, str]


@dataclass(slots=True)
class Sheet:
    """The rows of one file that can be trusted, by `sourcedId`, or by their place where they have none."""

    held: dict[str | int, Cells] = field(default_factory=dict)
    is_former: bool = False
    # Whether a row could not be read: it may have been about anybody.
    is_torn: bool = False
    twice: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Cells]:
        """Its rows, in their order; of two that bear one identifier, the last."""
        return list(self.held.values())


def read_sheet(opened: Opened, name: str, findings: list[Finding]) -> Sheet:
    """Read one file. Raises Rejected when a column that nothing replaces is missing."""
    table = read_table(opened.data)
    is_former = name in _FORMER and table.column("orgSourcedIds") is not None
    places = _places(table, name, _FORMER[name] if is_former else COLUMNS.get(name) or OTHERS[name], findings)
    missing = [each for each in _NEEDED[name] if each not in places]
    if missing:
        told = ", ".join(f"« {each} »" for each in missing)
        raise Rejected(f"Il manque à {name}.csv : {told}. Refaites l’export OneRoster, sans retirer de colonne.")
    sheet = Sheet(is_former=is_former)
    for row in table.rows:
        if any(row.cells[len(table.columns) :]):
            reason = f"Cette ligne de {name}.csv a plus de cases que l’en-tête. Refaites l’export, sans l’ouvrir dans un tableur."
            findings.append(Finding(Severity.QUARANTINE, "bad_width", str(row), reason))
            sheet.is_torn = True
            continue
        _add(sheet, {column: row[place] for column, place in places.items()})
    findings += _twice(sheet, name)
    return sheet


def _add(sheet: Sheet, cells: Cells) -> None:
    sourced = cells.get("sourcedId", "")
    if sourced and sheet.held.pop(sourced, None) is not None:
        sheet.twice.append(sourced)
    # A place that no other row has: rows are only ever replaced by one that bears their identifier.
    sheet.held[sourced or -1 - len(sheet.held) - len(sheet.twice)] = cells


def _twice(sheet: Sheet, name: str) -> list[Finding]:
    """What to tell of identifiers that come several times: each of some, then how many."""
    reason = f"Deux lignes de {name}.csv portent cet identifiant : la dernière est gardée."
    found = [Finding(Severity.NOTICE, "same_id", each, reason) for each in sheet.twice[:_NAMED]]
    if len(sheet.twice) > _NAMED:
        told = f"{len(sheet.twice) - _NAMED} autres lignes de {name}.csv portent un identifiant déjà vu."
        found.append(Finding(Severity.NOTICE, "same_id", f"{name}.csv", told))
    return found


def _places(table: Table, name: str, columns: tuple[str, ...], findings: list[Finding]) -> dict[str, int]:
    """Where each column stands: by its name; else in its own place, when what is written there looks like it."""
    known = {column_name(each) for each in columns}
    found: dict[str, int] = {}
    for place, column in enumerate(columns):
        at = table.column(column)
        if at is None and place < len(table.columns):
            written = table.columns[place]
            if written and written not in known and _is_alike(written, column_name(column)):
                at = place
                reason = f"La colonne « {table.headers[place]} » de {name}.csv est lue comme « {column} »."
                findings.append(Finding(Severity.REPAIR, "misspelt_column", f"{name}.csv", reason, field=column))
        if at is not None:
            found[column] = at
    return found


def _is_alike(written: str, column: str) -> bool:
    return SequenceMatcher(None, written, column).ratio() >= _ALIKE
