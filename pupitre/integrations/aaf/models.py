"""What an academy last said of everybody, what each school has taken of it, and the archives received.

Outside the wall: an archive speaks for all the schools of an academy. What is written in a school is written by its own
imports, behind its wall.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment


class Feed(models.Model):
    """The feed of an academy for one degree (2D, 1D; agricultural schools come as academy 98)."""

    academy = models.CharField(max_length=3)
    degree = models.CharField(max_length=2, default="2D")
    # Day of the last complete, and of the last archive whatever it was, as their headers say.
    complete_on = models.DateField(null=True)
    newest_on = models.DateField(null=True)
    # Somebody whom a complete no longer names keeps their access for so many days: feeds have holes.
    grace_days = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["academy", "degree"], name="one_feed"),)

    def __str__(self) -> str:
        return f"AAF {self.academy} {self.degree}"


class Record(models.Model):
    """The last that the academy said of a person, a school, a training level or a subject; what is not used is not kept."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="+", db_index=False)
    category = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    # The attributes kept, as `requests.Values` (msgpack), and their digest.
    data = models.BinaryField()
    digest = models.BigIntegerField()
    # Structures where this person is, and the adults of a student, by the ids of AAF.
    places = ArrayField(models.CharField(max_length=60), default=list)
    adults = ArrayField(models.CharField(max_length=60), default=list)
    # Since when the academy no longer names it; `is_deleted`: it said so, instead of leaving it out.
    gone_on = models.DateField(null=True)
    is_deleted = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["feed", "category", "key"], name="one_aaf_record"),)

    def __str__(self) -> str:
        return f"{self.category} {self.key}"


class Placement(models.Model):
    """Somebody in a structure: what should be known of them there, and what its imports have taken."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="+", db_index=False)
    structure = models.CharField(max_length=60)
    category = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    # Digest of the record to take; none when they are no longer there.
    wanted = models.BigIntegerField(null=True)
    # Digest of what the school took; none when nothing was.
    taken = models.BigIntegerField(null=True)
    # From which day on a departure may be told.
    due_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["feed", "structure", "category", "key"], name="one_aaf_placement"),
        )
        indexes = (
            models.Index(fields=["feed", "category", "key"], name="aaf_placement_by_key"),
            models.Index(
                fields=["feed", "structure"], name="aaf_placement_waiting",
                condition=Q(wanted=None) | Q(taken=None) | ~Q(wanted=models.F("taken")),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key} in {self.structure}"


class Batch(models.Model):
    """An archive received. `received` → `reading` → `comparing` → `ready` → `applying` → `done`."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Reçue")
        READING = "reading", _("Lecture en cours")
        COMPARING = "comparing", _("Comparaison en cours")
        READY = "ready", _("À vérifier")
        APPLYING = "applying", _("Application en cours")
        DONE = "done", _("Terminée")
        REJECTED = "rejected", _("Refusée")

    # The academy of whoever handed it over; that of the archive once it is read.
    academy = models.CharField(max_length=3, blank=True)
    feed = models.ForeignKey(Feed, models.CASCADE, null=True, related_name="batches")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    is_complete = models.BooleanField(default=False)
    produced_on = models.DateField(null=True)
    # Requests read and what changed, by category: {"4": {"read": 22, "new": 1, "changed": 2, "gone": 0}}
    counts = models.JSONField(default=dict)
    # French sentences: [{"severity": 1, "record": …, "reason": …}]
    findings = models.JSONField(default=list)
    why = models.TextField(blank=True)
    # Schools with students that are not open here are to be opened.
    may_open = models.BooleanField(default=False)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    alive_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["academy", "-created_at"], name="aaf_batch_by_date"),)

    def __str__(self) -> str:
        return self.name


class ArchivePiece(models.Model):
    """A piece of an archive handed over by a page, sealed; removed once the archive is read."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="pieces", db_index=False)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "number"], name="one_archive_piece"),)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class SchoolPart(models.Model):
    """What an archive changes for one school, and where its import stands."""

    class State(models.TextChoices):
        WAITING = "waiting", _("En attente")
        READY = "ready", _("Prêt")
        HELD = "held", _("À confirmer")
        APPLIED = "applied", _("Appliqué")
        SAME = "same", _("Rien à changer")
        UNOPENED = "unopened", _("Pas ouvert ici")
        FAILED = "failed", _("En échec")
        REPLACED = "replaced", _("Remplacé par un envoi suivant")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="parts", db_index=False)
    structure = models.CharField(max_length=60)
    uai = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=120, blank=True)
    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # People to look at: {"students": 12, "guardians": 20, "staff": 1, "leaving": 0}
    counts = models.JSONField(default=dict)
    differences = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    # The import of the school (`imports.ImportJob`), behind its wall.
    job = models.BigIntegerField(null=True)
    # What that import takes: [[category, key, digest], …], so that it can be noted when it is applied.
    taking = models.BinaryField(default=b"")
    why = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "structure"], name="one_part_a_school"),)
        indexes = (models.Index(fields=["establishment", "job"], name="aaf_part_by_job"),)

    def __str__(self) -> str:
        return f"{self.uai} {self.state}"
