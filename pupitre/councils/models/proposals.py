from django.db import models
from django.db.models import Q

from pupitre.councils.models.sittings import Sitting
from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class OrientationProposal(EstablishmentOwned):
    """What the council answers to the wishes of a family, at the end of the 3e, of the 2de, or for the file of a terminale.

    `path` is a key of `orientation.py`. The head decides; their decision is on the bulletin.
    """

    sitting = OwnedForeignKey(Sitting, models.CASCADE, related_name="proposals", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=16)
    reason = models.CharField(max_length=300, blank=True)
    written_by_id = models.BigIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "sitting", "student"], name="one_proposal_a_student"),
            models.CheckConstraint(condition=~Q(path=""), name="proposal_is_something"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="proposal_by_student"),)

    def __str__(self) -> str:
        return f"{self.student_id}: {self.path}"
