"""Who receives files of classes, and the files that were made for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.integrations.services.models import Connector

REASON = 300
"""How long the reason may be for which a receiver is told the INE."""


class Receiver(EstablishmentOwned):
    """A service of the school that also receives its classes in a file.

    Who is told, and under which number, is the service's: its profiles, its classes, its pseudonyms. `key` makes the other
    identifiers of its files: random, so that two receivers never compare theirs.
    """

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="+", db_index=False)
    key = models.BinaryField()
    with_guardians = models.BooleanField(default=False)
    with_ine = models.BooleanField(default=False)
    ine_reason = models.CharField(max_length=REASON, blank=True)
    set_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "connector"], name="one_oneroster_receiver"),
            models.CheckConstraint(condition=Q(with_ine=False) | Q(ine_reason__gt=""), name="ine_for_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.connector_id} of {self.establishment_id}"


class RosterFile(EstablishmentOwned):
    """A file for a receiver: how far its making is, what it holds, when it was first taken.

    `data` is the zip, sealed; `whole`, of a delta alone, all that the receiver then knows, to compare the next one with.
    `people`, told of in the log once the file is taken: each in one of "students", "guardians", "staff"; in "family", those of
    whom a link between a child and a guardian is told; in "ine", those whose INE is.
    """

    class State(models.TextChoices):
        MAKING = "making", _("En préparation")
        READY = "ready", _("Prêt")
        FAILED = "failed", _("Échec")

    class Content(models.TextChoices):
        BULK = "bulk", _("Fichier complet")
        DELTA = "delta", _("Ce qui a changé")

    receiver = OwnedForeignKey(Receiver, models.CASCADE, related_name="files", db_index=False)
    content = models.CharField(max_length=5, choices=Content.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAKING)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Files of the zip that are written, of seven.
    done = models.PositiveSmallIntegerField(default=0)
    # A code of `words.WHY`.
    why = models.CharField(max_length=20, blank=True)
    # {"users": 1032, …}
    counts = models.JSONField(default=dict)
    left_out = ArrayField(models.CharField(max_length=220), default=list)
    people = models.JSONField(default=dict)
    # What decided whom it tells of: `services.gathering`. Without it (older files), it is not handed over.
    grounds = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    data = models.BinaryField(null=True)
    whole = models.BinaryField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "receiver", "-asked_at"], name="oneroster_file_by_date"),
            # Of a receiver, the file to compare the next one with.
            models.Index(
                fields=["establishment", "receiver", "-taken_at"],
                name="oneroster_file_taken",
                condition=Q(taken_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.content} for {self.receiver_id}, {self.state}"

    @property
    def name(self) -> str:
        """How the zip is called."""
        return f"oneroster_{self.content}_{self.asked_at:%Y%m%d}_{self.pk}.zip"
