"""What an account shows besides its password: a telephone, a passkey, a recovery code; and where it is not asked again."""

from django.db import models


class CodeGenerator(models.Model):
    """An application that makes six-digit codes (TOTP). Its secret is sealed; a code serves once: `last_step` is the last
    half-minute whose code was taken. Not confirmed: its owner has seen the square and has not typed a code yet.
    """

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="code_generator")
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"codes of {self.user_id}"


class Passkey(models.Model):
    """A key kept by a telephone, a computer or a token (WebAuthn). `credential` is public: its number and its public key."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="passkeys")
    number = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()
    # Grows at each use in keys that count; one that goes back is a copy.
    uses = models.BigIntegerField(default=0)
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"


class RecoveryCode(models.Model):
    """A code kept on paper for the day the telephone is lost; serves once. Only its hash is kept."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery of {self.user_id}"


class TrustedDevice(models.Model):
    """A browser that is not asked for the second factor until a day. The browser holds a token, of which the hash is here."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="trusted_devices")
    token_hash = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"
