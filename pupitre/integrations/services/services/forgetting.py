"""Copies that serve no more."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.ui.french import number
from pupitre.integrations.services.models import OutsideCopy

KEPT = dt.timedelta(days=30)
"""How long what a tool said of somebody is kept when they do not come back."""


def forget_copies() -> list[str]:
    """Delete what nobody came to see for a month, and what was read in a tool that is shut since; each school in turn."""
    count, before = 0, clock.now() - KEPT
    for establishment_id in Establishment.objects.values_list("pk", flat=True):
        with scope(establishment_id):
            old = Q(asked_at__lt=before) | Q(connector__is_on=False) | Q(connector__service__ended_at__isnull=False)
            count += OutsideCopy.objects.filter(old).delete()[0]
    return [_("%(count)s copies d’autres outils effacées.") % {"count": number(count)}] if count else []
