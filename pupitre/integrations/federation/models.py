"""Who vouches for people, whom they vouch for, and the sign-ins on their way. Outside the wall: a sign-in names no school."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.models import User
from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment


class Provider(models.Model):
    """A system that says who is there: ÉduConnect, the guichet of an academy. For one academy, one school, or everybody.

    `secret` is sealed: that of the client (OpenID Connect), or our private key (SAML). `certificates`: those that may sign for
    it (PEM, several when they are being renewed).
    """

    class Kind(models.TextChoices):
        FAMILIES = "families", _("Élèves et responsables (ÉduConnect)")
        STUDENTS = "students", _("Élèves seulement")
        GUARDIANS = "guardians", _("Responsables seulement")
        AGENTS = "agents", _("Personnels (guichet)")

    class Protocol(models.TextChoices):
        OIDC = "oidc", _("OpenID Connect")
        SAML = "saml", _("SAML 2.0")

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    protocol = models.CharField(max_length=5, choices=Protocol.choices, default=Protocol.OIDC)
    academy = models.CharField(max_length=3, blank=True)
    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, related_name="+")
    is_open = models.BooleanField(default=True)
    # The address that names it: `issuer` of OpenID Connect, `entityID` of SAML.
    issuer = models.CharField(max_length=1000)
    client_id = models.CharField(max_length=300, blank=True)
    secret = models.BinaryField(default=b"")
    scopes = models.CharField(max_length=300, default="openid profile email")
    sign_on_url = models.CharField(max_length=1000, blank=True)
    sign_out_url = models.CharField(max_length=1000, blank=True)
    certificates = models.TextField(blank=True)
    own_certificate = models.TextField(blank=True)
    # Whether its assertions must be encrypted (SAML).
    is_encrypted = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(academy="") | Q(establishment=None), name="provider_of_an_academy_or_a_school"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """An identity elsewhere that opens a person's account. Of the identity, only a keyed hash is kept."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="links")
    person = models.ForeignKey(Person, models.CASCADE, related_name="federation_links")
    subject_hash = models.BinaryField(max_length=32)
    # Made by the person themselves, in « Mes connexions »; else by what the provider told.
    by_hand = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["provider", "subject_hash"], name="one_person_an_identity_elsewhere"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.provider_id}"


class Attempt(models.Model):
    """A sign-in that left for a provider and has not come back. It comes back once, to the same browser, in ten minutes."""

    class Purpose(models.TextChoices):
        ENTER = "enter", _("Entrer")
        LINK = "link", _("Relier")
        PROVE = "prove", _("Confirmer")

    state_hash = models.BinaryField(max_length=32, unique=True)
    browser_hash = models.BinaryField(max_length=32)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="attempts")
    purpose = models.CharField(max_length=5, choices=Purpose.choices)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    next_path = models.CharField(max_length=2000)
    # Of OpenID Connect; of SAML, the number of our request.
    nonce = models.CharField(max_length=60)
    verifier = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.purpose} by {self.provider_id}"


class SeenAssertion(models.Model):
    """An assertion (SAML) or a token (OpenID Connect) that has served: a second time it is refused."""

    digest = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"seen until {self.expires_at}"
