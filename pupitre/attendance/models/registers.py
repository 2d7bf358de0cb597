from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class RollCall(EstablishmentOwned):
    """The register of one lesson on one day (appel), made before the lesson so that opening it is one read.

    It holds what it needs of the timetable: an import may replace the slot, the register stays as it was taken. Hours are
    those of the school.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("À faire")
        DONE = "done", _("Fait")
        CANCELLED = "cancelled", _("Cours supprimé")

    held_on = models.DateField()
    # The number of the weekly lesson it was made from; no link, since imports replace slots.
    slot_id = models.BigIntegerField()
    # A long lesson may have several registers, one an hour.
    part = models.PositiveSmallIntegerField(default=1)
    group = OwnedForeignKey(Group, models.PROTECT, related_name="roll_calls", db_index=False)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    subject = models.CharField(max_length=80)
    subject_code = models.CharField(max_length=6, blank=True)
    room = models.CharField(max_length=40, blank=True)
    teacher_ids = ArrayField(models.BigIntegerField(), default=list)
    # Students expected. Only those who are not simply present have a `RollMark`: a row a student would be forty times more.
    student_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    # Why it does not take place: « outing », « moved »…
    cancel_reason = models.CharField(max_length=20, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by_id = models.BigIntegerField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "held_on", "slot_id", "part"], name="one_register_a_lesson"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="register_in_order"),
        )
        indexes = (
            models.Index(fields=["establishment", "group", "held_on"], name="register_by_group"),
            models.Index(fields=["establishment", "held_on"], name="register_to_take", condition=Q(state="prepared")),
        )

    def __str__(self) -> str:
        return f"{self.group_id} {self.held_on} {self.starts_at:%H:%M}"


class RollMark(EstablishmentOwned):
    """How one student stands in a register; without a row, present. Each change is one more version, and keeps the last."""

    class State(models.TextChoices):
        PRESENT = "present", _("Présent")
        ABSENT = "absent", _("Absent")
        LATE = "late", _("En retard")
        LEFT = "left", _("Parti")
        INFIRMARY = "infirmary", _("À l’infirmerie")
        EXEMPT_HERE = "exempt_here", _("Dispensé, présent")
        EXEMPT_AWAY = "exempt_away", _("Dispensé, absent")
        EXCLUDED = "excluded", _("Exclu du cours")
        ELSEWHERE = "elsewhere", _("Ailleurs avec l’établissement")

    roll_call = OwnedForeignKey(RollCall, models.CASCADE, related_name="marks", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="roll_marks", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices)
    # When they arrived, or left.
    at = models.TimeField(null=True)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    # What the device called this change: the same one sent twice is done once.
    key = models.CharField(max_length=36, blank=True)
    author_id = models.BigIntegerField(null=True)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "roll_call", "student"], name="one_mark_a_student"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="mark_by_student"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.state} v{self.version}"


HERE = frozenset({RollMark.State.PRESENT, RollMark.State.LATE, RollMark.State.EXEMPT_HERE})
"""States of those who are in the room."""
