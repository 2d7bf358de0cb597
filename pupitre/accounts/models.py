from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.models_factors import CodeGenerator, Passkey, RecoveryCode, TrustedDevice
from pupitre.foundation import clock

__all__ = [
    "ActivationCode",
    "CodeGenerator",
    "Passkey",
    "PasswordReset",
    "RecoveryCode",
    "Session",
    "SignInFailures",
    "TrustedDevice",
    "User",
]


class UserManager(BaseUserManager["User"]):
    """Finds an account by what people type: case never matters in a username."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account: one per person, whatever the schools and roles. Not owned by a school, since a person may have several.

    Life: created (no password yet) → active → suspended → closed, when its owner has no role any more → deleted
    (`lifetimes.py`).
    """

    class State(models.TextChoices):
        CREATED = "created", _("À activer")
        ACTIVE = "active", _("Actif")
        SUSPENDED = "suspended", _("Suspendu")
        CLOSED = "closed", _("Fermé")

    username = models.CharField(max_length=60, unique=True)
    # Copied from the directory so that sign-in pages can greet without knowing it.
    display_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CREATED)
    # Staff passwords are longer: 12 characters against 8 (IDN-3).
    is_staff_account = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Set when a school asks for another password (RGP-5): the former one leads to choosing it, and nowhere else.
    password_expired_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        indexes = (models.Index(fields=["email"], name="user_by_email"),)

    def __str__(self) -> str:
        return self.username

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == self.State.ACTIVE


class Session(AbstractBaseSession):
    """A signed-in device. Ninety days sliding; kept in the database, so that a restart signs nobody out (MOB-2)."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    last_seen_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[BaseSessionManager["Session"]] = BaseSessionManager()  # type: ignore[assignment]

    class Meta:
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from pupitre.accounts.sessions import SessionStore

        return SessionStore


class SignInFailures(models.Model):
    """Wrong passwords in a row for one typed name. Counted per account, never per address: a school is one address."""

    username = models.CharField(primary_key=True, max_length=60)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.username}: {self.failures}"


class ActivationCode(models.Model):
    """A printed code that opens an account once. Only its hash is kept.

    `proof_dates`: birth dates of which one must be typed (the student's own, or those of the guardian's children);
    empty when the source knows none, as for staff typed by the school.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="activation_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    proof_dates = ArrayField(models.DateField(), default=list)
    proof_is_child = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"code of {self.user_id}"

    @property
    def is_student(self) -> bool:
        """Whether its owner is told « tu »: somebody asked for their own birth date, who does not work here."""
        return bool(self.proof_dates) and not self.proof_is_child and not self.user.is_staff_account


class PasswordReset(models.Model):
    """A link sent by e-mail to choose a new password; single use, valid one day. Only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_resets")
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"reset of {self.user_id}"
