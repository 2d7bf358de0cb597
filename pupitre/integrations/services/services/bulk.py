"""Telling a service of many people at once, outside any sign-on: a file, accounts made in it. Logged like the rest."""

import json
from collections.abc import Collection, Mapping

from django.db import connection

from pupitre.foundation import clock
from pupitre.integrations.services.models import Connector

# What was told before stays told: the names are joined. Whoever was deleted meanwhile has no log any more.
_DISCLOSE = """
insert into services_disclosure as d (establishment_id, connector_id, person_id, names, times, first_at, last_at)
select %(school)s, %(connector)s, t.person, t.names, 1, %(now)s, %(now)s
from jsonb_to_recordset(%(told)s::jsonb) as t (person bigint, names varchar[])
join directory_person p on p.id = t.person
order by t.person
on conflict (establishment_id, connector_id, person_id)
do update set
  names = array(select distinct unnest(d.names || excluded.names) order by 1), times = d.times + 1, last_at = excluded.last_at
"""


def disclosed(connector: Connector, told: Mapping[int, Collection[str]]) -> None:
    """Note in the log, in the open school, what a service has just been told of many: by person, the names of the facts.

    One statement whatever their number. Called once they really were told, never before.
    """
    if not told:
        return
    rows = [{"person": person, "names": sorted(names)} for person, names in told.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            _DISCLOSE,
            {
                "school": connector.establishment_id,
                "connector": connector.pk,
                "told": json.dumps(rows),
                "now": clock.now(),
            },
        )
