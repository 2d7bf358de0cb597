"""An evening, who receives, who asked for whom, and when they meet."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Person, Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Meeting(EstablishmentOwned):
    """One evening: its hours, how long a meeting lasts, until when families say whom they wish to see."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("En préparation")
        OPEN = "open", _("Vœux ouverts")
        PLANNED = "planned", _("Planning à relire")
        PUBLISHED = "published", _("Publiée")
        CANCELLED = "cancelled", _("Annulée")

    class Work(models.TextChoices):
        NONE = "", ""
        ASKED = "asked", _("Le calcul va commencer")
        RUNNING = "running", _("Le calcul est en cours")
        FAILED = "failed", _("Le calcul s’est interrompu")

    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    slot_minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(30)])
    # To go from one room to the next.
    gap_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(15)])
    pause_starts_at = models.TimeField(null=True)
    pause_ends_at = models.TimeField(null=True)
    most_wishes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(20)])
    closes_at = models.DateTimeField()
    # Proposals that nobody accepted by the end of that day go to others.
    confirm_until_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    work = models.CharField(max_length=8, choices=Work.choices, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    # What the plan is worth, beside one made first come, first served.
    figures = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="evening_in_order"),
            models.CheckConstraint(condition=Q(slot_minutes__range=(5, 30)), name="a_meeting_lasts"),
        )
        indexes = (models.Index(fields=["establishment", "held_on"], name="meeting_by_day"),)

    def __str__(self) -> str:
        return self.title


class MeetingGroup(EstablishmentOwned):
    """A class invited; an evening without any is for the whole school."""

    meeting = OwnedForeignKey(Meeting, models.CASCADE, related_name="groups", db_index=False)
    group = OwnedForeignKey(Group, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "meeting", "group"], name="one_invitation"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} for {self.group_id}"


class MeetingTeacher(EstablishmentOwned):
    """Who receives, where, and when they are there. Rooms of one `zone` are close."""

    meeting = OwnedForeignKey(Meeting, models.CASCADE, related_name="teachers", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    # As people say it: « Mathématiques ».
    subject = models.CharField(max_length=80, blank=True)
    room = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    from_at = models.TimeField(null=True)
    until_at = models.TimeField(null=True)
    video_url = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "meeting", "person"], name="receives_once"),)

    def __str__(self) -> str:
        return self.name


class FamilyRequest(EstablishmentOwned):
    """What one guardian asks for their children; `is_shared`: with the other guardians of the same children."""

    meeting = OwnedForeignKey(Meeting, models.CASCADE, related_name="requests", db_index=False)
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    is_shared = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    # Beginnings of the half-hours when nobody can come.
    away_at = ArrayField(models.TimeField(), default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "meeting", "guardian"], name="one_request"),)

    def __str__(self) -> str:
        return self.name


class Wish(EstablishmentOwned):
    """A family wishes to see a teacher about a child; with a slot, it is an appointment."""

    class Level(models.IntegerChoices):
        PRIORITY = 2, _("Prioritaire")
        WISHED = 1, _("Souhaitée")

    class State(models.TextChoices):
        ASKED = "asked", _("Demandé")
        PROPOSED = "proposed", _("Proposé")
        ACCEPTED = "accepted", _("Accepté")
        REFUSED = "refused", _("Refusé")
        CANCELLED = "cancelled", _("Annulé")
        EXPIRED = "expired", _("Expiré")

    class Why(models.TextChoices):
        NONE = "", ""
        FULL = "full", _("complet")
        HOURS = "hours", _("aucun horaire aux heures où vous venez")
        CLASH = "clash", _("ses horaires libres tombent pendant vos autres rendez-vous")

    class Seen(models.TextChoices):
        UNKNOWN = "", _("Pas encore")
        SEEN = "seen", _("Venue")
        MISSED = "missed", _("Absente")

    request = OwnedForeignKey(FamilyRequest, models.CASCADE, related_name="wishes", db_index=False)
    teacher = OwnedForeignKey(MeetingTeacher, models.PROTECT, related_name="wishes", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    slot = models.PositiveSmallIntegerField(null=True)
    # Placed by hand: the plan does not move it.
    is_fixed = models.BooleanField(default=False)
    why = models.CharField(max_length=8, choices=Why.choices, blank=True)
    seen = models.CharField(max_length=8, choices=Seen.choices, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "request", "student", "teacher"], name="one_wish"),
            models.UniqueConstraint(fields=["establishment", "teacher", "slot"], name="one_family_a_slot"),
            models.UniqueConstraint(fields=["establishment", "request", "slot"], name="one_teacher_a_slot"),
            models.CheckConstraint(
                condition=Q(slot=None) | Q(state__in=("asked", "proposed", "accepted")), name="what_is_over_is_free"
            ),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="wish_by_student"),)

    def __str__(self) -> str:
        return f"{self.request_id} → {self.teacher_id}"
