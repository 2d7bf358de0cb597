"""Keeping what tools say of people: asked for by pages, fetched by jobs, a person and a tool at a time."""

import datetime as dt
import logging
import random
from typing import Any

from django.db import connection
from django.db.models import F

from pupitre.accounts.models import Session
from pupitre.directory.identity import Identity, identify
from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.jobs import enqueue_once
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience
from pupitre.integrations.services.copies import STALE, sections_as_rows, shortened
from pupitre.integrations.services.models import Connector, OutsideCopy, Service
from pupitre.integrations.services.outside import Unreachable
from pupitre.integrations.services.readers import Asked, Found, NoAnswer, Reader, reader_of
from pupitre.integrations.services.services.breaker import it_answered, it_failed, may_ask
from pupitre.integrations.services.services.outcomes import failed, succeeded, worked

JOB, TRIAL = "services.refresh_copy", "services.try_reader"
_AGAIN = dt.timedelta(minutes=1)
_LONGEST_WAIT = dt.timedelta(hours=1)
LANES = 3
"""How many readings of a tool may go on at once, when it is well."""
# Two views of one person ask once, and so do the two tabs of a family.
_CLAIM = """
insert into services_outsidecopy as c
  (establishment_id, connector_id, person_id, glance, whole, failures, failure, asked_at)
values (%(school)s, %(connector)s, %(person)s, '{}', '{}', 0, '', %(now)s)
on conflict (establishment_id, person_id, connector_id) do update set asked_at = excluded.asked_at
where coalesce(c.next_try_at, c.fetched_at + %(stale)s, '-infinity') <= %(now)s
  and (c.asked_at is null or c.asked_at <= %(now)s - %(again)s)
returning c.id
"""
_log = logging.getLogger(__name__)


def read_with(connector: Connector, *, actor: Actor, reader: str) -> None:
    """Have a tool of the open school read from now on, or not any more (« »): what was kept of it is then deleted."""
    known = reader_of(reader)
    Connector.objects.filter(pk=connector.pk).update(reader=reader, read_for=sorted(known.profiles) if known else [])
    if not reader:
        OutsideCopy.objects.filter(connector=connector).delete()
    raise_stamps([school_audience(connector.establishment_id)])
    audit.record(actor, "services.read", connector, reader=reader)


def ask_for_copy(connector: Connector, *, actor: Actor) -> bool:
    """Have the copy of the actor made again when it is old enough, by a job; whether it was asked. Two statements, nobody waits."""
    facts: dict[str, Any] = {
        "school": connector.establishment_id,
        "connector": connector.pk,
        "person": actor.person_id,
        "now": clock.now(),
        "stale": STALE,
        "again": _AGAIN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, facts)
        if cursor.fetchone() is None:
            return False
    return enqueue_once(
        JOB,
        once=f"copy-{connector.pk}-{actor.person_id}",
        # What people sent goes first.
        lock=_lane(connector.service, actor.person_id),
        priority=-10,
        establishment_id=connector.establishment_id,
        connector_id=connector.pk,
        person_id=actor.person_id,
    )


def _lane(service: Service, person_id: int) -> str:
    """Those of a lane are asked for one after the other. A tool that has just failed has one: it holds one worker at most."""
    lane = 0 if service.failures else person_id % LANES
    return f"outside-{service.pk}-{lane}"


def refresh_copy(*, establishment_id: int, connector_id: int, person_id: int) -> bool:
    """Ask the tool and keep its answer; whether there was one. Nothing is held in the database while it is asked."""
    prepared = _prepare(establishment_id, connector_id, person_id)
    if prepared is None:
        return False
    reader, asked = prepared
    try:
        found = reader.fetch(asked)
    except (NoAnswer, Unreachable) as no:
        _note(asked, no.code, is_ill=getattr(no, "is_ill", True))
        return False
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
        # What a tool sends may break neither the queue nor its own back-off.
        _log.exception("copies: reader %s, connector %s", reader.key, connector_id)
        _note(asked, "unreadable", is_ill=True)
        return False
    _keep(asked, found)
    return True


