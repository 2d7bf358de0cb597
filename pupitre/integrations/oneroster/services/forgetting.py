"""Files that serve no more."""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.ui.french import number
from pupitre.integrations.oneroster.keeping import COMPARED, OPEN, REMEMBERED
from pupitre.integrations.oneroster.models import RosterFile


def forget_files() -> list[str]:
    """Erase what the files hold, in time, then the files; each school in turn."""
    count, now = 0, clock.now()
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            files = RosterFile.objects.filter(asked_at__lt=now - OPEN)
            # What is compared goes on, out of reach: `whole` is never handed over.
            files.filter(taken_at__isnull=False, whole=None).exclude(data=None).update(whole=F("data"))
            old = Q(taken_at=None) | Q(taken_at__lt=now - COMPARED)
            holding = Q(data__isnull=False) | Q(whole__isnull=False) | ~Q(left_out=[]) | ~Q(people={})
            files.exclude(data=None).update(data=None)
            count += files.filter(old & holding).update(whole=None, left_out=[], people={})
            RosterFile.objects.filter(asked_at__lt=now - REMEMBERED).delete()
    return [_("%(count)s fichiers OneRoster effacés.") % {"count": number(count)}] if count else []
