from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.timetable.models.weekly import Course


class TeacherAbsence(EstablishmentOwned):
    """Days, or hours of a day, when a teacher is away. The reason is read by the office alone."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Nothing: from the first lesson, until the last.
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    reason = models.CharField(max_length=80, blank=True)
    declared_by_id = models.BigIntegerField()
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_in_order"),)
        indexes = (models.Index(fields=["establishment", "ends_on"], name="teacher_absence_by_day"),)

    def __str__(self) -> str:
        return f"{self.person_id} away {self.starts_on}–{self.ends_on}"


class SubstitutionOffer(EstablishmentOwned):
    """A lesson proposed to a teacher in the place of the one who is away. A refusal is told to nobody."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Proposé")
        ACCEPTED = "accepted", _("Accepté")
        REFUSED = "refused", _("Refusé")
        WITHDRAWN = "withdrawn", _("Retiré")

    absence = OwnedForeignKey(TeacherAbsence, models.CASCADE, related_name="offers", db_index=False)
    course = OwnedForeignKey(Course, models.CASCADE, related_name="+", db_index=False)
    held_on = models.DateField()
    starts_at = models.TimeField()
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_by_id = models.BigIntegerField()
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "course", "held_on", "starts_at"],
                name="one_offer_at_a_time",
                condition=Q(state="offered"),
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "absence"], name="offer_by_absence"),
            models.Index(fields=["establishment", "course", "held_on"], name="offer_by_lesson"),
        )

    def __str__(self) -> str:
        return f"{self.course_id} {self.held_on} to {self.teacher_id}: {self.state}"
