from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.discipline.models.punishments import Punishment
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey

WEEKDAYS = (
    (1, _("lundi")),
    (2, _("mardi")),
    (3, _("mercredi")),
    (4, _("jeudi")),
    (5, _("vendredi")),
    (6, _("samedi")),
)


class DetentionSlot(EstablishmentOwned):
    """A time of the week when detentions are held, with who looks after them."""

    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    room = models.CharField(max_length=40)
    supervisor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=20)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="detention_slot_in_order"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=6), name="detention_slot_on_a_day"),
        )
        indexes = (
            models.Index(fields=["establishment", "weekday"], name="detention_slot_by_day"),
            models.Index(fields=["supervisor"], name="detention_slot_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts_at:%H:%M}"


class Detention(EstablishmentOwned):
    """One sitting of a detention: when, where, what work, with whom. Moved, it stays, and another one follows it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Prévue")
        DONE = "done", _("Faite")
        MISSED = "missed", _("Non faite")
        MOVED = "moved", _("Reportée")
        CANCELLED = "cancelled", _("Annulée")

    punishment = OwnedForeignKey(Punishment, models.CASCADE, related_name="detentions", db_index=False)
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    room = models.CharField(max_length=40, blank=True)
    supervisor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    # Why it was moved.
    note = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    planned_by_id = models.BigIntegerField()
    noted_at = models.DateTimeField(null=True)
    noted_by_id = models.BigIntegerField(null=True)
    # The absence that followed, a number of attendance's; none when the student was away already, for a known reason.
    absence_case_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="detention_in_order"),
            models.UniqueConstraint(
                fields=["establishment", "punishment"], condition=Q(state="planned"), name="one_sitting_to_come"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "held_on"], name="detention_by_day"),
            models.Index(fields=["establishment", "punishment"], name="detention_by_punishment"),
            models.Index(fields=["supervisor"], name="detention_by_supervisor"),
        )

    def __str__(self) -> str:
        return f"{self.punishment_id} {self.held_on} {self.state}"
