"""Documents and their bytes. Bytes are kept once in a school, whoever deposits them; everything belongs to one school."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.files.kinds import family_of, is_played_in_page, is_shown_in_page
from pupitre.files.words import weight


class Blob(EstablishmentOwned):
    """Bytes, once in a school: two deposits of the same document share them. `key` is their name in the storage."""

    class State(models.TextChoices):
        UNSCANNED = "unscanned", _("Non vérifié : aucun antivirus")
        PENDING = "pending", _("Attend l’antivirus")
        SCANNED = "scanned", _("Vérifié")
        BLOCKED = "blocked", _("Bloqué : un virus s’y trouve")

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    # Drawn, never the hash: a removal and a new deposit of the same bytes may cross.
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices)
    # Name of the preview in the storage; empty when there is none.
    preview = models.CharField(max_length=110, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "sha256"], name="one_blob_a_content"),)

    def __str__(self) -> str:
        return self.sha256


class StoredFile(EstablishmentOwned):
    """A document as somebody named it. It lives as long as something refers to it."""

    blob = OwnedForeignKey(Blob, models.PROTECT, related_name="files", db_index=False)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=150)
    # What the bytes are, never what the browser said.
    content_type = models.CharField(max_length=100)
    # For which rows it was deposited (`FileOwner.key`); empty when for none yet.
    purpose = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "owner"], name="file_by_owner"),
            models.Index(fields=["establishment", "blob"], name="file_by_blob"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """Its weight in bytes."""
        return self.blob.size

    @property
    def sha256(self) -> str:
        """The hash of its bytes, in hexadecimal."""
        return self.blob.sha256

    @property
    def state(self) -> str:
        """What the antivirus says of it (`Blob.State`)."""
        return self.blob.state

    @property
    def is_readable(self) -> bool:
        """Whether it may be opened: neither blocked nor waiting for the antivirus."""
        return self.blob.state in (Blob.State.SCANNED, Blob.State.UNSCANNED)

    @property
    def weight(self) -> str:
        """« 240 Ko »."""
        return weight(self.blob.size)

    @property
    def family(self) -> str:
        """image, pdf, text, sheet, slides, sound, film, archive or other: what people call it."""
        return family_of(self.content_type)

    @property
    def is_shown_in_page(self) -> bool:
        """Whether a browser may draw it: images that hold no program."""
        return is_shown_in_page(self.content_type)

    @property
    def is_played_in_page(self) -> bool:
        """Whether a page may hold a player of it."""
        return is_played_in_page(self.content_type)


class FileReference(EstablishmentOwned):
    """A row that refers to a file: its table and its number. Who may see the row may see the file (`FileOwner`)."""

    file = OwnedForeignKey(StoredFile, models.PROTECT, related_name="references", db_index=False)
    target = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "target", "target_id", "file"], name="one_reference"),
        )
        indexes = (models.Index(fields=["establishment", "file"], name="reference_by_file"),)

    def __str__(self) -> str:
        return f"{self.target} {self.target_id}"


class Upload(EstablishmentOwned):
    """A file on its way, in parts: `received` bytes of `size` are there. Once whole, `file` is what it became."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=150)
    purpose = models.CharField(max_length=60, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    # Names of the parts in the storage, in order.
    parts = ArrayField(models.CharField(max_length=120), default=list)
    # The name that the bytes will have in the storage.
    key = models.CharField(max_length=100)
    # How a browser recognises the same file after a reload.
    fingerprint = models.CharField(max_length=64, blank=True)
    file = OwnedForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "owner"], name="upload_by_owner"),
            models.Index(fields=["establishment", "file"], name="upload_by_file"),
            models.Index(fields=["establishment", "expires_at"], name="upload_by_end"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"
