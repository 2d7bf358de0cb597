"""What the law asks of the document: the visa of the head and of the inspector, a copy that can be kept."""

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


class TextbookExport(EstablishmentOwned):
    """The cahier de textes of a teacher's year as pages and files in one archive, made by a job; kept thirty days."""

    class State(models.TextChoices):
        ASKED = "asked", _("En préparation")
        READY = "ready", _("Prêt")
        FAILED = "failed", _("N’a pas pu être fait")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    sessions = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "person"], name="export_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"
