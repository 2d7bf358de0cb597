"""Messages belong to the school where they are written, once; what a person received or wrote belongs to that person.

People are named by their number, and by the name they bore when it was written: what was sent stays as it was sent,
whatever becomes of them. No link leads to a mailbox entry, nor from it: there are as many as letters delivered.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.messaging.parties import Party, Scope

SUBJECT_LENGTH, BODY_LENGTH = 120, 20_000


class Thread(EstablishmentOwned):
    """A discussion. `answers_id`: the message of another thread that it answers in private; `about_id`: the student."""

    subject = models.CharField(max_length=SUBJECT_LENGTH)
    started_by_id = models.BigIntegerField()
    started_at = models.DateTimeField()
    about_id = models.BigIntegerField(null=True)
    answers_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["establishment", "answers_id", "started_by_id"],
                name="private_thread_of_message",
                condition=Q(answers_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.subject


class Message(EstablishmentOwned):
    """What somebody wrote, kept once. Recipients as they were chosen are its `Addressee`s, who got it `MailboxEntry`s."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente d’envoi")
        REVIEW = "review", _("en attente de relecture")
        SENT = "sent", _("envoyé")
        RECALLED = "recalled", _("rappelé")
        CANCELLED = "cancelled", _("annulé")
        REFUSED = "refused", _("refusé")
        HIDDEN = "hidden", _("retiré")

    class Hold(models.TextChoices):
        QUEUE = "queue", _("beaucoup de destinataires")
        DEVICE = "device", _("appareil nouveau")
        MASS = "mass", _("envoi en nombre inhabituel")
        PUPILS = "pupils", _("message d’élève à une classe")

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Message")
        SAFETY = "safety", _("Alerte de sécurité (PPMS)")
        DRILL = "drill", _("Exercice de sécurité (PPMS)")

    class Replies(models.TextChoices):
        ALL = "all", _("tout le monde peut répondre à tous")
        AUTHOR = "author", _("chacun répond à l’auteur seulement")
        NONE = "none", _("sans réponse")

    thread = OwnedForeignKey(Thread, models.CASCADE, related_name="messages", db_index=False)
    # Given by the page: the same letter sent twice is one message.
    key = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ORDINARY)
    state = models.CharField(max_length=10, choices=State.choices)
    hold = models.CharField(max_length=10, choices=Hold.choices, blank=True)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=200)
    # « mère d’Inès, 4e B », « CPE ».
    author_about = models.CharField(max_length=200, blank=True)
    author_party = models.CharField(max_length=20, choices=Party.choices)
    # « Parents de la 4e B, M. Bensaïd »: never who is in blind copy.
    addressed_to = models.CharField(max_length=400)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    body = models.TextField(max_length=BODY_LENGTH)
    replies = models.CharField(max_length=10, choices=Replies.choices)
    tracks_reading = models.BooleanField(default=False)
    needs_answer = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    recipient_count = models.PositiveIntegerField()
    delivered_count = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    # When it leaves by itself, if it waits; when families can read it.
    leaves_at = models.DateTimeField(null=True)
    visible_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    search = models.GeneratedField(
        expression=SearchVector("subject", "author_name", "addressed_to", config="fr", weight="A")
        + SearchVector("body", config="fr", weight="B"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "author_id", "key"], name="one_message_a_letter"),
        )
        indexes = (
            models.Index(fields=["establishment", "thread", "written_at"], name="message_by_thread"),
            models.Index(fields=["establishment", "author_id", "written_at"], name="message_by_author"),
            models.Index(
                fields=["establishment", "state"],
                name="message_held",
                condition=Q(state__in=("waiting", "review")),
            ),
        )

    def __str__(self) -> str:
        return self.subject


class Addressee(EstablishmentOwned):
    """A recipient as it was chosen: a person, or a group by the name it bore."""

    class Role(models.TextChoices):
        TO = "to", _("À")
        CC = "cc", _("Copie")
        BCC = "bcc", _("Copie cachée")

    message = OwnedForeignKey(Message, models.CASCADE, related_name="addressees", db_index=False)
    role = models.CharField(max_length=3, choices=Role.choices)
    # What it is (`audiences.Kind`), and of whom: a person, a group, a student; 0 for a whole population.
    kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    party = models.CharField(max_length=20, choices=Party.choices, blank=True)
    about_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "message", "kind", "target_id", "party", "about_id"],
                name="one_addressee",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return self.label


