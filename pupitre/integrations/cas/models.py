from django.contrib.postgres.fields import ArrayField
from django.db import models

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.integrations.services.models import Service


class Ticket(models.Model):
    """A ticket given to a service for one person and one address. Only its hash is kept.

    Outside the wall: services present it from their own server, which names no school and holds no session.
    """

    class Kind(models.TextChoices):
        SERVICE = "ST"
        PROXY = "PT"
        GRANTING = "PGT"

    kind = models.CharField(max_length=3, choices=Kind.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    # The ticket itself, sealed: single logout names it.
    sealed = models.BinaryField(null=True)
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    # The device that is signed in; the ticket dies with it.
    session_key = models.CharField(max_length=40, db_index=True)
    # Exactly as the service wrote it.
    address = models.CharField(max_length=2000)
    # Those who acted for the person, the last one first.
    proxies = ArrayField(models.CharField(max_length=2000), default=list)
    # The person proved who they are to get this ticket, and not once for all before.
    is_new_login = models.BooleanField(default=False)
    authenticated_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} for {self.service_id}"
