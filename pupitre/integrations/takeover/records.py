"""A line of results in our words: a mark, an average, a whole bulletin. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pupitre.integrations.takeover.mapping import Named


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A mark. `text`: as it is written; `year` and `period`: nothing when the line does not say them."""

    number: int
    who: Named
    subject: str
    teacher: str
    title: str
    held_on: dt.date
    text: str
    scale: int
    coefficient: Decimal
    year: int | None
    period: str
    remark: str

    @property
    def told(self) -> str:
        """« BELKACEM Inès, 4B, Mathématiques, 12/11/2026, 14,5 »."""
        who, day = self.who, f"{self.held_on:%d/%m/%Y}"
        return ", ".join(filter(None, (who.shown, who.division, self.subject, day, self.text)))


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of a past bulletin. `subject` is nothing for the bulletin as a whole; averages are as they are shown."""

    number: int
    who: Named
    year: int | None
    period: str
    subject: str
    teacher: str
    value: str
    class_value: str
    text: str
    mention: str = ""
    half_days: int | None = None
    unjustified: int | None = None
    lates: int | None = None

    @property
    def told(self) -> str:
        """« BELKACEM Inès, 4B, Mathématiques, T1 »."""
        return ", ".join(filter(None, (self.who.shown, self.who.division, self.subject, self.period)))
