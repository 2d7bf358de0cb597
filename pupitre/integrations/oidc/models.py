"""Clients, keys and grants. All outside the wall: services present them from their own server, which names no school."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.integrations.services.models import Service


class Client(models.Model):
    """How a registered service speaks OpenID Connect. Only the hash of its secret is kept; without one, it is public."""

    service = models.OneToOneField(Service, models.CASCADE, related_name="oidc")
    client_id = models.CharField(max_length=40, unique=True)
    secret_digest = models.BinaryField(max_length=32, null=True)
    # Compared letter by letter.
    redirect_uris = ArrayField(models.CharField(max_length=1000), default=list)
    logout_uris = ArrayField(models.CharField(max_length=1000), default=list)
    backchannel_url = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return self.client_id


class SigningKey(models.Model):
    """A key that signs tokens (RS256). Published before its first use and after its last; its private part is sealed."""

    kid = models.CharField(max_length=40, unique=True)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kid


class Grant(models.Model):
    """A code, an access token or a refresh token, kept as a hash. A `family` is everything that one code gave."""

    class Kind(models.TextChoices):
        CODE = "code"
        ACCESS = "access"
        REFRESH = "refresh"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    family = models.CharField(max_length=40, db_index=True)
    client = models.ForeignKey(Client, models.CASCADE, related_name="grants")
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, db_index=True)
    # The pairwise name of the person for this service: logout says it when nothing else is left.
    subject = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=400)
    # It hangs from a session made for it, which the end of the browser's does not end.
    is_lasting = models.BooleanField(default=False)
    redirect_uri = models.CharField(max_length=1000, blank=True)
    nonce = models.CharField(max_length=500, blank=True)
    challenge = models.CharField(max_length=128, blank=True)
    authenticated_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} for {self.client_id}"
