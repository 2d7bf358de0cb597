from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey

NOTE_LENGTH = 1000


class FollowUpNote(EstablishmentOwned):
    """What was said or decided to help a student along (note de suivi): who wrote it, for whom, until when it is kept.

    It is personal data that the student and their guardians may ask to read: facts, and nothing of health.
    """

    class Audience(models.TextChoices):
        TEAM = "team", _("Professeur principal, CPE et direction")
        OFFICE = "office", _("CPE et direction")
        AUTHOR = "author", _("Moi, et personne d’autre")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="follow_up_notes", db_index=False)
    audience = models.CharField(max_length=6, choices=Audience.choices, default=Audience.TEAM)
    text = models.CharField(max_length=NOTE_LENGTH)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    # The last day of the school year it was written in: the job of the night after erases it.
    keep_until_on = models.DateField()

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "student", "written_at"], name="note_by_student"),
            models.Index(fields=["establishment", "keep_until_on"], name="note_by_end"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.written_at:%Y-%m-%d}"
