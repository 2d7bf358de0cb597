"""What a file would give: what is taken, what is not and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from pupitre.attendance.services.taking_over import Past
from pupitre.discipline.services.taking_over import Past as PastAct
from pupitre.gradebook.services.taking_averages import PastAverage
from pupitre.gradebook.services.taking_over import PastMark
from pupitre.integrations.takeover.models import Fate, Thing
from pupitre.reportcards.services.taking_over import PastSubject, PastSummary


@dataclass(slots=True)
class Issue:
    """A line that is not taken."""

    number: int
    thing: Thing
    fate: Fate
    told: str
    reason: str


@dataclass(slots=True)
class Plan:
    """What a file would give: what is taken, what is not and why, the reasons and the subjects it names."""

    pasts: list[Past] = field(default_factory=list)
    acts: list[PastAct] = field(default_factory=list)
    marks: list[PastMark] = field(default_factory=list)
    results: list[PastSubject] = field(default_factory=list)
    summaries: list[PastSummary] = field(default_factory=list)
    averages: list[PastAverage] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    reasons: dict[str, dict[str, Any]] = field(default_factory=dict)
    subjects: dict[str, dict[str, Any]] = field(default_factory=dict)

    def leave(self, number: int, thing: Thing, fate: Fate, told: str, reason: str) -> None:
        """Note a line that is not taken."""
        self.counts[thing][fate] += 1
        self.issues.append(Issue(number, thing, fate, told[:200], reason[:300]))
