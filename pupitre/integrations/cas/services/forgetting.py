"""Tickets that serve no more."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from pupitre.foundation import clock
from pupitre.foundation.ui.french import number
from pupitre.integrations.cas.models import Ticket

KEPT = dt.timedelta(days=7)
"""How long a service may still be told that a session ended; beyond, it has ended its own."""


def forget_tickets() -> list[str]:
    """Delete what has expired: service tickets that opened a session after a week, the others the same night."""
    now = clock.now()
    is_telling = Q(kind=Ticket.Kind.SERVICE, used_at__gt=now - KEPT)
    count, _by = Ticket.objects.filter(expires_at__lt=now).exclude(is_telling).delete()
    return [_("%(count)s tickets de services extérieurs effacés.") % {"count": number(count)}] if count else []
