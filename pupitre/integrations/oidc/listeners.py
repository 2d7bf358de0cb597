"""A session that ends, however it ends."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from pupitre.accounts.models import Session
from pupitre.integrations.oidc.services.ending import end_grants


@receiver(post_delete, sender=Session, dispatch_uid="oidc.end_grants")
def end(instance: Session, **_kwargs: Any) -> None:
    """In the transaction that ends it."""
    end_grants(instance.session_key)
