"""What goes wrong with a tool, noted in the schools concerned: their console says it in words, as for the other services."""

import datetime as dt

from django.db.models import Q

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.lti.models import Launch, Tool
from pupitre.integrations.lti.services.tools import digest_of
from pupitre.integrations.services.models import Connector

_AGAIN = dt.timedelta(minutes=1)
_MOST = 50


def note_failure(tool: Tool, code: str, *, establishment_id: int | None = None) -> None:
    """Note a code of `services/failures.py` in one school, or wherever the tool is at work; once a minute for the same one.

    A tool that speaks from its own server names no school: it is noted in the one it belongs to, or where somebody went to
    it since last night.
    """
    for each in [establishment_id] if establishment_id is not None else _where(tool):
        with scope(each):
            now = clock.now()
            just_said = Q(last_failure=code, last_failure_at__gt=now - _AGAIN)
            known = Connector.objects.filter(service=tool.service_id, is_on=True).exclude(just_said)
            known.update(last_failure_at=now, last_failure=code)


def school_of_hint(tool: Tool, login: str, message: str) -> int | None:
    """The school from which somebody was led to the tool; None when the hint is not ours. One statement."""
    rows = Launch.objects.filter(digest=digest_of(f"{login}.{message}"), tool=tool)
    return rows.values_list("establishment_id", flat=True).first()


def _where(tool: Tool) -> list[int]:
    if tool.service.establishment_id is not None:
        return [tool.service.establishment_id]
    return list(Launch.objects.filter(tool=tool).values_list("establishment_id", flat=True).distinct()[:_MOST])
