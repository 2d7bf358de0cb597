"""Services, the schools where they are open, and what they were told. Tickets and keys are in the rooms of each protocol."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Service(models.Model):
    """A third-party service: of one school, or offered by an academy to its schools.

    Outside the wall: a sign-on begins at an address that names no school. It holds nothing of anybody.
    """

    class Protocol(models.TextChoices):
        CAS = "cas", _("CAS")
        OIDC = "oidc", _("OpenID Connect")
        LTI = "lti", _("LTI 1.3 (exercices placés dans les cours)")
        LINK = "link", _("Simple lien, sans connexion")

    class Identifier(models.TextChoices):
        OPAQUE = "opaque", _("un numéro sans rapport avec le nom, le même pour tous les services")
        PSEUDONYM = "pseudonym", _("un numéro propre à ce service")
        LOGIN = "login", _("l’identifiant de connexion")
        LOGIN_UAI = "login_uai", _("l’identifiant de connexion suivi du code de l’établissement")

    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200, blank=True)
    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, related_name="+")
    academy = models.CharField(max_length=3, blank=True)
    protocol = models.CharField(max_length=10, choices=Protocol.choices)
    # Exact scheme, host and port, then the path under which everything is the service's.
    origin = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    launch_url = models.CharField(max_length=1000)
    identifier = models.CharField(max_length=10, choices=Identifier.choices)
    release = models.CharField(max_length=20)
    # What it is told: [["nom", "last_name"], …], copied from the model and then its own.
    attributes = models.JSONField(default=list)
    # Where proxy-granting tickets may be sent; empty: this service may not act for people elsewhere.
    proxy_callback = models.CharField(max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True)
    # How often in a row it did not answer our server, and until when it is left alone (`services/breaker.py`).
    failures = models.PositiveSmallIntegerField(default=0)
    resting_until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(establishment=None, academy__gt="") | Q(establishment__gt=0, academy=""),
                name="service_of_a_school_or_an_academy",
            ),
        )
        indexes = (models.Index(fields=["origin"], name="service_by_origin"),)

    def __str__(self) -> str:
        return self.name


class Connector(EstablishmentOwned):
    """A service in one school: whether it is open there, to whom, what is kept from it, and how it goes."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="connectors", db_index=False)
    is_on = models.BooleanField(default=False)
    profiles = ArrayField(models.CharField(max_length=20, choices=Profile.choices), default=list)
    # Who reads in it what it says of people (a key of `readers.py`); empty: nothing is read.
    reader = models.CharField(max_length=20, blank=True)
    # Of `profiles`, those of whom it says something.
    read_for = ArrayField(models.CharField(max_length=20), default=list)
    # Names of attributes that this school does not give.
    withheld = ArrayField(models.CharField(max_length=60), default=list)
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    # A code of `failures.py`, never the words of the service.
    last_failure = models.CharField(max_length=40, blank=True)
    # The first failure since it last did what it is for; null when it does.
    failing_since_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "service"], name="one_connector_a_service"),)

    def __str__(self) -> str:
        return f"{self.service_id} in {self.establishment_id}"


class ConnectorGroup(EstablishmentOwned):
    """A class whose students and their guardians may use a service; without any, all of them may."""

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="groups", db_index=False)
    group = OwnedForeignKey(Group, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "connector", "group"], name="one_group_a_connector"),
        )
        indexes = (models.Index(fields=["establishment", "group"], name="connector_by_group"),)

    def __str__(self) -> str:
        return f"{self.connector_id} for {self.group_id}"


class Pseudonym(models.Model):
    """The number by which services know a person: one for each service, and one for all (`service` null).

    Random, kept for ever, never given to somebody else: services store it. It belongs to the person, whatever their schools.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="pseudonyms", db_index=False)
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    value = models.CharField(max_length=40, unique=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "service"], name="one_pseudonym", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"{self.person_id} for {self.service_id}"


class Disclosure(EstablishmentOwned):
    """What a service was told of a person: which attributes, how often, the first and the last time. The log of releases."""

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="disclosures", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    names = ArrayField(models.CharField(max_length=60), default=list)
    times = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Set when the person was asked and agreed; a service that the school decided asks nobody.
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "connector", "person"], name="one_disclosure_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} to {self.connector_id}"


class OutsideCopy(EstablishmentOwned):
    """The last answer of a service about a person, kept so that no page ever waits for it.

    `glance` is what the home shows: for each person it tells of (themself, a child), sections as in `copies.py`; `whole`, what
    a page of the reader's room shows of the same. Whose data are shown is decided at each view, never when they are fetched.
    """

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="copies", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    glance = models.JSONField(default=dict)
    whole = models.JSONField(default=dict)
    fetched_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    # In a row, the code of the last one (`services/outcomes.py`), and before when it is not tried again.
    failures = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "person", "connector"], name="one_copy_a_person"),
        )
        indexes = (models.Index(fields=["establishment", "connector"], name="copy_by_connector"),)

    def __str__(self) -> str:
        return f"{self.connector_id} about {self.person_id}"
