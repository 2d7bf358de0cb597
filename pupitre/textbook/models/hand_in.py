"""What students hand in, the time some are given, and what comes back to them."""

from django.db import models

from pupitre.directory.models import Person, Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.textbook.models.homework import Homework

COPY_LENGTH, COMMENT_LENGTH = 30_000, 5_000


class Submission(EstablishmentOwned):
    """A student's copy, as it was last handed in; its files are attached to it.

    `receipt` is the SHA-256 of its text and of the hashes of its files, told to the student with the hour.
    """

    homework = OwnedForeignKey(Homework, models.PROTECT, related_name="submissions", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    # A word for the teacher.
    word = models.CharField(max_length=500, blank=True)
    handed_at = models.DateTimeField()
    receipt = models.CharField(max_length=64)
    is_late = models.BooleanField(default=False)
    # How many times it was handed in: the last one counts.
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "homework", "student"], name="one_copy_a_homework"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="copy_by_student"),)

    def __str__(self) -> str:
        return f"{self.homework_id} from {self.student_id}"


class Correction(EstablishmentOwned):
    """What a teacher gives back with a copy: a comment, and files (the corrected copy, a recording)."""

    submission = OwnedForeignKey(Submission, models.CASCADE, related_name="corrections", db_index=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    returned_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "submission"], name="one_correction_a_copy"),)

    def __str__(self) -> str:
        return f"{self.submission_id} {self.returned_at:%Y-%m-%d}"


class Extension(EstablishmentOwned):
    """More time for one student: their copy is not late until then."""

    homework = OwnedForeignKey(Homework, models.CASCADE, related_name="extensions", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "homework", "student"], name="one_extension_a_homework"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="extension_by_student"),)

    def __str__(self) -> str:
        return f"{self.homework_id} for {self.student_id}"
