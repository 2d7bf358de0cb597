"""First step: read the files and say what would change. Nothing of the school is written."""

import io
from collections.abc import Callable

import msgspec
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.imports.checks import check_age, check_school, check_year, produced_by_kind
from pupitre.integrations.imports.compare.whole import compare
from pupitre.integrations.imports.knowing import know
from pupitre.integrations.imports.models import (
    Decision,
    Difference,
    ImportFile,
    ImportJob,
    JobFinding,
    MatchQuestion,
    Verdict,
)
from pupitre.integrations.imports.plan import Change, Plan, Question
from pupitre.integrations.imports.sealing import seal, unseal
from pupitre.integrations.imports.services.jobs import forget_files, receive_readings
from pupitre.integrations.reading import read_all

State = ImportJob.State
_READINGS = msgspec.msgpack.Decoder(list[Reading])


def analyse(job_id: int, establishment_id: int, tell: Callable[[str], None] | None = None) -> ImportJob:
    """Read the files of a job (once) and compare them with the school; a refusal is an outcome, not an error.

    Each step is a transaction of its own, so that the progress can be watched; a job that was interrupted is analysed
    again from what was kept.
    """
    with scope(establishment_id):
        job = ImportJob.objects.get(pk=job_id)
        if job.state not in (State.RECEIVED, State.ANALYSING, State.TO_REVIEW, State.FAILED):
            return job
    try:
        readings = _readings(job, establishment_id, tell)
        _step(job, establishment_id, _("Comparaison avec ce que l’établissement sait déjà"), tell)
        with scope(establishment_id):
            _compare(job, readings)
    except Rejected as refusal:
        with scope(establishment_id):
            _reject(job, str(refusal))
    return job


def analyse_readings(readings: list[Reading]) -> tuple[ImportJob, Plan | None]:
    """An import of what is read already, compared with the open school at once, in the transaction that is open; the plan,
    unless it is refused.

    For archives that speak to every school of an academy: nobody watches each of them being compared.
    """
    job = receive_readings(readings)
    try:
        plan = plan_of(readings)
    except Rejected as refusal:
        _reject(job, str(refusal))
        return job, None
    _keep(job, readings, plan, {})
    return job, plan


def plan_of(readings: list[Reading]) -> Plan:
    """The plan of these readings for the open school, checks included. Raises Rejected."""
    today = clock.today()
    check_school(readings, Establishment.objects.values_list("uai", flat=True).get(pk=_open_school()))
    checked = Plan()
    check_year(readings, today, checked)
    check_age(readings, checked)
    plan = compare(readings, know(readings, today))
    plan.holds[:0] = checked.holds
    plan.blocks[:0] = checked.blocks
    return plan


def readings_of(job: ImportJob) -> list[Reading]:
    """What the files of a job said; kept until the job ends."""
    if job.readings is None:
        raise Rejected(_("Les fichiers de cet import ont été effacés. Déposez-les à nouveau."))
    return _READINGS.decode(unseal(job.readings))


def _open_school() -> int:
    from pupitre.establishments.scope import current_establishment_id

    return current_establishment_id()


def _readings(job: ImportJob, establishment_id: int, tell: Callable[[str], None] | None) -> list[Reading]:
    if job.readings is not None:
        return readings_of(job)
    with scope(establishment_id):
        uai = Establishment.objects.get(pk=establishment_id).uai
        files = list(ImportFile.objects.filter(job=job).order_by("pk"))
    readings: list[Reading] = []
    for file in files:
        _step(job, establishment_id, _("Lecture de « %(name)s »") % {"name": file.name}, tell)
        try:
            readings += read_all(file.name, io.BytesIO(unseal(file.data or b"")), uai=uai)
        except Rejected as refusal:
            with scope(establishment_id):
                ImportFile.objects.filter(pk=file.pk).update(refusal=str(refusal))
            raise Rejected(_("« %(name)s » : %(why)s") % {"name": file.name, "why": refusal}) from refusal
    readings = list({reading.digest: reading for reading in readings}.values())
    with scope(establishment_id):
        ImportFile.objects.filter(job=job).update(data=None)
        job.readings = seal(msgspec.msgpack.encode(readings))
        job.save(update_fields=["readings"])
    return readings


def _step(job: ImportJob, establishment_id: int, text: str, tell: Callable[[str], None] | None) -> None:
    if tell:
        tell(text)
    with scope(establishment_id):
        job.state, job.progress, job.alive_at = State.ANALYSING, text, clock.now()
        job.save(update_fields=["state", "progress", "alive_at"])


