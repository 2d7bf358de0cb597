"""Work to do: given in a lesson, due in another or on a day; what each student says of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Person, Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.textbook.models.entries import TextbookEntry
from pupitre.timetable.models import Course

WORK_LENGTH, DETAILS_LENGTH = 200, 10_000


class Homework(EstablishmentOwned):
    """Work to do (travail à faire), for a group or for some of its students.

    `lesson_on`, `lesson_at` name the lesson it is for, by its week; both null when it is for a day. `due_on`, `due_at` follow
    that lesson when it moves.
    """

    class Kind(models.TextChoices):
        EXERCISE = "exercise", _("Exercice")
        REVISION = "revision", _("À réviser")
        BRING = "bring", _("À apporter")
        HAND_IN = "hand_in", _("À rendre")

    class Mode(models.TextChoices):
        NONE = "none", _("Rien à rendre")
        PAPER = "paper", _("Sur papier, en classe")
        FILE = "file", _("En ligne : fichiers ou photos")
        TEXT = "text", _("En ligne : un texte")
        AUDIO = "audio", _("En ligne : un enregistrement")
        EXTERNAL = "external", _("Sur un autre site")

    class Change(models.TextChoices):
        MOVED = "moved", _("Déplacé")
        CANCELLED = "cancelled", _("Cours annulé")

    entry = OwnedForeignKey(TextbookEntry, models.SET_NULL, null=True, related_name="homework", db_index=False)
    course = OwnedForeignKey(Course, models.PROTECT, null=True, related_name="homework", db_index=False)
    group = OwnedForeignKey(Group, models.PROTECT, related_name="homework", db_index=False)
    occasion = models.CharField(max_length=80, blank=True)
    key = models.UUIDField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    given_on = models.DateField()
    lesson_on = models.DateField(null=True)
    lesson_at = models.TimeField(null=True)
    due_on = models.DateField()
    due_at = models.TimeField(null=True)
    change = models.CharField(max_length=10, choices=Change.choices, blank=True)
    # The day it was due before the lesson moved.
    changed_from_on = models.DateField(null=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.EXERCISE)
    title = models.CharField(max_length=WORK_LENGTH)
    details = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    difficulty = models.PositiveSmallIntegerField(null=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.NONE)
    external_url = models.URLField(max_length=500, blank=True)
    # Copies are received after the hour, as late, until this instant.
    late_until_at = models.DateTimeField(null=True)
    # For the students named in `HomeworkStudent` only.
    is_individual = models.BooleanField(default=False)
    visible_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "key"], name="one_homework_a_key"),
            models.CheckConstraint(
                condition=Q(difficulty=None) | Q(difficulty__range=(1, 3)), name="difficulty_1_to_3"
            ),
            models.CheckConstraint(condition=Q(minutes=None) | Q(minutes__lte=600), name="minutes_to_600"),
        )
        indexes = (
            models.Index(fields=["establishment", "group", "due_on"], name="homework_by_group"),
            models.Index(fields=["establishment", "course", "lesson_on"], name="homework_by_lesson"),
            models.Index(fields=["establishment", "entry"], name="homework_by_entry"),
            models.Index(fields=["establishment", "author", "due_on"], name="homework_by_author"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_online(self) -> bool:
        """Whether students hand it in here."""
        return self.mode in (self.Mode.FILE, self.Mode.TEXT, self.Mode.AUDIO)


class HomeworkStudent(EstablishmentOwned):
    """A student that an individual homework is for."""

    homework = OwnedForeignKey(Homework, models.CASCADE, related_name="targets", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "homework", "student"], name="one_target_a_homework"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="target_by_student"),)

    def __str__(self) -> str:
        return f"{self.homework_id} for {self.student_id}"


class HomeworkMark(EstablishmentOwned):
    """What a student says of a homework: done, not understood (told to the teacher alone), the day they plan it."""

    homework = OwnedForeignKey(Homework, models.CASCADE, related_name="marks", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)
    # The student, or a guardian of a child under fifteen.
    done_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    unclear_at = models.DateTimeField(null=True)
    planned_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "homework", "student"], name="one_mark_a_homework"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="homework_mark_by_student"),)

    def __str__(self) -> str:
        return f"{self.homework_id} by {self.student_id}"
