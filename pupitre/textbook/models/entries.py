"""What was done in a lesson, and what is being typed of it."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.foundation import clock
from pupitre.timetable.models import Course

TITLE_LENGTH, BODY_LENGTH, NOTE_LENGTH = 150, 30_000, 5_000


class TextbookEntry(EstablishmentOwned):
    """A session of the cahier de textes (circulaire 2010-136), of one lesson or of some days.

    The lesson is named by its course and the hour that its week gives it; `moved_to_on` is the day it is really held. Without
    a course (outing, substitution), `occasion` says what it was.
    """

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Cours")
        EXERCISES = "exercises", _("Travaux dirigés")
        PRACTICAL = "practical", _("Travaux pratiques")
        TEST = "test", _("Évaluation")
        CORRECTION = "correction", _("Correction")
        OUTING = "outing", _("Sortie")

    class Rule(models.TextChoices):
        END = "end", _("À la fin du cours")
        START = "start", _("Au début du cours")
        NOW = "now", _("Tout de suite")
        CHOSEN = "chosen", _("À une date et une heure")
        DRAFT = "draft", _("Brouillon, pour moi seulement")

    course = OwnedForeignKey(Course, models.PROTECT, null=True, related_name="entries", db_index=False)
    group = OwnedForeignKey(Group, models.PROTECT, related_name="entries", db_index=False)
    occasion = models.CharField(max_length=80, blank=True)
    # Drawn by the page: a form sent twice is one session.
    key = models.UUIDField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField(null=True)
    # The last day, for a session of several days.
    until_on = models.DateField(null=True)
    moved_to_on = models.DateField(null=True)
    moved_to_at = models.TimeField(null=True)
    is_cancelled = models.BooleanField(default=False)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.LESSON)
    room = models.CharField(max_length=40, blank=True)
    body = models.TextField(blank=True)
    # Seen by those who teach the course; never exported, never shown to families.
    private_note = models.TextField(blank=True)
    elements = ArrayField(models.CharField(max_length=200), default=list)
    rule = models.CharField(max_length=8, choices=Rule.choices, default=Rule.END)
    # When the teacher wants it published, and when families read it: quiet hours may stand between. Both null for a draft.
    asked_at = models.DateTimeField(null=True)
    visible_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "key"], name="one_entry_a_key"),
            models.UniqueConstraint(
                fields=["establishment", "course", "held_on", "starts_at"], name="one_entry_a_lesson"
            ),
            models.CheckConstraint(condition=~Q(course=None) | ~Q(occasion=""), name="entry_of_something"),
        )
        indexes = (
            models.Index(fields=["establishment", "group", "held_on"], name="entry_by_group"),
            models.Index(fields=["establishment", "author", "held_on"], name="entry_by_author"),
        )

    def __str__(self) -> str:
        return self.title or f"{self.held_on} {self.starts_at:%H:%M}"

    @property
    def is_published(self) -> bool:
        """Whether families read it by now."""
        return self.visible_at is not None and self.visible_at <= clock.now()

    @property
    def shown_on(self) -> dt.date:
        """The day the lesson is really held."""
        on: dt.date = self.moved_to_on or self.held_on
        return on

    @property
    def shown_at(self) -> dt.time:
        """The hour the lesson really begins."""
        at: dt.time = self.moved_to_at or self.starts_at
        return at


class SessionDraft(EstablishmentOwned):
    """The page of a session as somebody is typing it, kept every few seconds; gone once it is saved (MSG-2).

    `place` names the page (« 12/2026-11-24/0805 »); `other` is the text that another device had, when two were open.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    place = models.CharField(max_length=60)
    content = models.JSONField(default=dict)
    other = models.TextField(blank=True)
    device = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "person", "place"], name="one_draft_a_session"),
        )

    def __str__(self) -> str:
        return self.place