def ask_for_trial(connector: Connector, *, actor: Actor, reader: str) -> None:
    """Have a tool tried with the account of the actor, by a job: the page says what came of it, nothing is kept of them."""
    enqueue_once(
        TRIAL,
        once=f"trial-{connector.pk}",
        lock=f"outside-{connector.service_id}-0",
        establishment_id=connector.establishment_id,
        connector_id=connector.pk,
        person_id=actor.person_id,
        reader=reader,
    )


def try_reader(*, establishment_id: int, connector_id: int, person_id: int, reader: str) -> str:
    """Ask a tool, even one that is left alone; the code of what went wrong, « » when it answered, even that it knows nobody."""
    identity, known = _signed_in(person_id), reader_of(reader)
    with scope(establishment_id):
        connector = Connector.objects.filter(pk=connector_id, is_on=True).select_related("service").first()
        uai = Establishment.objects.values_list("uai", flat=True).get(pk=establishment_id)
    if identity is None or known is None or connector is None:
        return "nobody"
    code = ""
    try:
        known.fetch(Asked(connector, identity, uai))
    except (NoAnswer, Unreachable) as no:
        code = "" if no.code == "nobody" else no.code
    with scope(establishment_id):
        if code:
            failed(connector.pk, code)
        else:
            worked(connector.pk)
            it_answered(connector.service)
    return code


def _prepare(establishment_id: int, connector_id: int, person_id: int) -> tuple[Reader, Asked] | None:
    """Who may still be answered, and how: they are signed in, may use the service, and it is not left alone."""
    identity = _signed_in(person_id)
    with scope(establishment_id):
        uai = Establishment.objects.values_list("uai", flat=True).get(pk=establishment_id)
        actor = identity.actor(uai) if identity else None
        if identity is None or actor is None:
            return None
        rows = allowed(actor, "services.use_connector", Connector.objects.select_related("service"))
        connector = rows.filter(pk=connector_id).first()
        reader = reader_of(connector.reader) if connector else None
        if connector is None or reader is None or not may_ask(connector.service):
            return None
        return reader, Asked(connector, identity, uai)


def _signed_in(person_id: int) -> Identity | None:
    now = clock.now()
    user = Person.objects.filter(pk=person_id).values("user")
    sessions = Session.objects.filter(user__in=user, expire_date__gt=now).order_by("-last_seen_at")
    key = sessions.values_list("session_key", flat=True).first()
    return identify(key, now=now, today=clock.today()) if key else None


def _keep(asked: Asked, found: Found) -> None:
    connector, person, now = asked.connector, asked.identity.person, clock.now()
    glance = {str(about): sections_as_rows(shortened(sections)) for about, sections in found.about.items()}
    with scope(connector.establishment_id):
        OutsideCopy.objects.filter(connector=connector, person=person).update(
            glance=glance,
            whole=found.whole,
            fetched_at=now,
            failures=0,
            failure="",
            next_try_at=now + STALE * _spread(0.8, 1),
        )
        it_answered(connector.service)
        succeeded(connector.pk)
        raise_stamps([person_audience(person)])


def _note(asked: Asked, code: str, *, is_ill: bool) -> None:
    """What is shown stays; it is tried again after two minutes, then four, up to an hour, not everybody at once."""
    connector, person, now = asked.connector, asked.identity.person, clock.now()
    with scope(connector.establishment_id):
        copies = OutsideCopy.objects.filter(connector=connector, person=person)
        copies.update(failures=F("failures") + 1, failure=code)
        count = copies.values_list("failures", flat=True).first() or 1
        wait = min(dt.timedelta(minutes=1) * 2 ** min(count, 6), _LONGEST_WAIT)
        copies.update(next_try_at=now + wait * _spread(0.8, 1.2))
        failed(connector.pk, code, is_ill=is_ill)
        if is_ill:
            it_failed(connector.service)
        raise_stamps([person_audience(person)])


def _spread(least: float, most: float) -> float:
    """By how much a wait is made longer or shorter: people who came at the same bell do not come back in the same minute."""
    return random.uniform(least, most)  # noqa: S311 # nosec B311 - spreads, hides nothing
