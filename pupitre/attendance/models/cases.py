from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.half_days import Half, Standing
from pupitre.attendance.models.settings import AbsenceReason
from pupitre.attendance.transitions import State
from pupitre.directory.models import Person, Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey

HALVES = ((Half.MORNING.value, _("Matin")), (Half.AFTERNOON.value, _("Après-midi")))
STANDINGS = (
    (Standing.JUSTIFIED.value, _("Justifiée")),
    (Standing.PENDING.value, _("En attente")),
    (Standing.UNJUSTIFIED.value, _("Injustifiée")),
)


class AbsenceCase(EstablishmentOwned):
    """A dossier (traitement): consecutive absences of one student, their reason, and what the office made of them.

    `starts_on`… `ends_at` are those of its first and last entries. `state` moves by `transitions.py` alone.
    """

    class Kind(models.TextChoices):
        ABSENCE = "absence", _("Absence")
        EXEMPTION = "exemption", _("Dispense")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="absence_cases", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ABSENCE)
    state = models.CharField(max_length=16, choices=State.choices)
    standing = models.PositiveSmallIntegerField(choices=STANDINGS, default=Standing.UNJUSTIFIED.value)
    reason = OwnedForeignKey(AbsenceReason, models.PROTECT, null=True, related_name="cases", db_index=False)
    starts_on = models.DateField()
    starts_at = models.TimeField()
    ends_on = models.DateField()
    ends_at = models.TimeField()
    # False when the reason is the school's own business: it makes no half-day.
    counts = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    opened_by_id = models.BigIntegerField(null=True)
    # When the family is to be told, by itself or by the office; and when it was.
    contact_due_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    # A family's answer waits for the office until then.
    answer_due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    # What the family reads of a refusal.
    decision = models.CharField(max_length=300, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    state_before_lock = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "student", "starts_on"], name="case_by_student"),
            models.Index(fields=["establishment", "state", "starts_on"], name="case_by_state"),
            models.Index(fields=["establishment", "starts_on"], name="case_by_day"),
            models.Index(fields=["establishment", "reason"], name="case_by_reason"),
            models.Index(
                fields=["establishment", "contact_due_at"],
                name="case_to_tell",
                condition=Q(contact_due_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.starts_on} {self.state}"


class CaseEvent(EstablishmentOwned):
    """One step of a dossier: who, when, from where to where, why. Append-only."""

    case = OwnedForeignKey(AbsenceCase, models.CASCADE, related_name="events", db_index=False)
    at = models.DateTimeField()
    # None for the system.
    author_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=16)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    comment = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "case", "at"], name="event_by_case"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.act}"


class Justification(EstablishmentOwned):
    """What a family says of an absence, kept with its time and its author; its documents are files attached to it."""

    class Way(models.TextChoices):
        ONLINE = "online", _("En ligne")
        PHONE = "phone", _("Par téléphone")
        PAPER = "paper", _("Par écrit")

    case = OwnedForeignKey(AbsenceCase, models.CASCADE, related_name="justifications", db_index=False)
    guardian = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    # Outlives the link: « Mme Nadia Belkacem ».
    guardian_name = models.CharField(max_length=120)
    reason = OwnedForeignKey(AbsenceReason, models.PROTECT, null=True, related_name="+", db_index=False)
    # « He was there »: the roll call is to be checked.
    denies = models.BooleanField(default=False)
    text = models.CharField(max_length=1000, blank=True)
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.ONLINE)
    said_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "case", "said_at"], name="justification_by_case"),
            models.Index(fields=["guardian"], name="justification_by_guardian"),
            models.Index(fields=["establishment", "reason"], name="justification_by_reason"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.guardian_name}"


class FamilyContact(EstablishmentOwned):
    """What was told to a family, or tried (notification); of notices of absence, one a half-day at most."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Message")
        CORRECTION = "correction", _("Message de correction")
        CALL_MADE = "call_made", _("Appel passé")
        VOICE_MAIL = "voice_mail", _("Message vocal laissé")
        CALL_RECEIVED = "call_received", _("Appel reçu")
        LETTER = "letter", _("Courrier")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="family_contacts", db_index=False)
    case = OwnedForeignKey(AbsenceCase, models.CASCADE, null=True, related_name="contacts", db_index=False)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    about_on = models.DateField()
    half = models.CharField(max_length=2, choices=HALVES)
    reached = models.BooleanField(default=True)
    guardian_ids = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "student", "about_on", "half"],
                condition=Q(kind="notice"),
                name="one_notice_a_half_day",
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "student", "about_on"], name="contact_by_student"),
            models.Index(fields=["establishment", "case"], name="contact_by_case"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind} {self.about_on} {self.half}"
