"""Portraits of those who left go, every night; so do the reports of large zips, after a week."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.files import shelf
from pupitre.foundation import clock
from pupitre.portraits.models import PhotoRun, Portrait
from pupitre.portraits.services.photos import drop_photos

RUNS_KEPT = dt.timedelta(days=7)
"""How long what became of each file of a zip can be read: it names students."""


def forget_everywhere() -> list[str]:
    """Forget, in each school, the portraits of students who left; a line when there were any."""
    gone = 0
    for pk in Establishment.objects.order_by("pk").values_list("pk", flat=True):
        with scope(pk):
            gone += forget_gone()
            forget_runs()
    return [f"{gone:>8}  {_('portraits d’élèves partis effacés')}"] if gone else []


@transaction.atomic
def forget_gone() -> int:
    """Forget the portraits, and what families said, of those who left the open school; how many."""
    rows = list(Portrait.objects.filter(student__left_on__lt=clock.today()))
    drop_photos(rows)
    Portrait.objects.filter(pk__in=[each.pk for each in rows]).delete()
    return len(rows)


@transaction.atomic
def forget_runs() -> int:
    """Forget the large zips of a week ago, read or not, in the open school; how many."""
    rows = list(PhotoRun.objects.filter(asked_at__lt=clock.now() - RUNS_KEPT).only("key"))
    PhotoRun.objects.filter(pk__in=[each.pk for each in rows]).delete()
    transaction.on_commit(partial(shelf.forget, [each.key for each in rows if each.key]))
    return len(rows)
