"""Portraits of those who left go, every night."""

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.portraits.models import Portrait
from pupitre.portraits.services.photos import drop_photos


def forget_everywhere() -> list[str]:
    """Forget, in each school, the portraits of students who left; a line when there were any."""
    gone = 0
    for pk in Establishment.objects.order_by("pk").values_list("pk", flat=True):
        with scope(pk):
            gone += forget_gone()
    return [f"{gone:>8}  {_('portraits d’élèves partis effacés')}"] if gone else []


@transaction.atomic
def forget_gone() -> int:
    """Forget the portraits, and what families said, of those who left the open school; how many."""
    rows = list(Portrait.objects.filter(student__left_on__lt=clock.today()))
    drop_photos(rows)
    Portrait.objects.filter(pk__in=[each.pk for each in rows]).delete()
    return len(rows)
