"""The access that an academy has to the GAR, the schools that are in it, who assigns resources there, and what was sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned


class Access(models.Model):
    """One ENT as the GAR knows it: its number, where files are dropped, where resources are asked for.

    Outside the wall: one access serves all the schools of its academies, and holds nothing of anybody. A delivery is the
    whole of it: a school that is missing from a file disappears from the GAR, hence one file for all.
    """

    ent_id = models.CharField(max_length=40, unique=True)
    academies = ArrayField(models.CharField(max_length=3))
    sftp_host = models.CharField(max_length=200, blank=True)
    sftp_port = models.PositiveIntegerField(default=22)
    sftp_user = models.CharField(max_length=100, blank=True)
    sftp_folder = models.CharField(max_length=200, blank=True)
    reports_folder = models.CharField(max_length=200, blank=True)
    # « ssh-ed25519 AAAA… »: the only server that is ever spoken to.
    host_key = models.TextField(blank=True)
    # Ours: the private one sealed, the public one to be given to the GAR.
    sealed_key = models.BinaryField(default=b"")
    public_key = models.TextField(blank=True)
    resources_url = models.CharField(max_length=300, blank=True)
    # The certificate by which the web service of resources knows us (PEM), and its key, sealed.
    certificate = models.TextField(blank=True)
    sealed_certificate_key = models.BinaryField(default=b"")
    is_on = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.ent_id

    @property
    def can_deliver(self) -> bool:
        """Whether everything is there that a delivery asks for."""
        return bool(self.sftp_host and self.sftp_user and self.host_key and self.sealed_key)

    @property
    def can_ask(self) -> bool:
        """Whether resources can be asked for."""
        return bool(self.is_on and self.resources_url and self.certificate and self.sealed_certificate_key)


class Enrolment(EstablishmentOwned):
    """A school that the GAR knows, by the choice of its head. Without it, nothing of the school is sent."""

    enrolled_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_gar_enrolment"),)

    def __str__(self) -> str:
        return f"{self.establishment_id} in the GAR"


class Assigner(EstablishmentOwned):
    """Who assigns resources to people in a school (responsable d’affectation), named by the head."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    named_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "person"], name="one_gar_assigner"),)
        # Two records that become one, and a person who is deleted, are looked for without their school.
        indexes = (models.Index(fields=["person"], name="gar_assigner_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} assigns in {self.establishment_id}"


class Delivery(models.Model):
    """One time that the files were made: who asked, when, how much, what became of it. Figures only, outside the wall."""

    class State(models.TextChoices):
        MAKING = "making", _("En préparation")
        SENT = "sent", _("Déposée")
        MADE = "made", _("Vérifiée, pas déposée")
        HELD = "held", _("Retenue")
        FAILED = "failed", _("Échec")

    access = models.ForeignKey(Access, models.CASCADE, related_name="deliveries", db_index=False)
    # Nobody: the night.
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAKING)
    # A code of `words.py`, and where (a file and a line), never what the other side said.
    why = models.CharField(max_length=40, blank=True)
    where = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=80, blank=True)
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    md5 = models.CharField(max_length=32, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # {"GAREleve": 1032, …} over all schools, and the schools that are in it.
    counts = models.JSONField(default=dict)
    schools = ArrayField(models.CharField(max_length=8), default=list)
    is_judged = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["access", "-started_at"], name="gar_delivery_by_date"),)

    def __str__(self) -> str:
        return f"{self.access_id} {self.started_at} {self.state}"


class SchoolDelivery(EstablishmentOwned):
    """What one delivery held of one school. `left_out`: those who could not be sent, as [name, code of why]."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="+")
    students = models.PositiveIntegerField()
    staff = models.PositiveIntegerField()
    groups = models.PositiveIntegerField()
    assigners = models.PositiveIntegerField()
    left_out = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "delivery"], name="one_gar_school_delivery"),)

    def __str__(self) -> str:
        return f"{self.establishment_id} in {self.delivery_id}"


class Report(models.Model):
    """A report that the GAR left after it read a delivery, as it is: sealed, since it may name people; kept two months.

    Beside it, what was understood of it: figures, and how many things of which school. Who they are is in `ReportLine`.
    """

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Accepté")
        PARTLY = "partly", _("Accepté, avec des rejets")
        REFUSED = "refused", _("Rejeté")
        UNKNOWN = "unknown", _("Pas compris")
        DAMAGED = "damaged", _("Ne s’ouvre pas")

    access = models.ForeignKey(Access, models.CASCADE, related_name="reports", db_index=False)
    # The delivery that it names; none when it names none of ours.
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="reports")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    data = models.BinaryField()
    received_at = models.DateTimeField()
    # Empty until it is read.
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    # [[what, how many], …] in its own words; {UAI: [refused, warned]}; and what is about nobody and no group of ours.
    figures = models.JSONField(default=list)
    schools = models.JSONField(default=dict)
    unplaced = models.PositiveIntegerField(default=0)
    is_cut = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["access", "name"], name="one_gar_report_a_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def refused(self) -> int:
        """How many refusals concern a school of ours."""
        return sum(numbers[0] for numbers in self.schools.values())


class ReportLine(EstablishmentOwned):
    """One thing of a school that the GAR refused, or warned about: a person, a group, or the school itself."""

    class Level(models.TextChoices):
        REFUSED = "refused", _("Rejeté")
        WARNED = "warned", _("À vérifier")

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    group_code = models.CharField(max_length=40, blank=True)
    # The node (« GAREleve ») or the document (« Eleve ») that it is about, when the report tells.
    kind = models.CharField(max_length=30, blank=True)
    code = models.CharField(max_length=30, blank=True)
    message = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.level} {self.kind} in {self.report_id}"


class Telling(EstablishmentOwned):
    """What the deliveries that left told of somebody in a school: the log of it, for themself.

    Written when it changes, never each night: the same is told again until `until_at`, when they were in it no more.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    # Keys of `telling.FACTS`.
    facts = ArrayField(models.CharField(max_length=20), default=list)
    first_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "person"], name="one_gar_telling"),)
        indexes = (models.Index(fields=["person"], name="gar_telling_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} told in {self.establishment_id}"


class Favourite(EstablishmentOwned):
    """A resource or a service that somebody put first. `key`: « gar:ark:/… » or « service:12 »."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=220)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "person", "key"], name="one_favourite"),)
        indexes = (models.Index(fields=["person"], name="favourite_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"
