"""A session that ends, however it ends; a service that moves, or is told something else."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from pupitre.accounts.models import Session
from pupitre.foundation.events import follow
from pupitre.integrations.oidc.services.clients import drop_former_addresses
from pupitre.integrations.oidc.services.ending import end_grants
from pupitre.integrations.oidc.services.granting import revoke_service
from pupitre.integrations.services.events import AgreementsCleared, ServiceMoved


@receiver(post_delete, sender=Session, dispatch_uid="oidc.end_grants")
def end(instance: Session, **_kwargs: Any) -> None:
    """In the transaction that ends it."""
    end_grants(instance.session_key)


@follow(ServiceMoved)
def forget(event: ServiceMoved) -> None:
    """Nobody is sent to the old address any more, nor told there that somebody left: the new ones are set anew."""
    revoke_service(event.service_id)
    drop_former_addresses(event.service_id)


@follow(AgreementsCleared)
def ask_again(event: AgreementsCleared) -> None:
    """No token goes on telling more than what its owner agreed to."""
    revoke_service(event.service_id)
