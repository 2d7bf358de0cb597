"""What is not kept: old reports, which name people."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.moodle.models import Report

KEPT = dt.timedelta(days=90)


def forget_everywhere() -> list[str]:
    """Delete the reports of more than three months; a line a school."""
    lines = []
    for pk, uai in Establishment.objects.order_by("pk").values_list("pk", "uai"):
        with scope(pk):
            old = Report.objects.filter(created_at__lt=clock.now() - KEPT).exclude(state=Report.State.APPLYING)
            count = old.count()
            old.delete()
        if count:
            lines.append(f"{uai}  {count:>6}  {_('comparaisons avec Moodle de plus de trois mois effacées')}")
    return lines
