"""A file of another tool, what is understood of it, and what was taken. Everything belongs to one school."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Thing(models.TextChoices):
    """What a line tells. `OTHER` is counted, said, never taken."""

    ABSENCE = "absence", _("Absences")
    LATENESS = "lateness", _("Retards")
    INFIRMARY = "infirmary", _("Passages à l’infirmerie")
    INCIDENT = "incident", _("Incidents")
    PUNISHMENT = "punishment", _("Punitions")
    SANCTION = "sanction", _("Sanctions")
    MARK = "mark", _("Notes")
    AVERAGE = "average", _("Moyennes d’une période")
    BULLETIN = "bulletin", _("Bulletins")
    OTHER = "other", _("Autres (dispenses, observations…)")


RESULTS = (Thing.MARK, Thing.AVERAGE, Thing.BULLETIN)
"""What a file of results tells; every line of it tells the same."""


class Fate(models.TextChoices):
    """What becomes of a line."""

    TAKEN = "taken", _("Reprise")
    KNOWN = "known", _("Déjà connue")
    HELD = "held", _("En attente")
    REFUSED = "refused", _("Refusée")


class TakeOver(EstablishmentOwned):
    """One file. `to_map` → `analysing` → `to_review` → `applying` → `applied` → `undone`."""

    class State(models.TextChoices):
        TO_MAP = "to_map", _("Colonnes à vérifier")
        ANALYSING = "analysing", _("Lecture en cours")
        TO_REVIEW = "to_review", _("À vérifier")
        APPLYING = "applying", _("Reprise en cours")
        APPLIED = "applied", _("Repris")
        UNDONE = "undone", _("Annulé")
        ABANDONED = "abandoned", _("Abandonné")
        FAILED = "failed", _("Interrompu")

    state = models.CharField(max_length=12, choices=State.choices, default=State.TO_MAP)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    # The file as handed over, sealed; removed once it is applied or given up.
    data = models.BinaryField(null=True)
    # Which column holds what: {"ine": 3, "starts_on": 5…}; `thing` is what every line tells, unless a column says it.
    columns = models.JSONField(default=dict)
    thing = models.CharField(max_length=10, choices=Thing.choices, blank=True)
    # What the school says of every line of a file of results, where no column does: {"origin": "PRONOTE", "year": 2025,
    # "period": "T1", "subject": 12}.
    said = models.JSONField(default=dict)
    # {"absence": {"read": 12, "taken": 10, "known": 0, "held": 2, "refused": 0}, …}
    counts = models.JSONField(default=dict)
    # Reasons met in the file: [{"text": "Maladie", "lines": 12, "reason": 4 | 0 | null}]; null holds its lines.
    reasons = models.JSONField(default=list)
    # Subjects met in a file of marks that are not called so here, as `reasons`: null holds their lines, 0 is none of ours.
    subjects = models.JSONField(default=list)
    entry_ids = ArrayField(models.BigIntegerField(), default=list)
    # What other rooms made of it: {"incident": [4], "punishment": [], "sanction": [7]}, {"assessment": [], "mark": []},
    # {"past_result": [], "past_whole": []}.
    act_ids = models.JSONField(default=dict)
    # Entries that stayed when the rest was taken back.
    left = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "-created_at"], name="takeover_by_date"),)

    def __str__(self) -> str:
        return self.name


class LineIssue(EstablishmentOwned):
    """A line of the file that is not taken, and why."""

    take_over = OwnedForeignKey(TakeOver, models.CASCADE, related_name="issues", db_index=False)
    number = models.PositiveIntegerField()
    thing = models.CharField(max_length=10, choices=Thing.choices)
    fate = models.CharField(max_length=8, choices=Fate.choices)
    # « Belkacem Inès, 4B, 12/11/2026 »: as the file names it.
    told = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)

    class Meta:
        indexes = (models.Index(fields=["establishment", "take_over", "fate", "number"], name="issue_by_takeover"),)

    def __str__(self) -> str:
        return f"{self.number} {self.fate}"


class Remembered(EstablishmentOwned):
    """What a school answered once: the column that holds something, or which of our reasons one of theirs is.

    `kind` « column »: `outside` is one of our fields, `value` the name of their column. « reason »: `outside` is their
    label folded, `value` the number of our reason, 0 for none. « subject »: the same, of our subjects.
    """

    kind = models.CharField(max_length=8)
    outside = models.CharField(max_length=200)
    value = models.CharField(max_length=200)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "kind", "outside"], name="one_remembered"),)

    def __str__(self) -> str:
        return f"{self.outside} = {self.value}"
