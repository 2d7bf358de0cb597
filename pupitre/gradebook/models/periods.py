from django.db import models

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class ClassTerm(EstablishmentOwned):
    """The dates of a term for one class. Marks are entered until `entry_ends_on` included; without a date, always."""

    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    division = OwnedForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    entry_ends_on = models.DateField(null=True)
    comments_end_on = models.DateField(null=True)
    council_on = models.DateField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "term", "division"], name="one_set_of_dates_a_class"),
        )
        indexes = (models.Index(fields=["establishment", "division"], name="class_term_by_division"),)

    def __str__(self) -> str:
        return f"{self.term_id} {self.division_id}"


class Reopening(EstablishmentOwned):
    """A term that the head opened again for a class, until a day, and why; kept with the school's journal."""

    class_term = OwnedForeignKey(ClassTerm, models.CASCADE, related_name="reopenings", db_index=False)
    reopened_by_id = models.BigIntegerField(null=True)
    reopened_at = models.DateTimeField()
    until_on = models.DateField()
    why = models.CharField(max_length=300)

    class Meta:
        indexes = (models.Index(fields=["establishment", "class_term"], name="reopening_by_class_term"),)

    def __str__(self) -> str:
        return f"{self.class_term_id} until {self.until_on}"
