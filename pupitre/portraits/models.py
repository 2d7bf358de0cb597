"""One row a student: what the family says of their image, and the photograph that it allows."""

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
