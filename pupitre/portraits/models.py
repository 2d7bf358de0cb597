"""One row a student: what the family says of their image, and the photograph that it allows; and the large zips being read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person, Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.files.models import StoredFile


class Portrait(EstablishmentOwned):
    """The photograph of a student in one school. There is none unless the family allows it (droit à l’image)."""

    class Consent(models.TextChoices):
        UNKNOWN = "", _("Pas encore demandée")
        GIVEN = "given", _("Donnée")
        REFUSED = "refused", _("Refusée ou retirée")

    student = OwnedForeignKey(Student, models.CASCADE, related_name="portraits", db_index=False)
    consent = models.CharField(max_length=10, choices=Consent.choices, blank=True)
    # Where the family said so: « fiche de rentrée signée par Mme Belkacem ».
    told_by = models.CharField(max_length=120, blank=True)
    told_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    # A small square without traces; `token` changes with it, so that an address never shows another one.
    file = OwnedForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", db_index=False)
    token = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "student"], name="one_portrait_a_student"),)
        indexes = (models.Index(fields=["establishment", "file"], name="portrait_by_file"),)

    def __str__(self) -> str:
        return str(self.student_id)

    @property
    def is_allowed(self) -> bool:
        """Whether the family said yes."""
        return self.consent == self.Consent.GIVEN


class PhotoRun(EstablishmentOwned):
    """A large zip of portraits being read by a job: how far it is, then what became of each file. Forgotten after a week."""

    class State(models.TextChoices):
        WAITING = "waiting", _("En attente")
        RUNNING = "running", _("En cours")
        DONE = "done", _("Terminé")
        REFUSED = "refused", _("Refusé")
        FAILED = "failed", _("Interrompu")

    name = models.CharField(max_length=150)
    # Where the zip lies until it is read (`files.shelf`); it is nobody’s document.
    key = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    # One list a file: its name, how it ended, the student (`report.Line`).
    lines = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "asked_at"], name="photo_run_by_date"),)

    def __str__(self) -> str:
        return f"{self.state} {self.done}/{self.total}"

    @property
    def is_going(self) -> bool:
        """Whether it is still to be read, or being read."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
