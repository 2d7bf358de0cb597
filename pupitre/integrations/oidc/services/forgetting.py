"""Codes and tokens that serve no more."""

from django.db.models import Exists, OuterRef

from pupitre.accounts.models import Session
from pupitre.foundation import clock
from pupitre.integrations.oidc.models import Grant
from pupitre.integrations.oidc.services.keys import rotate


def forget_grants() -> list[str]:
    """Delete what has expired, and turn the keys.

    The code from which all came is left while the session lives: its service is told of the end by it, weeks later sometimes.
    """
    now = clock.now()
    session = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    to_tell = Grant.objects.filter(Exists(session), kind=Grant.Kind.CODE, subject__gt="")
    Grant.objects.filter(expires_at__lt=now).exclude(pk__in=to_tell.values("pk")).delete()
    return rotate()
