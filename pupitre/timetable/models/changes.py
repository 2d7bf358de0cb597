from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.timetable.models.weekly import Classroom, Course


class LessonChange(EstablishmentOwned):
    """What one dated lesson has that its week has not; without a row, it is held as its week says.

    The lesson is named by its course and the day and hour that its week gives it (`held_on`, `starts_at`): an import may
    replace the slot, the change stays. `to_*` say when it is held, the same when it is not moved. An added lesson has no
    slot, and is named by its own first day and hour. Families read the row that `is_published`, the staff the one that
    `is_latest`: one row most of the time, two while a change waits for its publication.
    """

    class State(models.TextChoices):
        HELD = "held", _("A lieu")
        CANCELLED = "cancelled", _("Annulé")
        OUTING = "outing", _("Sortie")
        INTERNSHIP = "internship", _("Stage ou entreprise")

    course = OwnedForeignKey(Course, models.CASCADE, related_name="changes", db_index=False)
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    is_added = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    is_test = models.BooleanField(default=False)
    to_held_on = models.DateField()
    to_starts_at = models.TimeField()
    to_ends_at = models.TimeField()
    # Nothing: as its week says.
    classroom = OwnedForeignKey(Classroom, models.PROTECT, null=True, related_name="+", db_index=False)
    teacher_ids = ArrayField(models.BigIntegerField(), null=True)
    reason = models.CharField(max_length=80, blank=True)
    # How many times it changed: calendars keep the highest (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=1)
    changed_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    is_latest = models.BooleanField(default=True)
    is_published = models.BooleanField(default=False)
    # When families may see it; nothing once they do.
    publish_at = models.DateTimeField(null=True)
    # When people are told of it at the earliest; nothing once they are.
    tell_at = models.DateTimeField(null=True)
    # What people were last told of this lesson: nothing else is news.
    told = models.JSONField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "course", "held_on", "starts_at"],
                name="one_latest_change",
                condition=Q(is_latest=True),
            ),
            models.UniqueConstraint(
                fields=["establishment", "course", "held_on", "starts_at"],
                name="one_published_change",
                condition=Q(is_published=True),
            ),
            models.CheckConstraint(condition=Q(to_ends_at__gt=F("to_starts_at")), name="changed_lesson_in_order"),
            models.CheckConstraint(condition=Q(is_latest=True) | Q(is_published=True), name="change_seen_by_somebody"),
        )
        indexes = (
            models.Index(fields=["establishment", "course", "to_held_on"], name="change_by_course"),
            models.Index(fields=["establishment", "to_held_on"], name="change_by_day"),
            models.Index(fields=["establishment", "classroom"], name="change_by_room"),
            models.Index(
                fields=["establishment", "publish_at"], name="change_to_publish", condition=~Q(publish_at=None)
            ),
            models.Index(fields=["establishment", "tell_at"], name="change_to_tell", condition=~Q(tell_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.course_id} {self.held_on} {self.starts_at:%H:%M} {self.state}"

    @property
    def is_moved(self) -> bool:
        """Whether it is held another day or at another hour."""
        return (self.to_held_on, self.to_starts_at) != (self.held_on, self.starts_at)


class TimetableRules(EstablishmentOwned):
    """When families see what changes; without a row, at once for today and tomorrow, twenty minutes later beyond."""

    # For lessons of today and of the next day, then for the others.
    near_minutes = models.PositiveIntegerField(default=0)
    far_minutes = models.PositiveIntegerField(default=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_timetable_rules"),)

    def __str__(self) -> str:
        return f"{self.near_minutes} min, {self.far_minutes} min"
