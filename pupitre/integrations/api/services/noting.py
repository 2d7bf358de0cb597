"""The log of what applications read: once a day, a scope and a person, however often they come."""

import datetime as dt
from typing import Any

from django.db import connection

from pupitre.foundation import clock
from pupitre.integrations.api.models import Access
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.services.services.bulk import disclosed
from pupitre.integrations.services.services.outcomes import succeeded

Note = tuple[int, int, str, dt.date]
"""An access, whom it told of, with which scope, on which day."""
_MOST = 20_000
# What this process knows to be written: a call that comes again writes nothing.
_noted: set[Note] = set()

_READ = """
insert into api_reading (establishment_id, connector_id, reader_id, about_id, scope, read_on, first_at)
select %(school)s, %(connector)s, %(reader)s, about, %(scope)s, %(today)s, %(now)s
from unnest(%(about)s::bigint[]) about order by about
on conflict do nothing returning about_id
"""


def note(call: Call, scope: str, about: set[int]) -> set[Note]:
    """Write in the open school what is being told, where this day did not yet; what to `remember` once it is committed.

    No statement for what this process already knows; else one, and three more when it really is the first time that day.
    """
    today = clock.today()
    new = {each for each in ((call.access, person, scope, today) for person in about) if each not in _noted}
    if not new:
        return new
    facts: dict[str, Any] = {
        "school": call.actor.establishment_id, "connector": call.connector.pk, "reader": call.actor.person_id,
        "scope": scope, "today": today, "now": clock.now(), "about": sorted(person for _a, person, _s, _d in new),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_READ, facts)
        told = [person for (person,) in cursor.fetchall()]
    if told:
        disclosed(call.connector, {person: [scope] for person in told})
        Access.objects.filter(pk=call.access).update(used_at=clock.now())
        succeeded(call.connector.pk)
    return new


def remember(notes: set[Note]) -> None:
    """Keep in this process what is written for good."""
    if len(_noted) > _MOST:
        _noted.clear()
    _noted.update(notes)