def _compare(job: ImportJob, readings: list[Reading]) -> None:
    plan = plan_of(readings)
    decided = dict(Difference.objects.filter(job=job, decided=True).values_list("key", "decision"))
    Difference.objects.filter(job=job).delete()
    JobFinding.objects.filter(job=job).delete()
    MatchQuestion.objects.filter(job=job).delete()
    _keep(job, readings, plan, decided)


def _keep(job: ImportJob, readings: list[Reading], plan: Plan, decided: dict[str, str]) -> None:
    """Write what an import would change, and what it found."""
    MatchQuestion.objects.bulk_create((_question(job, each) for each in plan.questions), batch_size=1000)
    skipped = know_skipped()
    Difference.objects.bulk_create((_difference(job, each, decided, skipped) for each in plan.changes), batch_size=1000)
    choices = {choice.finding: list(choice.codes) for choice in plan.choices}
    JobFinding.objects.bulk_create(
        (
            JobFinding(
                job=job, establishment_id=job.establishment_id, severity=each.severity, code=each.code,
                record=each.record[:200], reason=each.reason, field=each.field[:80], old=each.old[:400], new=each.new[:400],
                choices=choices.get(each, []),
            )
            for each in plan.findings
        ),
        batch_size=1000,
    )  # fmt: skip
    produced = [timezone.make_aware(reading.produced_at) for reading in readings if reading.produced_at]
    job.contents = sorted({reading.kind for reading in readings})
    job.year = next((reading.year for reading in readings if reading.year), None)
    job.produced_at, job.produced = max(produced, default=None), produced_by_kind(readings)
    job.counts, job.reasons, job.may_apply = plan.counts, [*plan.blocks, *plan.holds], not plan.blocks
    job.verdict, job.fingerprint = verdict_of(plan), plan.fingerprint
    job.state, job.progress, job.analysed_at = State.TO_REVIEW, "", clock.now()
    job.save()


def _difference(job: ImportJob, change: Change, decided: dict[str, str], skipped: frozenset[str]) -> Difference:
    decision = Decision.APPLY if change.proposed else Decision.SKIP
    remembered = skip_name(change.key, change.new) in skipped
    return Difference(
        job=job, establishment_id=job.establishment_id, key=change.key[:200], kind=change.kind, record=change.record[:200],
        field=change.field[:80], old=change.old[:400], new=change.new[:400], reason=change.reason[:400],
        decision=decided.get(change.key, Decision.SKIP if remembered else decision),
        decided=change.key in decided or remembered,
    )  # fmt: skip


def _question(job: ImportJob, question: Question) -> MatchQuestion:
    candidates = [msgspec.to_builtins(each) for each in question.candidates]
    return MatchQuestion(
        job=job, establishment_id=job.establishment_id, source=question.source, kind=question.kind, outside=question.outside,
        label=question.label, lessons=question.lessons, may_create=question.may_create, candidates=candidates,
    )  # fmt: skip


def know_skipped() -> frozenset[str]:
    """The differences that a human chose to ignore for good."""
    from pupitre.integrations.imports.models import RememberedMatch

    return frozenset(RememberedMatch.objects.filter(kind="skip").values_list("outside", flat=True))


def skip_name(key: str, new: str) -> str:
    """How an ignored difference is remembered: the same one with another new value is asked again."""
    return f"{key} → {new}"[:640]


def verdict_of(plan: Plan) -> Verdict:
    """The worst of what was found."""
    worst = max((finding.severity for finding in plan.findings), default=Severity.NOTICE)
    if plan.holds or plan.blocks:
        return Verdict.HOLD
    return {Severity.NOTICE: Verdict.ACCEPT, Severity.REPAIR: Verdict.REPAIR}.get(Severity(worst), Verdict.QUARANTINE)


def _reject(job: ImportJob, why: str) -> None:
    job.state, job.verdict, job.reasons, job.progress = State.REJECTED, Verdict.REJECT, [why], ""
    job.analysed_at = job.ended_at = clock.now()
    job.save(update_fields=["state", "verdict", "reasons", "progress", "analysed_at", "ended_at"])
    forget_files(job)


def newest_produced() -> object:
    """When the newest applied file was produced, for the health of data."""
    return ImportJob.objects.filter(state=State.APPLIED).aggregate(newest=Max("produced_at"))["newest"]
