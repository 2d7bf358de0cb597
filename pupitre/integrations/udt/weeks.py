"""The weeks of a year of UnDeuxTEMPS: from the first day of students to the last one, holidays left out."""

import datetime as dt
from dataclasses import dataclass, field

from pupitre.integrations.exchange.records import ClosureRecord

_FRIDAY = 4


@dataclass(slots=True)
class Calendar:
    """What table 24 says, and the first ISO weeks of the published periods."""

    year: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    closures: list[ClosureRecord] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def close(self, first: dt.date | None, last: dt.date | None) -> None:
        """Days without lessons, both included."""
        if first and last and first <= last:
            self.closures.append(ClosureRecord("Vacances", first, last))

    def mondays(self) -> list[dt.date]:
        """The Mondays of the weeks in which there are lessons; none when the file does not say the year."""
        if self.first is None or self.last is None or (self.last - self.first).days > 400:
            return []
        monday, found = self.first - dt.timedelta(days=self.first.weekday()), []
        while monday <= self.last:
            if not any(
                each.starts_on <= monday and monday + dt.timedelta(days=_FRIDAY) <= each.ends_on
                for each in self.closures
            ):
                found.append(monday)
            monday += dt.timedelta(weeks=1)
        return found

    def begins(self, week: int) -> dt.date | None:
        """The Monday of an ISO week of this school year."""
        if self.first is None:
            return None
        year = self.first.year if week >= self.first.isocalendar()[1] else self.first.year + 1
        try:
            return dt.date.fromisocalendar(year, week, 1)
        except ValueError:
            return None
