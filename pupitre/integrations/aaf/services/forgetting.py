"""What the directory no longer says is forgotten. Every night, safe to do twice."""

import datetime as dt

from django.db import connection
from django.utils.translation import gettext as _

from pupitre.foundation import clock
from pupitre.integrations.aaf import sql
from pupitre.integrations.aaf.models import ArchivePiece, Batch

WAITS = dt.timedelta(days=7)
"""How long an archive that nobody could read waits, sealed."""
KEPT = dt.timedelta(days=730)
GONE = dt.timedelta(days=365)


def forget_everywhere() -> list[str]:
    """Forget archives never read, the reports of two years ago, and records gone for a year that no school still holds."""
    now = clock.now()
    ArchivePiece.objects.filter(batch__created_at__lt=now - WAITS).delete()
    Batch.objects.filter(created_at__lt=now - KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute(sql.FORGET_GONE, {"before": clock.today() - GONE})
        count = cursor.rowcount
    return [_("%(n)s fiches de l’annuaire oubliées.") % {"n": count}] if count else []
