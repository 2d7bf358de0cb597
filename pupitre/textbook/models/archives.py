"""What the law asks of the document: the visa of the head and of the inspector."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.timetable.models import Course


class Visa(EstablishmentOwned):
    """The head or an inspector has read the cahier de textes of a course up to a day (circulaire 2010-136)."""

    class Quality(models.TextChoices):
        HEAD = "head", _("Direction")
        INSPECTOR = "inspector", _("Inspection")

    course = OwnedForeignKey(Course, models.PROTECT, related_name="visas", db_index=False)
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # The name they bore: it outlives the role.
    signed_name = models.CharField(max_length=120)
    quality = models.CharField(max_length=10, choices=Quality.choices)
    read_until_on = models.DateField()
    comment = models.CharField(max_length=500, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["establishment", "course"], name="visa_by_course"),)

    def __str__(self) -> str:
        return f"{self.signed_name} {self.read_until_on}"
