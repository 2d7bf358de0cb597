"""What the screens, the home and the command line read of imports."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, SmallIntegerField, When

from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.kinds import TAB_OF, Kind, Tab
from pupitre.integrations.imports.models import Decision, Difference, ImportJob, JobFinding, MatchKind, MatchQuestion

_REPORT_ORDER = Case(
    *(When(kind=kind, then=place) for place, kind in enumerate(Kind)), output_field=SmallIntegerField()
)


_QUESTION_ORDER = Case(
    *(When(kind=kind, then=place) for place, kind in enumerate(MatchKind)), output_field=SmallIntegerField()
)
TO_MATCH = "to_match"
"""The code of findings that say a name is not recognised: the screen asks about them instead."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What an import would do, by tab and by kind, and how many records are left aside."""

    by_tab: dict[str, int]
    by_kind: dict[str, int]
    left_aside: int
    warnings: int
    to_apply: int
    # Names of timetable software that nobody has recognised yet.
    to_match: int = 0

    @property
    def changes(self) -> int:
        return sum(self.by_tab.values())


def figures_of(job: ImportJob, *, kept_only: bool = False) -> Figures:
    """The numbers at the head of the report; two statements. `kept_only`: without the changes that were declined."""
    rows = Difference.objects.filter(job=job).values("kind").annotate(
        times=Count("pk"), kept=Count("pk", filter=Q(decision=Decision.APPLY))
    )  # fmt: skip
    by_kind, by_tab, kept = Counter[str](), Counter[str](), 0
    for row in rows:
        times = row["kept"] if kept_only else row["times"]
        by_kind[row["kind"]] += times
        by_tab[TAB_OF[row["kind"]]] += times
        kept += row["kept"]
    found, to_match = Counter[int](), 0
    rows_found = JobFinding.objects.filter(job=job).values_list("severity", "code").annotate(Count("pk"))
    for severity, code, count in rows_found:
        found[severity] += 0 if code == TO_MATCH else count
        to_match += count if code == TO_MATCH else 0
    return Figures(
        {tab: by_tab[tab] for tab in Tab}, dict(by_kind), found[Severity.QUARANTINE],
        sum(count for severity, count in found.items() if severity != Severity.QUARANTINE), kept, to_match,
    )  # fmt: skip


def differences_of(job: ImportJob, tab: str = "", kind: str = "", *, by_field: bool = False) -> QuerySet[Difference]:
    """The differences of a job, in the order of the report; `by_field`: lessons by teacher rather than by class."""
    order = ("field", "record", "pk") if by_field else (_REPORT_ORDER, "record", "pk")
    rows = Difference.objects.filter(job=job).order_by(*order)
    if kind:
        return rows.filter(kind=kind)
    return rows.filter(kind__in=[each for each, its in TAB_OF.items() if its == tab]) if tab else rows


def findings_of(job: ImportJob, *, left_aside: bool) -> QuerySet[JobFinding]:
    """Records left aside, or everything else worth knowing."""
    severity = Q(severity=Severity.QUARANTINE)
    rows = JobFinding.objects.filter(severity if left_aside else ~severity, job=job)
    return rows.exclude(code=TO_MATCH).order_by("code", "record", "pk")


def questions_of(job: ImportJob) -> QuerySet[MatchQuestion]:
    """The names that are not recognised, those that most lessons wait for first."""
    return MatchQuestion.objects.filter(job=job).order_by(_QUESTION_ORDER, "-lessons", "label", "pk")


def report(job: ImportJob) -> dict[str, Any]:
    """The whole outcome, for `pupitre import --json` and the file of the office."""
    findings = list(JobFinding.objects.filter(job=job).order_by("pk"))
    return {
        "verdict": job.verdict,
        "state": job.state,
        "reasons": job.reasons,
        "counts": job.counts,
        "differences": [
            {"kind": each.kind, "record": each.record, "field": each.field, "old": each.old, "new": each.new,
             "reason": each.reason, "decision": each.decision}
            for each in Difference.objects.filter(job=job).order_by("pk")
        ],
        "warnings": [_entry(each) for each in findings if each.severity != Severity.QUARANTINE],
        "quarantined": [_entry(each) for each in findings if each.severity == Severity.QUARANTINE],
    }  # fmt: skip


def _entry(finding: JobFinding) -> dict[str, str]:
    return {"code": finding.code, "record": finding.record, "field": finding.field, "old": finding.old,
            "new": finding.new, "reason": finding.reason}  # fmt: skip


@dataclass(frozen=True, slots=True)
class JobLine:
    """An import in the list: how many changes it keeps, how many records it left aside."""

    job: ImportJob
    changes: int
    left_aside: int


def job_lines(jobs: Iterable[ImportJob]) -> list[JobLine]:
    """The lines of these imports, in their order; two statements whatever their number."""
    jobs = list(jobs)
    kept = Difference.objects.filter(job__in=jobs, decision=Decision.APPLY)
    aside = JobFinding.objects.filter(job__in=jobs, severity=Severity.QUARANTINE)
    changes = dict(kept.values_list("job").annotate(Count("pk")))
    left = dict(aside.values_list("job").annotate(Count("pk")))
    return [JobLine(job, changes.get(job.pk, 0), left.get(job.pk, 0)) for job in jobs]
