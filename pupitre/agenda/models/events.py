from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.agenda.models.calendars import ImportedCalendar
from pupitre.directory.models import Group
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Event(EstablishmentOwned):
    """Something that happens besides lessons (évènement). Its days stand in `Occurrence`, one or several.

    Days and hours are those of the school; without hours it lasts whole days. `visible_at` is when others read it: empty,
    it is still a draft; families wait for their hours, staff do not. A personal event is its author's alone.
    """

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Conseil de classe")
        PARENTS = "parents", _("Réunion parents-professeurs")
        MEETING = "meeting", _("Réunion")
        OUTING = "outing", _("Sortie")
        INTERNSHIP = "internship", _("Stage")
        EXAM = "exam", _("Examen")
        COMMITTEE = "committee", _("Commission")
        ELECTION = "election", _("Élection")
        HOLIDAY = "holiday", _("Férié ou fermeture")
        OTHER = "other", _("Autre")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    # A recurrence of RFC 5545, without its end; empty for what happens once.
    rule = models.CharField(max_length=200, blank=True)
    repeats_until_on = models.DateField(null=True)
    # No occurrence on the days when the school is closed.
    open_days_only = models.BooleanField(default=True)
    # Days of the series that were cancelled or moved one by one.
    skipped_days = ArrayField(models.DateField(), default=list)
    # The series of which it replaces one day.
    series = OwnedForeignKey("self", models.CASCADE, null=True, related_name="changed", db_index=False)
    is_personal = models.BooleanField(default=False)
    visible_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    remind_minutes = models.PositiveIntegerField(null=True)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    calendar = OwnedForeignKey(ImportedCalendar, models.CASCADE, null=True, related_name="events", db_index=False)
    # How the imported calendar names it, and what was read of it.
    uid = models.CharField(max_length=250, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="event_in_order"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="event_with_both_hours",
            ),
            models.UniqueConstraint(
                fields=["establishment", "calendar", "uid"], condition=Q(calendar__isnull=False), name="one_event_a_uid"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "author_id"], name="event_by_author"),
            models.Index(fields=["establishment", "series"], name="event_by_series"),
            models.Index(fields=["establishment", "calendar"], name="event_by_calendar"),
            models.Index(fields=["establishment", "kind", "starts_on"], name="event_by_kind"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_series(self) -> bool:
        """Whether it happens several times."""
        return bool(self.rule)


class EventAudience(EstablishmentOwned):
    """For whom an event is: people of one kind, in the whole school or in one group."""

    class Party(models.TextChoices):
        STUDENTS = "students", _("Élèves")
        GUARDIANS = "guardians", _("Responsables")
        TEACHERS = "teachers", _("Professeurs")
        STAFF = "staff", _("Tous les personnels")

    event = OwnedForeignKey(Event, models.CASCADE, related_name="audience", db_index=False)
    party = models.CharField(max_length=10, choices=Party.choices)
    group = OwnedForeignKey(Group, models.CASCADE, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "event", "party", "group"], name="one_audience", nulls_distinct=False
            ),
        )
        indexes = (models.Index(fields=["establishment", "group"], name="audience_by_group"),)

    def __str__(self) -> str:
        return f"{self.party} of {self.group_id or 'the school'}"


class Occurrence(EstablishmentOwned):
    """One time an event happens. Written once for the year: pages, homes and reminders never compute a recurrence."""

    event = OwnedForeignKey(Event, models.CASCADE, related_name="occurrences", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    remind_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "event", "starts_on", "starts_at"], name="one_occurrence"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="occurrence_in_order"),
        )
        indexes = (
            models.Index(fields=["establishment", "starts_on"], name="occurrence_by_day"),
            models.Index(
                fields=["establishment", "remind_at"],
                condition=Q(remind_at__isnull=False),
                name="occurrence_to_remind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.starts_on}"
