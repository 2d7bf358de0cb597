"""What a school opened to a service, and how many people use it."""

from pupitre.integrations.api.models import Access, Opening
from pupitre.integrations.services.models import Service


def opened_to(service: Service) -> list[str]:
    """The scopes that are open, in the open school; one statement."""
    opening = Opening.objects.filter(connector__service=service).first()
    return opening.scopes if opening else []


def readers_of(service: Service) -> int:
    """How many people let it read something; one statement."""
    return int(Access.objects.filter(connector__service=service).exclude(scopes=[]).count())
