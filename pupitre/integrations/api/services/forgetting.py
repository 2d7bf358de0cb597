"""What serves no more: the log after a year, agreements that nobody used for a year, counts of a past minute."""

import datetime as dt

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.ui.french import number
from pupitre.integrations.api.models import Access, Pace, Reading

KEPT = dt.timedelta(days=365)


def forget_readings() -> list[str]:
    """Delete it, each school in turn."""
    now, count = clock.now(), 0
    Pace.objects.filter(began_at__lt=now - dt.timedelta(hours=1)).delete()
    for establishment_id in Establishment.objects.values_list("pk", flat=True):
        with scope(establishment_id):
            count += Reading.objects.filter(read_on__lt=(now - KEPT).date()).delete()[0]
            last = Coalesce(F("used_at"), F("agreed_at"))
            Access.objects.alias(last_at=last).filter(last_at__lt=now - KEPT).delete()
    return [_("%(count)s lectures d’applications effacées du journal.") % {"count": number(count)}] if count else []
