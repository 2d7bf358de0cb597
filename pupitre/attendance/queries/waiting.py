"""The dossiers whose family does not know yet."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from pupitre.attendance.models import AbsenceCase
from pupitre.attendance.transitions import State
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

RECENT = dt.timedelta(days=7)


def cases_to_tell(actor: Actor, ids: Sequence[int] | None = None) -> QuerySet[AbsenceCase]:
    """Those that the actor may tell, by name; of `ids` alone when it is given."""
    today = clock.today()
    rows = allowed(actor, "attendance.manage_case", AbsenceCase.objects.all()).filter(
        state__in=(State.REPORTED, State.TO_CONTACT), starts_on__lte=today, ends_on__gte=today - RECENT
    )
    rows = rows if ids is None else rows.filter(pk__in=ids)
    return rows.select_related("student__person").order_by("student__person__sort_key")
