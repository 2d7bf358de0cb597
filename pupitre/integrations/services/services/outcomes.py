"""How a service goes in a school: what it was told, its last success, its last failure in words."""

import datetime as dt

from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from pupitre.foundation import clock
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.facts import Facts, facts_of
from pupitre.integrations.services.models import Connector, Disclosure, Service
from pupitre.integrations.services.outside import Unreachable, call
from pupitre.integrations.services.releases import Told, told_of
from pupitre.integrations.services.services.registering import draw_pseudonym

# What was told before stays told: a file may have said more than a sign-on does.
# A success is noted once a minute: everybody signs in at the hour, and one row cannot be written by all.
_DISCLOSE = """
with success as (
  -- Signing in says nothing of a tool that is read: it may take people in and answer our server nothing.
  update services_connector set last_success_at = %(now)s, failing_since_at = case when reader > '' then failing_since_at end
  where establishment_id = %(school)s and id = %(connector)s
    and (last_success_at is null or last_success_at <= %(now)s - interval '1 minute'))
insert into services_disclosure as d (establishment_id, connector_id, person_id, names, times, first_at, last_at)
values (%(school)s, %(connector)s, %(person)s, %(names)s, 1, %(now)s, %(now)s)
on conflict (establishment_id, connector_id, person_id)
do update set
  names = excluded.names || array(select n from unnest(d.names) with ordinality t (n, i) where n <> all(excluded.names) order by i),
  times = d.times + 1, last_at = excluded.last_at
"""


class NotHere(LookupError):
    """The person has no open account, or is nothing in this school any more."""


def disclose(connector: Connector, *, person_id: int) -> Told:
    """What the service is told of a person in the open school, noted in the log and as a success; two statements.

    Raises NotHere, and Unnameable of `releases`.
    """
    service = connector.service
    facts = facts_of(person_id, service_id=service.pk)
    if facts is None:
        raise NotHere(person_id)
    told = _told(connector, facts)
    names = [name for name, _values in told.attributes]
    with connection.cursor() as cursor:
        cursor.execute(
            _DISCLOSE,
            {
                "school": connector.establishment_id,
                "connector": connector.pk,
                "person": person_id,
                "names": names,
                "now": clock.now(),
            },
        )
    return told


def _told(connector: Connector, facts: Facts) -> Told:
    service = connector.service
    wanted = {service.identifier, *(source for _name, source in service.attributes)}
    missing: list[Service | None] = []
    if facts.pseudonym is None and wanted & {"pseudonym", "technical_email"}:
        missing.append(service)
    if facts.opaque is None and "opaque" in wanted:
        missing.append(None)
    if missing:
        for each in missing:
            draw_pseudonym(person_id=facts.person, service=each)
        facts = facts_of(facts.person, service_id=service.pk) or facts
    return told_of(facts, identifier=service.identifier, attributes=service.attributes, withheld=connector.withheld)


def agree(connector: Connector, *, person_id: int) -> None:
    """Note that somebody agreed to what this service receives, in the open school. Nothing has been told yet."""
    now = clock.now()
    Disclosure.objects.update_or_create(
        connector=connector,
        person_id=person_id,
        defaults={"agreed_at": now},
        create_defaults={"agreed_at": now, "first_at": now, "last_at": now},
    )


def failed(connector_id: int, code: str, *, is_ill: bool = True) -> None:
    """Note what went wrong last, in the open school, and since when if it would for anybody (`is_ill`); one statement."""
    now = clock.now()
    since = {"failing_since_at": Coalesce("failing_since_at", Value(now))} if is_ill else {}
    Connector.objects.filter(pk=connector_id).update(last_failure_at=now, last_failure=code, **since)


def succeeded(connector_id: int) -> None:
    """Note that it answered our server, in the open school, once a minute; one statement."""
    now = clock.now()
    is_news = Q(last_success_at=None) | Q(last_success_at__lte=now - dt.timedelta(minutes=1))
    known = Connector.objects.filter(is_news | Q(failing_since_at__isnull=False), pk=connector_id)
    known.update(last_success_at=now, failing_since_at=None)


def worked(connector_id: int) -> None:
    """Note that a trial succeeded, in the open school; one statement."""
    Connector.objects.filter(pk=connector_id).update(last_success_at=clock.now(), failing_since_at=None)


def try_address(launch_url: str) -> str:
    """Call an address, as its first visitor would, and note nothing: the code of what went wrong, or « ».

    No transaction should be open meanwhile.
    """
    try:
        answer = call(parse_address(launch_url), seconds=4)
    except Unreachable as no:
        return no.code
    # Sent elsewhere to sign in, or refused without it: the service is there.
    return "" if answer.status < 400 or answer.status in (401, 403) else "status"


def note_trial(connector: Connector, code: str) -> None:
    """Note what came of a trial, in the open school."""
    if code:
        failed(connector.pk, code)
    else:
        worked(connector.pk)
