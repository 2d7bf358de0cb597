"""The files of one archive, seen from one of its schools."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.oneroster.reading.tables import Cells, Sheet

GONE = "tobedeleted"
MOST = 200
"""How many rows left aside for one reason are named one by one."""


@dataclass(slots=True)
class Files:
    """The files of one archive, for one of its schools. Rows that are `tobedeleted` are gone: they are not told of any more."""

    sheets: dict[str, Sheet]
    org: str = ""
    findings: list[Finding] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    # Whether a class was left aside with those who are in it.
    has_lost_class: bool = False

    def is_torn(self, *names: str) -> bool:
        """Whether a row of one of these files could not be read."""
        return any(name in self.sheets and self.sheets[name].is_torn for name in names)

    def rows(self, name: str) -> list[Cells]:
        """The rows of a file, less those that are gone; none without the file."""
        sheet = self.sheets.get(name)
        return [each for each in sheet.rows if each.get("status", "").lower() != GONE] if sheet else []

    def by_id(self, name: str) -> dict[str, Cells]:
        """The same by identifier."""
        return {each["sourcedId"]: each for each in self.rows(name)}

    def quarantine(self, code: str, record: str, reason: str) -> None:
        """Leave a row aside. Beyond some for one reason they are only counted: an archive may be wrong by thousands."""
        self.times[code] += 1
        if self.times[code] <= MOST:
            self.findings.append(Finding(Severity.QUARANTINE, code, record, reason))

    def count_the_rest(self) -> None:
        """Say how many rows were left aside beside those that are named."""
        for code, times in self.times.items():
            if times > MOST:
                reason = f"{times - MOST} autres lignes sont laissées de côté pour la même raison. Refaites l’export OneRoster."
                self.findings.append(Finding(Severity.QUARANTINE, code, "Autres lignes", reason))

    def notice(self, code: str, record: str, reason: str) -> None:
        """Tell something."""
        self.findings.append(Finding(Severity.NOTICE, code, record, reason))

    def roles(self) -> dict[str, set[str]]:
        """The roles of each person in this school, in lower case; in 1.1 they stand with the person."""
        found: dict[str, set[str]] = defaultdict(set)
        if "roles" not in self.sheets:
            for each in self.rows("users"):
                if self.org in _several(each.get("orgSourcedIds", "")):
                    found[each["sourcedId"]].add(each.get("role", "").lower())
            return found
        known = self.by_id("users")
        for each in self.rows("roles"):
            if each.get("orgSourcedId", "") not in ("", self.org):
                continue
            person = each["userSourcedId"]
            if person not in known:
                self.quarantine(
                    "unknown_reference", person, "roles.csv parle d’une personne qui n’est pas dans users.csv."
                )
                continue
            found[person].add(each["role"].lower())
        return found


def _several(cell: str) -> list[str]:
    return [each.strip() for each in cell.split(",") if each.strip()]
