"""Registering a service, changing it, withdrawing it."""

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from pupitre.directory.models import Group
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.models import Connector, ConnectorGroup, Pseudonym, Service
from pupitre.integrations.services.releases import Release, releases

_PAIRWISE = {Service.Protocol.OIDC, Service.Protocol.LTI}
LTI_NAMES = ("name", "given_name", "family_name", "email")
"""Of a model, what LTI has a name for: the rest is not told, hence not listed."""


class NobodyChosen(ValueError):
    """A service cannot be opened before one knows to whom."""


@transaction.atomic
def register_service(
    *,
    actor: Actor,
    name: str,
    purpose: str,
    protocol: str,
    address: str,
    launch_url: str,
    release: str,
    for_academy: bool = False,
    proxy_callback: str = "",
) -> Service:
    """Register a service in the open school, or for all the schools of its academy. It is open to nobody yet.

    What it is told is copied from the named model, and lives its own life from then on. Raises WrongAddress.
    """
    parsed, model = parse_address(address), releases()[release]
    if launch_url:
        parse_address(launch_url)
    if proxy_callback:
        parse_address(proxy_callback)
    academy = Establishment.objects.get(pk=actor.establishment_id).academy if for_academy else ""
    service = Service.objects.create(
        name=name,
        purpose=purpose,
        establishment_id=None if for_academy else actor.establishment_id,
        academy=academy,
        protocol=protocol,
        origin=parsed.origin,
        path=parsed.path,
        launch_url=launch_url or address,
        release=model.key,
        proxy_callback=proxy_callback,
        **told_by(model, protocol),
    )
    audit.record(actor, "services.register", service, origin=parsed.origin, release=model.key)
    return service


def told_by(model: Release, protocol: str) -> dict[str, Any]:
    """What a service of this protocol is told by a model: under which number, and what."""
    return {
        # A name of its own for each service (pairwise): what OpenID Connect and LTI ask.
        "identifier": Service.Identifier.PSEUDONYM if protocol in _PAIRWISE else model.identifier,
        "attributes": [
            list(pair) for pair in model.attributes if protocol != Service.Protocol.LTI or pair[0] in LTI_NAMES
        ],
    }


@transaction.atomic
def withdraw_service(service: Service, *, actor: Actor) -> None:
    """Take a service away from every school. What it was told stays in the log, its numbers are given to nobody else."""
    Service.objects.filter(pk=service.pk).update(ended_at=clock.now())
    audit.record(actor, "services.withdraw", service)


@transaction.atomic
def set_connector(
    service: Service,
    *,
    actor: Actor,
    is_on: bool,
    profiles: Collection[str],
    groups: Collection[Group],
    withheld: Collection[str],
) -> Connector:
    """Open or shut a service in the open school, and say to whom and what of. Raises NobodyChosen."""
    if is_on and not profiles:
        raise NobodyChosen(service.pk)
    names = {name for name, _source in service.attributes}
    facts: Mapping[str, Any] = {
        "is_on": is_on,
        "profiles": sorted(profiles),
        "withheld": sorted(names & set(withheld)),
    }
    connector, _created = Connector.objects.update_or_create(service=service, defaults=facts)
    connector.groups.exclude(group__in=groups).delete()
    held = set(connector.groups.values_list("group_id", flat=True))
    ConnectorGroup.objects.bulk_create(
        ConnectorGroup(establishment_id=connector.establishment_id, connector=connector, group=group)
        for group in groups
        if group.pk not in held
    )
    _tell_homes(connector)
    audit.record(actor, "services.set", service, is_on=is_on, profiles=facts["profiles"], withheld=facts["withheld"])
    return connector


@transaction.atomic
def switch_connector(service: Service, *, actor: Actor, is_on: bool) -> Connector:
    """Open or shut a service in the open school, as it was set. Raises NobodyChosen."""
    connector, _created = Connector.objects.get_or_create(service=service)
    if is_on and not connector.profiles:
        raise NobodyChosen(service.pk)
    connector.is_on = is_on
    connector.save(update_fields=["is_on"])
    _tell_homes(connector)
    audit.record(actor, "services.switch", service, is_on=is_on)
    return connector


def _tell_homes(connector: Connector) -> None:
    """The homes of a school show what is read in its tools."""
    if connector.reader:
        raise_stamps([school_audience(connector.establishment_id)])


def draw_pseudonym(*, person_id: int, service: Service | None) -> str:
    """The number by which a service knows a person, drawn the first time: 128 random bits, never anybody else's."""
    Pseudonym.objects.bulk_create(
        [Pseudonym(person_id=person_id, service=service, value=secrets.token_hex(16))], ignore_conflicts=True
    )
    return Pseudonym.objects.get(person_id=person_id, service=service).value


def draw_common_numbers(people: Collection[int]) -> None:
    """The number that is the same for all services, drawn for those who have none; one statement."""
    Pseudonym.objects.bulk_create(
        [Pseudonym(person_id=person, service=None, value=secrets.token_hex(16)) for person in people],
        ignore_conflicts=True,
    )
