"""A Moodle linked to a school, whom it knows of ours, and what each comparison found. Everything belongs to one school."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.integrations.services.models import Connector
from pupitre.timetable.models import Course


class Site(EstablishmentOwned):
    """The Moodle of a school: where it is, its token, how it goes. People enter it by the CAS service of `connector`."""

    connector = OwnedForeignKey(Connector, models.PROTECT, related_name="+", db_index=False)
    url = models.CharField(max_length=300)
    # Sealed; never shown again.
    token = models.BinaryField()
    name = models.CharField(max_length=200, blank=True)
    release = models.CharField(max_length=60, blank=True)
    # The functions that its token may not call.
    missing = ArrayField(models.CharField(max_length=80), default=list)
    is_on = models.BooleanField(default=False)
    # What is found at night is done at once, unless it suspends too many people.
    applies_alone = models.BooleanField(default=False)
    with_courses = models.BooleanField(default=False)
    # The marks of its activities come back as drafts for the teachers.
    reads_marks = models.BooleanField(default=False)
    marks_read_at = models.DateTimeField(null=True)
    # Nobody is suspended without a word when more than this share of the accounts would be.
    most_suspended = models.PositiveSmallIntegerField(default=10)
    # Moodle's numbers of its own roles; these are those of every installation.
    student_role = models.PositiveIntegerField(default=5)
    teacher_role = models.PositiveIntegerField(default=3)
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_failure = models.CharField(max_length=40, blank=True)
    # Failures in a row, and until when it is left in peace.
    failures = models.PositiveSmallIntegerField(default=0)
    resting_until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_moodle_a_school"),)
        indexes = (models.Index(fields=["establishment", "connector"], name="moodle_by_connector"),)

    def __str__(self) -> str:
        return self.name or self.url


class Account(EstablishmentOwned):
    """The Moodle account of somebody: how it is named there, for as long as they are one of the school."""

    site = OwnedForeignKey(Site, models.CASCADE, related_name="accounts", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    username = models.CharField(max_length=100)
    is_suspended = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "site", "person"], name="one_moodle_account"),
            models.UniqueConstraint(fields=["establishment", "site", "number"], name="one_person_a_moodle_account"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} is {self.number}"


class LinkedCourse(EstablishmentOwned):
    """A course of ours and the one of Moodle that goes with it."""

    site = OwnedForeignKey(Site, models.CASCADE, related_name="courses", db_index=False)
    course = OwnedForeignKey(Course, models.CASCADE, related_name="+")
    number = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "site", "course"], name="one_moodle_course"),)

    def __str__(self) -> str:
        return f"{self.course_id} is {self.number}"


class Report(EstablishmentOwned):
    """A comparison of the school with its Moodle: `comparing` → `to_review` → `applying` → `applied`, or nothing to do."""

    class State(models.TextChoices):
        COMPARING = "comparing", _("Comparaison en cours")
        TO_REVIEW = "to_review", _("À vérifier")
        APPLYING = "applying", _("En cours d’application")
        APPLIED = "applied", _("Appliqué")
        ALIKE = "alike", _("Rien à changer")
        ABANDONED = "abandoned", _("Abandonné")
        FAILED = "failed", _("Interrompu")

    site = OwnedForeignKey(Site, models.CASCADE, related_name="reports", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.COMPARING)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    # How many accounts Moodle has of ours, and how many of them would be suspended.
    known = models.PositiveIntegerField(default=0)
    suspended = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["establishment", "site", "-created_at"], name="moodle_report_by_date"),)

    def __str__(self) -> str:
        return f"{self.site_id} {self.state}"


class Change(EstablishmentOwned):
    """One thing to do in Moodle, in the order of doing; and what became of it."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("Comptes")
        COHORT = "cohort", _("Cohortes")
        COURSE = "course", _("Cours")

    class Act(models.TextChoices):
        CREATE = "create", _("À créer")
        CHANGE = "change", _("À changer")
        SUSPEND = "suspend", _("À suspendre")
        MEMBERS = "members", _("Membres à mettre à jour")
        REFUSE = "refuse", _("Refusé")

    class Fate(models.TextChoices):
        WAITING = "waiting", _("En attente")
        DONE = "done", _("Fait")
        REFUSED = "refused", _("Refusé")

    report = OwnedForeignKey(Report, models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    act = models.CharField(max_length=8, choices=Act.choices)
    fate = models.CharField(max_length=8, choices=Fate.choices, default=Fate.WAITING)
    # Whom or what it is about, as people name it.
    label = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    # What is sent: the fields of an account, or whom to add and to take away (persons' numbers).
    content = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["establishment", "report", "act"], name="moodle_change_by_report"),)

    def __str__(self) -> str:
        return f"{self.act} {self.kind} {self.label}"
