from django.db import models


class Stamp(models.Model):
    """A counter per audience (`person:12`, `school:3`), raised by whoever changes what that audience sees.

    Not owned by a school: a stamp tells nothing but that something changed.
    """

    audience = models.CharField(primary_key=True, max_length=60)
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.audience}@{self.version}"


class AuditEntry(models.Model):
    """Who did what, where and when. Append-only: the application role may not change it.

    Not behind the wall class, which stands on a floor above: `establishment_id` is a plain number, walled by its own
    row-level policy.
    """

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    establishment_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["establishment_id", "-at"], name="audit_by_establishment"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
