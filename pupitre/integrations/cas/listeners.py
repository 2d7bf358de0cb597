"""A session that ends, however it ends: signed out here or from afar, a new password, an account suspended or closed."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from pupitre.accounts.models import Session
from pupitre.integrations.cas.services.ending import end_tickets


@receiver(post_delete, sender=Session, dispatch_uid="cas.end_tickets")
def end(instance: Session, **_kwargs: Any) -> None:
    """In the transaction that ends it."""
    end_tickets(instance.session_key)
