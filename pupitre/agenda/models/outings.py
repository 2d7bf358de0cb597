from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.agenda.models.events import Event
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Outing(EstablishmentOwned):
    """What an outing (sortie scolaire) adds to its event: cost, insurance, the head's decision.

    An outing that is not optional takes place in lesson time, is free and asks no consent: families are told.
    Source: circulaire n° 2011-117 du 3 août 2011 (sorties obligatoires et facultatives).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Brouillon")
        SUBMITTED = "submitted", _("Soumise à la direction")
        APPROVED = "approved", _("Autorisée")
        REFUSED = "refused", _("Non autorisée")
        CANCELLED = "cancelled", _("Annulée")

    event = OwnedForeignKey(Event, models.CASCADE, related_name="outings", db_index=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    is_optional = models.BooleanField(default=True)
    cost_cents = models.PositiveIntegerField(default=0)
    cost_note = models.CharField(max_length=200, blank=True)
    insurance_note = models.CharField(max_length=300, blank=True)
    transport = models.CharField(max_length=120, blank=True)
    # Those who eat at the canteen do not that day.
    meals_cancelled = models.BooleanField(default=True)
    answer_by_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)
    chased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "event"], name="one_outing_an_event"),)

    def __str__(self) -> str:
        return f"{self.event_id} {self.state}"