class MailboxEntry(models.Model):
    """A letter in somebody's mailbox, received or sent, with what the list shows of it.

    Belongs to the person, whatever their schools: `establishment_id` says which one to open to read it. Delivered by
    `insert … select`, one statement a batch.
    """

    class Role(models.TextChoices):
        AUTHOR = "author"
        TO = "to"
        CC = "cc"
        BCC = "bcc"

    class Place(models.TextChoices):
        INBOX = "inbox", _("Réception")
        SENT = "sent", _("Envoyés")
        FOLDER = "folder", _("Dossier")
        TRASH = "trash", _("Corbeille")

    person_id = models.BigIntegerField()
    establishment_id = models.BigIntegerField()
    thread_id = models.BigIntegerField()
    message_id = models.BigIntegerField()
    role = models.CharField(max_length=6, choices=Role.choices)
    place = models.CharField(max_length=6, choices=Place.choices)
    folder_id = models.BigIntegerField(null=True)
    category_id = models.BigIntegerField(null=True)
    visible_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    trashed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # As its reader is: what a guardian receives of a child is theirs while the child's school says so.
    party = models.CharField(max_length=20, choices=Party.choices)
    child_ids = ArrayField(models.BigIntegerField(), default=list)
    # « Inès et Elias »: named in every title of a guardian.
    children = models.CharField(max_length=120, blank=True)
    # Copied from the message.
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=200)
    author_about = models.CharField(max_length=200, blank=True)
    author_party = models.CharField(max_length=20, choices=Party.choices)
    addressed_to = models.CharField(max_length=400)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    preview = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=Message.State.choices, default=Message.State.SENT)
    has_files = models.BooleanField(default=False)
    needs_answer = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person_id", "thread_id", "message_id"], name="one_entry_a_message"),
        )
        indexes = (
            models.Index(F("person_id"), F("place"), F("visible_at").desc(), F("id").desc(), name="mailbox_in_order"),
            models.Index(fields=["message_id"], name="mailbox_by_message"),
            models.Index(
                fields=["person_id", "visible_at"],
                name="mailbox_unread",
                condition=Q(read_at__isnull=True, place__in=("inbox", "folder")),
            ),
            models.Index(fields=["trashed_at"], name="mailbox_bin", condition=Q(place="trash")),
            # For the nightly purge: rows come in the order of time.
            BrinIndex(fields=["visible_at"], name="mailbox_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.message_id} for {self.person_id}"


class Folder(models.Model):
    """A folder that a person made for themself."""

    person_id = models.BigIntegerField()
    name = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person_id", "name"], name="one_folder_a_name"),)

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A coloured word that a person puts on discussions; `colour` is a class of the stylesheet."""

    person_id = models.BigIntegerField()
    name = models.CharField(max_length=30)
    colour = models.CharField(max_length=15)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person_id", "name"], name="one_category_a_name"),)

    def __str__(self) -> str:
        return self.name


class AutoAnswer(models.Model):
    """What somebody who is away tells whoever writes to them, from the first day to the last included (MSG-9)."""

    person_id = models.BigIntegerField()
    # As others read it beside the words.
    name = models.CharField(max_length=200)
    text = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person_id"], name="one_auto_answer_a_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.ends_on}"


class Draft(models.Model):
    """A letter not sent yet, kept for its author as they type. `content` holds recipients and options as the page does.

    `version` moves at each save: a device that saves over another's text keeps its own beside.
    """

    person_id = models.BigIntegerField()
    establishment_id = models.BigIntegerField()
    key = models.UUIDField()
    # The message it answers, when it does.
    reply_to_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=SUBJECT_LENGTH, blank=True)
    body = models.TextField(max_length=BODY_LENGTH, blank=True)
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=80, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person_id", "key"], name="one_draft_a_letter"),)

    def __str__(self) -> str:
        return self.subject or str(self.key)


class WritingRule(EstablishmentOwned):
    """What a school decides otherwise than `matrix.DEFAULTS`: how far one party may write to another, in one class or all."""

    sender = models.CharField(max_length=20, choices=Party.choices)
    recipient = models.CharField(max_length=20, choices=Party.choices)
    group = OwnedForeignKey(Group, models.CASCADE, null=True, related_name="+", db_index=False)
    scope = models.CharField(max_length=10, choices=Scope.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "group", "sender", "recipient"],
                name="one_writing_rule",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.sender} → {self.recipient}: {self.scope}"


class ClassDelegate(EstablishmentOwned):
    """A parent delegate of a class: may write to its other parents."""

    group = OwnedForeignKey(Group, models.CASCADE, related_name="+", db_index=False)
    person_id = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "group", "person_id"], name="one_class_delegate"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} of {self.group_id}"


class SchoolMessaging(EstablishmentOwned):
    """How messages are watched over in a school; a school without a row follows the defaults."""

    reviews_pupils = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_school_messaging"),)

    def __str__(self) -> str:
        return str(self.establishment_id)


class MessagingSuspension(EstablishmentOwned):
    """Messages stopped for a while, in the whole school or for the students and families of one class (RGP-5)."""

    group = OwnedForeignKey(Group, models.CASCADE, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=200)
    started_by_id = models.BigIntegerField()
    started_by_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "group"],
                name="one_suspension_at_a_time",
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
        )
        indexes = (models.Index(fields=["establishment", "group"], name="suspension_by_group"),)

    def __str__(self) -> str:
        return f"{self.group_id or self.establishment_id} since {self.started_at:%Y-%m-%d}"


class Report(EstablishmentOwned):
    """A message that one of its readers reported. Harassment goes to named staff only."""

    class Reason(models.TextChoices):
        HARASSMENT = "harassment", _("Harcèlement ou menace, envers moi ou quelqu’un d’autre")
        INSULT = "insult", _("Insulte ou propos qui blessent")
        PRIVACY = "privacy", _("Photo ou information privée")
        UNWANTED = "unwanted", _("Message non voulu, chaîne ou publicité")
        OTHER = "other", _("Autre chose")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("message laissé en place")
        HIDDEN = "hidden", _("message retiré")
        WARNED = "warned", _("auteur averti")
        PASSED_ON = "passed_on", _("transmis au CPE")

    message = OwnedForeignKey(Message, models.CASCADE, related_name="reports", db_index=False)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.CharField(max_length=300, blank=True)
    reported_by_id = models.BigIntegerField()
    reported_by_name = models.CharField(max_length=200)
    reported_at = models.DateTimeField()
    # By the first of those who watch over messages.
    seen_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    handled_by_name = models.CharField(max_length=200, blank=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "message", "reported_by_id"], name="one_report_a_reader"),
        )

    def __str__(self) -> str:
        return f"{self.message_id}: {self.reason}"
