"""Codes and tokens that serve no more."""

from pupitre.foundation import clock
from pupitre.integrations.oidc.models import Grant
from pupitre.integrations.oidc.services.keys import rotate


def forget_grants() -> list[str]:
    """Delete what has expired, and turn the keys."""
    Grant.objects.filter(expires_at__lt=clock.now()).delete()
    return rotate()
