"""An import and what it found, decided and did. Everything belongs to one school."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.integrations.imports.kinds import Kind


class Verdict(models.TextChoices):
    """How an analysis ends, from the best to the worst."""

    ACCEPT = "accept", _("Rien à signaler")
    REPAIR = "repair", _("Corrigé en lisant")
    QUARANTINE = "quarantine", _("Fiches mises de côté")
    HOLD = "hold", _("À confirmer")
    REJECT = "reject", _("Refusé")


class Decision(models.TextChoices):
    """What to do of a difference."""

    APPLY = "apply", _("Appliquer")
    SKIP = "skip", _("Ignorer")


class ImportJob(EstablishmentOwned):
    """One or several files handed over together. `received` → `analysing` → `to_review` → `applying` → `applied` → `undone`."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Reçu")
        ANALYSING = "analysing", _("Analyse en cours")
        TO_REVIEW = "to_review", _("À vérifier")
        REJECTED = "rejected", _("Refusé")
        APPLYING = "applying", _("Application en cours")
        APPLIED = "applied", _("Appliqué")
        UNDONE = "undone", _("Annulé")
        ABANDONED = "abandoned", _("Abandonné")
        FAILED = "failed", _("Interrompu")

    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    # Kinds of file read (`exchange.records.Kind`), and the moment the newest was produced by its source.
    contents = ArrayField(models.CharField(max_length=30), default=list)
    year = models.PositiveSmallIntegerField(null=True)
    produced_at = models.DateTimeField(null=True)
    # When the file of each kind was produced (ISO): files exported one after the other have each their own age.
    produced = models.JSONField(default=dict)
    # What was read: {"students": 22, …}.
    counts = models.JSONField(default=dict)
    # French sentences: why a human must confirm, or why the files are refused.
    reasons = ArrayField(models.TextField(), default=list)
    # False when nobody may apply it, even knowingly (next year's base, guardians without students).
    may_apply = models.BooleanField(default=True)
    progress = models.CharField(max_length=200, blank=True)
    # What the files say, sealed; removed as soon as it is applied, abandoned or refused.
    readings = models.BinaryField(null=True)
    # Changes when what the import would do changes: what is applied is what was looked at.
    fingerprint = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    # Last sign of life of the process at work.
    alive_at = models.DateTimeField(null=True)
    analysed_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "-created_at"], name="import_by_date"),)

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportFile(EstablishmentOwned):
    """A file as it was handed over. Its bytes are sealed, and removed once read."""

    job = OwnedForeignKey(ImportJob, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    data = models.BinaryField(null=True)
    # Why it was refused, in French; empty when it was read.
    refusal = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Difference(EstablishmentOwned):
    """Something that would change. `key` is stable: the same difference found again has the same key."""

    job = OwnedForeignKey(ImportJob, models.CASCADE, related_name="differences")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    record = models.CharField(max_length=200)
    field = models.CharField(max_length=80, blank=True)
    old = models.CharField(max_length=400, blank=True)
    new = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    # The default was changed by a human, or by what a human decided last time.
    decided = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "job", "key"], name="one_difference"),)

    def __str__(self) -> str:
        return self.key


class JobFinding(EstablishmentOwned):
    """Something to know, mended or left aside (`exchange.verdicts.Finding`), for the report and the health of data."""

    job = OwnedForeignKey(ImportJob, models.CASCADE, related_name="findings")
    severity = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    record = models.CharField(max_length=200)
    reason = models.TextField()
    field = models.CharField(max_length=80, blank=True)
    old = models.CharField(max_length=400, blank=True)
    new = models.CharField(max_length=400, blank=True)
    # Codes that a human may choose from to settle it (groups), empty otherwise.
    choices = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        indexes = (models.Index(fields=["establishment", "job"], name="finding_by_job"),)

    def __str__(self) -> str:
        return f"{self.code} {self.record}"


class MatchKind(models.TextChoices):
    """What timetable software names in its own way."""

    GROUP = "group", _("Classe ou groupe")
    SUBJECT = "subject", _("Matière")
    TEACHER = "teacher", _("Enseignant")
    CLASSROOM = "classroom", _("Salle")
    WEEKS = "weeks", _("Semaines")


class MatchQuestion(EstablishmentOwned):
    """A name of the files of a job that is not recognised, with the nearest of ours (`plan.Question`)."""

    job = OwnedForeignKey(ImportJob, models.CASCADE, related_name="questions")
    source = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=MatchKind.choices)
    outside = models.CharField(max_length=120)
    label = models.CharField(max_length=120)
    lessons = models.PositiveIntegerField(default=0)
    may_create = models.BooleanField(default=True)
    # [{"value": …, "label": …, "why": …, "score": 0–100}], the best first.
    candidates = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "job", "source", "kind", "outside"], name="one_question"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.outside}"


class Correspondence(EstablishmentOwned):
    """What a school said once of a name of its timetable software, for this import and the following ones."""

    class Verdict(models.TextChoices):
        SAME = "same", _("C’est")
        CREATE = "create", _("Créer")
        IGNORE = "ignore", _("Ignorer")

    source = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=MatchKind.choices)
    outside = models.CharField(max_length=120)
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    # One of our codes, or the number of a person: an import may make the row again, its code stays.
    value = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "source", "kind", "outside"], name="one_correspondence"),
        )

    def __str__(self) -> str:
        return f"{self.outside} = {self.value or self.verdict}"


class JournalEntry(EstablishmentOwned):
    """One line of the ledger of an applied import (`establishments.ledger.Line`), in the order they were written."""

    job = OwnedForeignKey(ImportJob, models.CASCADE, related_name="journal")
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=80)
    action = models.CharField(max_length=8)
    rows = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "job", "number"], name="one_journal_line"),)

    def __str__(self) -> str:
        return f"{self.action} {self.table}"


class RememberedMatch(EstablishmentOwned):
    """What a human decided once, so that the next import does not ask again.

    `kind` « group »: the code `outside` of another source is our group `value`; « skip »: the difference whose key and
    new value are `outside` is ignored.
    """

    kind = models.CharField(max_length=10)
    outside = models.CharField(max_length=640)
    value = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "kind", "outside"], name="one_remembered_match"),
        )

    def __str__(self) -> str:
        return f"{self.outside} = {self.value}"
