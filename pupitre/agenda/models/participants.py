from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.agenda.models.events import Event
from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Participant(EstablishmentOwned):
    """Somebody named in an event: a student who goes, an adult who comes along, a delegate, somebody invited."""

    class Role(models.TextChoices):
        STUDENT = "student", _("Élève")
        STAFF = "staff", _("Personnel")
        DELEGATE = "delegate", _("Délégué")
        INVITED = "invited", _("Invité")

    class Answer(models.TextChoices):
        NONE = "", _("Sans réponse")
        YES = "yes", _("Présent")
        NO = "no", _("Excusé")

    event = OwnedForeignKey(Event, models.CASCADE, related_name="participants", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=8, choices=Role.choices)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    # On the spot: there, not there, or nobody has said yet.
    attended = models.BooleanField(null=True)
    noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "event", "person"], name="one_part_in_an_event"),
        )
        indexes = (models.Index(fields=["person"], name="event_part_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.event_id}"


class Consent(EstablishmentOwned):
    """What one guardian answers to the outing of one child (autorisation parentale); each answers for themselves."""

    participant = OwnedForeignKey(Participant, models.CASCADE, related_name="consents", db_index=False)
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    agrees = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "participant", "guardian"], name="one_consent_a_guardian"),
        )
        indexes = (models.Index(fields=["guardian"], name="consent_by_guardian"),)

    def __str__(self) -> str:
        return f"{self.guardian_id} {'agrees' if self.agrees else 'refuses'}"
