"""Incidents as the alerts of the school count them: grave enough, and of those at fault (ATT-27, ATT-36)."""

import datetime as dt
from collections.abc import Iterable

from pupitre.directory.watching import Event
from pupitre.discipline.models import IncidentPerson
from pupitre.discipline.models.incidents import COUNTED_FROM


def incidents_since(since: dt.date) -> Iterable[Event]:
    """Who was at fault in an incident of the third level or more, and when; one statement."""
    rows = IncidentPerson.objects.filter(
        role=IncidentPerson.Role.OFFENDER,
        student__isnull=False,
        incident__gravity__gte=COUNTED_FROM,
        incident__happened_on__gte=since,
    )
    return rows.values_list("student_id", "incident__happened_on", "incident__happened_at")
