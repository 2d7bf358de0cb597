"""Tools, the links that teachers place in their courses, and what tools present from their own server."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.integrations.services.models import Service
from pupitre.timetable.models import Course


class Tool(models.Model):
    """How a registered service speaks LTI. Outside the wall: it presents itself from its own server, which names no school."""

    service = models.OneToOneField(Service, models.CASCADE, related_name="lti")
    client_id = models.CharField(max_length=40, unique=True)
    login_url = models.CharField(max_length=1000, blank=True)
    # Compared letter by letter.
    redirect_uris = ArrayField(models.CharField(max_length=1000), default=list)
    target_url = models.CharField(max_length=1000, blank=True)
    # Empty: nothing can be picked in the tool.
    picking_url = models.CharField(max_length=1000, blank=True)
    jwks_url = models.CharField(max_length=1000, blank=True)
    # Its public keys (JWKS): those that were typed when it has no address for them, else those last read there.
    keys = models.JSONField(null=True)
    keys_read_at = models.DateTimeField(null=True)
    may_mark = models.BooleanField(default=True)
    may_list = models.BooleanField(default=False)
    # What it wants back at each opening, whatever the content.
    custom = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.client_id

    @property
    def is_ready(self) -> bool:
        """Whether somebody can be led there."""
        return bool(self.login_url and self.redirect_uris and self.target_url)


class Launch(models.Model):
    """A hint given to a tool on its way in: who goes where. Kept as a hash, once, five minutes.

    Outside the wall: the tool brings it back to an address that names no school. `picking` is the return of a choice.
    """

    class Kind(models.TextChoices):
        OPENING = "opening"
        PICKING = "picking"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="+")
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40)
    course_id = models.BigIntegerField()
    # None: to pick, or bring back what was picked.
    link_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} in {self.tool_id}"


class Registration(models.Model):
    """A tool that registers by itself: who asked it to, then what it said, until they accept it or not.

    Outside the wall: the tool presents itself from its own server, which names no school.
    """

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="+")
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    # Its page that asks us for the rest.
    address = models.CharField(max_length=1000)
    # Of the token that the tool presents; none before its page is opened, nor once it has served.
    digest = models.BinaryField(max_length=32, null=True, unique=True)
    # First of the token, then of what was said.
    expires_at = models.DateTimeField(db_index=True)
    # `services/manifests.py`, checked.
    told = models.JSONField(null=True)
    # The field for which what it said last was refused.
    refused = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["tool", "person"], name="one_registration_a_person"),)

    def __str__(self) -> str:
        return f"registration of {self.tool_id}"


class AccessToken(models.Model):
    """What a tool's server presents to send marks or read a class. Outside the wall; kept as a hash, an hour."""

    digest = models.BinaryField(max_length=32, unique=True)
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=500)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"token of {self.tool_id}"


class SeenProof(models.Model):
    """A signed proof that a tool has already presented: it is not honoured twice. Outside the wall."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["tool", "digest"], name="one_proof_a_tool"),)

    def __str__(self) -> str:
        return f"proof of {self.tool_id}"


class ToolLink(EstablishmentOwned):
    """A content of a tool that a teacher placed in a course, for its students."""

    course = OwnedForeignKey(Course, models.PROTECT, related_name="tool_links", db_index=False)
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="+")
    # What tools know it by.
    uid = models.UUIDField(unique=True)
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    target_url = models.CharField(max_length=1000)
    custom = models.JSONField(default=dict)
    # The last day to do it; None: no day.
    due_on = models.DateField(null=True)
    placed_by_id = models.BigIntegerField(null=True)
    placed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "course", "tool"], name="tool_link_by_course"),)

    def __str__(self) -> str:
        return self.title


class LineItem(EstablishmentOwned):
    """A column of marks that a tool keeps in a course. Its scores are drafts of the gradebook."""

    course = OwnedForeignKey(Course, models.PROTECT, related_name="+", db_index=False)
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="+")
    link = OwnedForeignKey(ToolLink, models.SET_NULL, null=True, related_name="line_items", db_index=False)
    uid = models.UUIDField(unique=True)
    label = models.CharField(max_length=255)
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    resource_id = models.CharField(max_length=255, blank=True)
    tag = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(maximum__gt=0), name="line_item_out_of_something"),)
        indexes = (
            models.Index(fields=["establishment", "course", "tool"], name="line_item_by_course"),
            models.Index(fields=["establishment", "link"], name="line_item_by_link"),
        )

    def __str__(self) -> str:
        return self.label
