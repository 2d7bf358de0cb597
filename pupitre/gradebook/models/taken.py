from django.db import models
from django.db.models import Q

from pupitre.directory.models import Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.timetable.models import Course


class TakenAverage(EstablishmentOwned):
    """The average of a past term as another tool gave it, on the bulletin that families have; without a course, the general one.

    It stands in the place of what is computed here, for that bulletin is the official one; what is set by hand here stands before
    it. Families see it from `seen_at` on.
    """

    course = OwnedForeignKey(Course, models.PROTECT, null=True, related_name="+", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField(max_digits=4, decimal_places=2)
    # The tool that gave it: « PRONOTE ».
    origin = models.CharField(max_length=40)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "student", "term", "course"], name="one_taken_average", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(value__range=(0, 20)), name="taken_average_out_of_twenty"),
        )
        indexes = (models.Index(fields=["establishment", "term", "course"], name="taken_average_by_term"),)

    def __str__(self) -> str:
        return f"{self.value} for {self.student_id}, of {self.origin}"
