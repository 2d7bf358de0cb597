"""A session that ends, however it ends: signed out, a new password, an account suspended or closed; a service that moves."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from pupitre.accounts.models import Session
from pupitre.foundation.events import follow
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.cas.services.ending import end_tickets
from pupitre.integrations.services.events import ServiceMoved


@receiver(post_delete, sender=Session, dispatch_uid="cas.end_tickets")
def end(instance: Session, **_kwargs: Any) -> None:
    """In the transaction that ends it."""
    end_tickets(instance.session_key)


@follow(ServiceMoved)
def forget(event: ServiceMoved) -> None:
    """Tickets of a service that moved: they were for another address, and nobody may be told anything there any more."""
    Ticket.objects.filter(service=event.service_id).delete()
