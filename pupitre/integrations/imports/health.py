"""The health of the data (SIE-8): what differs between the sources and the school, since when, and who decides.

What an import left aside or did not apply stays a difference until the same files are applied again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Min
from django.utils.translation import gettext as _

from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.areas import AREAS, Area, area_of_code, area_of_key
from pupitre.integrations.imports.models import Decision, Difference, ImportJob, JobFinding, RememberedMatch
from pupitre.integrations.imports.services.analysis import skip_name
from pupitre.integrations.imports.words import origin, title_of

_JOBS, _ROWS = 200, 2000
# What is said of a file, not of somebody: nobody has to correct it.
_OF_THE_FILE = ("not_needed", "unknown_tag", "encoding", "no_year", "week_not_monday")


@dataclass(frozen=True, slots=True)
class Source:
    """An area, who decides of it, and the last import that spoke of it."""

    label: str
    decides: str
    last: ImportJob | None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that differs. `old` is what the school says, `new` what the file says."""

    record: str
    reason: str
    since: dt.datetime | None
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(slots=True)
class Gaps:
    """Things that differ in the same way."""

    title: str
    decides: str
    level: str
    gaps: list[Gap] = field(default_factory=list)

    @property
    def since(self) -> dt.datetime | None:
        return min((gap.since for gap in self.gaps if gap.since), default=None)


@dataclass(frozen=True, slots=True)
class Kept:
    """A choice that was made for good, and may be asked again."""

    remembered: RememberedMatch
    what: str
    detail: str


@dataclass(slots=True)
class Health:
    """What the page shows; `count` is zero when all is well."""

    sources: list[Source]
    waiting: list[ImportJob]
    gaps: list[Gaps]
    to_know: list[Gaps]
    kept: list[Kept]

    @property
    def aside(self) -> int:
        return sum(len(each.gaps) for each in self.gaps if each.level == "bad")

    @property
    def declined(self) -> int:
        return sum(len(each.gaps) for each in self.gaps if each.level == "warn")

    @property
    def count(self) -> int:
        return self.aside + self.declined


def health_of_school() -> Health:
    """The health of the open school; eight statements whatever the number of imports."""
    rows = ImportJob.objects.filter(state=ImportJob.State.APPLIED).defer("readings").select_related("author")
    jobs = list(rows.order_by("-applied_at", "-pk")[:_JOBS])
    waiting = list(ImportJob.objects.filter(state=ImportJob.State.TO_REVIEW).defer("readings").order_by("-created_at"))
    remembered = list(RememberedMatch.objects.select_related("decided_by").order_by("-decided_at", "-pk"))
    current = _current(jobs)
    ignored = {each.outside for each in remembered if each.kind == "skip"}
    gaps, to_know = _findings(current)
    return Health(_sources(jobs), waiting, [*gaps, *_declined(current, ignored)], to_know, _kept(remembered))


def _current(jobs: list[ImportJob]) -> dict[int, tuple[ImportJob, set[Area | None]]]:
    """Of each import, the areas on which it still has the last word; None stands for what belongs to no single area."""
    found: dict[int, tuple[ImportJob, set[Area | None]]] = {}
    newer: list[set[str]] = []
    for job in jobs:
        parts: dict[Area | None, frozenset[str]] = {area: area.read_in(job.contents) for area in AREAS}
        parts[None] = frozenset(job.contents)
        areas = {area for area, read in parts.items() if read and not any(read <= later for later in newer)}
        if areas:
            found[job.pk] = (job, areas)
        newer.append(set(job.contents))
    return found


def _sources(jobs: list[ImportJob]) -> list[Source]:
    said: list[str] = [content for job in jobs for content in job.contents]
    return [
        Source(str(area.label), area.source(said), next((job for job in jobs if area.read_in(job.contents)), None))
        for area in AREAS
    ]


def _findings(current: dict[int, tuple[ImportJob, set[Area | None]]]) -> tuple[list[Gaps], list[Gaps]]:
    """Records left aside, and what is worth knowing."""
    rows = JobFinding.objects.filter(job__in=list(current)).exclude(severity=Severity.REPAIR)
    found = [
        row
        for row in rows.exclude(code__in=_OF_THE_FILE).order_by("code", "record", "pk")[:_ROWS]
        if area_of_code(row.code) in current[row.job_id][1]
    ]
    seen = {
        (code, record): since
        for code, record, since in JobFinding.objects.filter(code__in={row.code for row in found})
        .values_list("code", "record")
        .annotate(Min("job__analysed_at"))
    }
    aside, to_know = _Grouped(), _Grouped()
    for row in found:
        contents = current[row.job_id][0].contents
        area = area_of_code(row.code)
        decides = area.source(contents) if area else origin(contents)
        is_aside = row.severity == Severity.QUARANTINE
        gap = Gap(row.record, row.reason, seen.get((row.code, row.record)), row.field, row.old, row.new)
        (aside if is_aside else to_know).add(title_of(row.code), decides, "bad" if is_aside else "info", gap)
    return aside.in_order(), to_know.in_order()


def _declined(current: dict[int, tuple[ImportJob, set[Area | None]]], ignored: set[str]) -> list[Gaps]:
    """What the file says and the school did not take, unless it was ignored for good."""
    rows = Difference.objects.filter(job__in=list(current), decision=Decision.SKIP).order_by("kind", "record", "pk")
    found = [
        row
        for row in rows[:_ROWS]
        if area_of_key(row.key) in current[row.job_id][1] and skip_name(row.key, row.new) not in ignored
    ]
    seen = {
        (key, new): since
        for key, new, since in Difference.objects.filter(key__in={row.key for row in found})
        .values_list("key", "new")
        .annotate(Min("job__analysed_at"))
    }
    groups = _Grouped()
    for row in found:
        gap = Gap(row.record, row.reason, seen.get((row.key, row.new)), row.field, row.old, row.new)
        groups.add(str(row.get_kind_display()), _("vous, au prochain import"), "warn", gap)
    return groups.in_order()


class _Grouped:
    """Gaps by title and by who decides."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], Gaps] = {}

    def add(self, title: str, decides: str, level: str, gap: Gap) -> None:
        self._groups.setdefault((title, decides), Gaps(title, decides, level)).gaps.append(gap)

    def in_order(self) -> list[Gaps]:
        """The largest first."""
        return sorted(self._groups.values(), key=lambda group: (-len(group.gaps), group.title))


def _kept(remembered: Iterable[RememberedMatch]) -> list[Kept]:
    """Choices made for good, in the words of the last import that met them."""
    remembered = list(remembered)
    keys = {each.outside.partition(" → ")[0] for each in remembered if each.kind == "skip"}
    met: dict[str, Difference] = defaultdict(Difference)
    for row in Difference.objects.filter(key__in=keys).order_by("pk"):
        met[skip_name(row.key, row.new)] = row
    return [_kept_one(each, met.get(each.outside)) for each in remembered]


def _kept_one(remembered: RememberedMatch, met: Difference | None) -> Kept:
    if remembered.kind == "group":
        what = _("« %(outside)s » désigne %(ours)s") % {"outside": remembered.outside, "ours": remembered.value}
        return Kept(remembered, what, _("Classe ou groupe"))
    if met is None:
        return Kept(remembered, remembered.outside.partition(" → ")[2], _("Changement ignoré"))
    change = " → ".join(filter(None, (met.old, met.new)))
    return Kept(remembered, met.record, f"{met.field or met.get_kind_display()}\N{NO-BREAK SPACE}: {change}")
