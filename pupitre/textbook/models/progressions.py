"""A year prepared in advance: ordered sessions, used again with another class or another year."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.textbook.models.entries import TITLE_LENGTH
from pupitre.textbook.models.homework import WORK_LENGTH


class Progression(EstablishmentOwned):
    """An ordered list of sessions that a teacher prepares; shared, colleagues read and copy it."""

    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=120)
    # Free words: « Mathématiques », « 4e »; a progression outlives subjects and classes of a year.
    subject = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=40, blank=True)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["establishment", "owner"], name="progression_by_owner"),)

    def __str__(self) -> str:
        return self.title


class ProgressionStep(EstablishmentOwned):
    """One session of a progression; `due_after` counts lessons from it to the one that its work is for."""

    progression = OwnedForeignKey(Progression, models.CASCADE, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH)
    kind = models.CharField(max_length=12)
    body = models.TextField(blank=True)
    elements = ArrayField(models.CharField(max_length=200), default=list)
    work = models.CharField(max_length=WORK_LENGTH, blank=True)
    work_details = models.TextField(blank=True)
    work_kind = models.CharField(max_length=10, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    due_after = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "progression", "position"],
                name="one_step_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return self.title
