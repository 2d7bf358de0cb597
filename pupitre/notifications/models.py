"""Notices, how they leave, and what people asked for. They belong to the person, whatever the schools, so that they stand
outside the wall; what a school decides (its hours, its kinds) and what it has to mend is walled.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.models import Session
from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import EstablishmentOwned


class Channel(models.TextChoices):
    """By which way a notice leaves; the list on the site is always there."""

    PUSH = "push", _("Sur ce téléphone ou cet ordinateur")
    MAIL = "mail", _("Par courrier électronique")
    SMS = "sms", _("Par SMS")


class Rhythm(models.TextChoices):
    """How often somebody wants to be told of a kind (NTF-1)."""

    NEVER = "never", _("Jamais")
    IMMEDIATE = "immediate", _("Tout de suite")
    DAILY = "daily", _("Une fois par jour")
    WEEKLY = "weekly", _("Une fois par semaine")


class Notification(models.Model):
    """Something that one person is told, in their list on the site; not seen by anybody before `visible_at`.

    What the list shows is copied in. `mail_id`, `push_id`, `sms_id`: the envelope that it left in.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    # Schools are never removed: no need to follow the link backwards.
    establishment = models.ForeignKey(
        Establishment, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    child = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    child_name = models.CharField(max_length=100, blank=True)
    # Whose gesture it tells, when it is somebody's: by whom one may be left alone for a time.
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=1000, blank=True)
    url = models.CharField(max_length=300)
    group_key = models.CharField(max_length=80, blank=True)
    # « %(count)s nouvelle note », « %(count)s nouvelles notes ».
    one = models.CharField(max_length=120, blank=True)
    many = models.CharField(max_length=120, blank=True)
    is_urgent = models.BooleanField(default=False)
    # Whether it adds one to the number in the menu.
    is_counted = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    visible_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # When it was put in envelopes, according to what the person had asked for by then.
    routed_at = models.DateTimeField(null=True)
    mail_id = models.BigIntegerField(null=True)
    push_id = models.BigIntegerField(null=True)
    sms_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["person", "-visible_at"], name="notification_by_person"),
            models.Index(fields=["visible_at"], condition=Q(routed_at=None), name="notification_to_route"),
            models.Index(fields=["person"], condition=Q(read_at=None, is_counted=True), name="notification_unread"),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id}"


class Envelope(models.Model):
    """What leaves to one person by one channel: the notices of one kind about one child, or everything of a digest.

    One only waits at a time for the same key: what comes meanwhile is put inside (NTF-2).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        # Nothing to send any more, or nowhere to send it to.
        DROPPED = "dropped"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    establishment = models.ForeignKey(
        Establishment, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    channel = models.CharField(max_length=5, choices=Channel.choices)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    # As whom the person is told: student, guardian or staff.
    audience = models.CharField(max_length=10)
    # Empty in a digest.
    kind = models.CharField(max_length=60, blank=True)
    child_id = models.BigIntegerField(null=True)
    # Passes quiet hours, and the half-hour between two messages.
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "channel", "rhythm", "kind", "child_id"],
                condition=Q(state="waiting"),
                nulls_distinct=False,
                name="one_envelope_waits",
            ),
        )
        indexes = (
            models.Index(fields=["person", "channel", "kind", "-due_at"], name="envelope_by_person"),
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="envelope_to_send"),
        )

    def __str__(self) -> str:
        return f"{self.channel} → {self.person_id} {self.state}"


class PushSubscription(models.Model):
    """A browser that accepts our notices; forgotten with the session that it was given in."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=600, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"push of {self.person_id}"


class Preference(models.Model):
    """How often a person wants a kind by a channel; about one child, or about anything when `child` is null."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    child = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "child", "kind", "channel"], nulls_distinct=False, name="one_preference"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.channel} {self.rhythm}"


class Mute(models.Model):
    """Silence for a time: of a kind (of all when empty), about a child (about all when null), from somebody (or anybody)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    child = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=200, blank=True)
    until_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "child", "kind", "author_id"], nulls_distinct=False, name="one_mute"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until_at}"


class PersonSchedule(models.Model):
    """When a person wants their digests, and, for those who work in a school, when they want to be reached at all."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    daily_at = models.TimeField(null=True)
    # Monday is 0.
    weekly_day = models.PositiveSmallIntegerField(default=4)
    # One mail a week instead of everything else, but for what is urgent by nature.
    is_weekly_only = models.BooleanField(default=False)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    working_days = ArrayField(models.PositiveSmallIntegerField(), default=list)

    def __str__(self) -> str:
        return f"schedule of {self.person_id}"


class SchoolHours(EstablishmentOwned):
    """The school's own table of quiet hours: seven openings from Monday, null for a day that stays closed."""

    opens = ArrayField(models.TimeField(null=True), size=7)
    closes = ArrayField(models.TimeField(null=True), size=7)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_table_of_hours"),)

    def __str__(self) -> str:
        return f"hours of {self.establishment_id}"


class SchoolRhythm(EstablishmentOwned):
    """What a school decides for a kind and an audience, by default or for good (`is_locked`: nobody may change it)."""

    class Audience(models.TextChoices):
        STUDENT = "student", _("Élèves")
        GUARDIAN = "guardian", _("Familles")
        STAFF = "staff", _("Personnels")

    kind = models.CharField(max_length=60)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    is_locked = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "kind", "audience"], name="one_school_rhythm"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.audience} {self.rhythm}"


class DeliveryFailure(EstablishmentOwned):
    """Somebody whom the school could not reach: a task, until a later sending succeeds or the school settles it."""

    class Reason(models.TextChoices):
        REFUSED = "refused", _("Adresse refusée")
        UNAVAILABLE = "unavailable", _("Envoi impossible pendant plusieurs heures")
        NO_ADDRESS = "no_address", _("Ni téléphone ni adresse")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    kind = models.CharField(max_length=60)
    failed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "person", "channel"],
                condition=Q(settled_at=None),
                name="one_failure_to_mend",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} by {self.channel}: {self.reason}"
