"""Reads: which service an address belongs to, by which schools a person is admitted there, what the pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext

from pupitre.directory.identity import Identity, identify
from pupitre.directory.models import Group
from pupitre.directory.profiles import Profile
from pupitre.directory.queries import groups_with_counts
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text
from pupitre.integrations.services.addresses import Address
from pupitre.integrations.services.attributes import FILED, READ, SOURCES
from pupitre.integrations.services.facts import facts_of
from pupitre.integrations.services.holds import Hold, holds_of, reach_of
from pupitre.integrations.services.models import Connector, Disclosure, Service
from pupitre.integrations.services.releases import Told, told_of
from pupitre.integrations.services.tellings import TellingLine, tellings_offered


@dataclass(frozen=True, slots=True)
class Admission:
    """A school by which a person may use a service."""

    connector: Connector
    actor: Actor
    school: str


@dataclass(frozen=True, slots=True)
class Line:
    """A service on the console of a school; `connector` is None while nobody has opened it there."""

    service: Service
    connector: Connector | None
    reach: Sequence[Text] = ()

    @property
    def is_on(self) -> bool:
        return self.connector is not None and self.connector.is_on

    @property
    def facts(self) -> list[Text]:
        """What it receives beside the name of the user, in words, each once."""
        withheld = self.connector.withheld if self.connector else ()
        told = [SOURCES[source].label for name, source in self.service.attributes if name not in withheld]
        return list({str(label): label for label in told}.values())


@dataclass(frozen=True, slots=True)
class Tile:
    """A service on somebody's launcher. `told` is None when it learns nothing, or cannot be told who they are."""

    connector: Connector
    school: str
    told: Told | None
    disclosure: Disclosure | None
    hold: Hold | None = None

    @property
    def facts(self) -> list[tuple[Text, list[str]]]:
        """What it receives, in words: (fact, values)."""
        if self.told is None:
            return []
        sources = dict(self.connector.service.attributes)
        return [(SOURCES[sources[name]].label, _words(sources[name], values)) for name, values in self.told.attributes]

    @property
    def filed(self) -> list[Text]:
        """What a file has told it besides, in words."""
        return [FILED[name] for name in self.disclosure.names if name in FILED] if self.disclosure else []

    @property
    def read(self) -> list[Text]:
        """What it has read of them, in their name or in that of a guardian, in words."""
        names = self.disclosure.names if self.disclosure else ()
        return [label for name, label in READ.items() if name in names]


def _words(source: str, values: list[str]) -> list[str]:
    """Values as people read them: profiles go out under our own names."""
    return [str(Profile(value).label) for value in values] if source == "profile" else values


def services_at(address: Address, *, protocol: str | None = None) -> list[Service]:
    """The services to which an address belongs: those whose path says the most of it. One statement.

    Several schools may each have registered one that they share.
    """
    found = Service.objects.filter(origin=address.origin, ended_at=None)
    if protocol is not None:
        found = found.filter(protocol=protocol)
    under = [service for service in found if address.lies_under(service.path)]
    longest = max((len(service.path) for service in under), default=0)
    return [service for service in under if len(service.path) == longest]


def admissions(identity: Identity, services: Sequence[Service]) -> list[Admission]:
    """By which of their schools a person may use one of these services; one statement a school, each opened in turn."""
    owners = {service.establishment_id for service in services}
    found: list[Admission] = []
    for uai, roles in identity.schools.items():
        actor = identity.actor(uai)
        if actor is None or not (None in owners or actor.establishment_id in owners):
            continue
        with scope(actor.establishment_id):
            rows = Connector.objects.filter(service__in=services).select_related("service")
            mine = list(allowed(actor, "services.use_connector", rows).order_by("pk"))
        found += [Admission(connector, actor, roles[0].name) for connector in mine]
    return found


def still_admitted(session_key: str, establishment_id: int, services: Sequence[Service]) -> Connector | None:
    """By what whoever holds this session may use one of these services in a school today; two statements, the second with it open.

    None when the session is over, when they are nothing there any more, or when the school has shut the service to them since.
    """
    identity = identify(session_key, now=clock.now(), today=clock.today())
    actor = identity.actor_at(establishment_id) if identity else None
    if actor is None:
        return None
    with scope(establishment_id):
        rows = Connector.objects.filter(service__in=services).select_related("service").order_by("pk")
        found: Connector | None = allowed(actor, "services.use_connector", rows).first()
    return found


def lines_of_school(actor: Actor) -> list[Line]:
    """The services of the open school and those that its academy offers, by name; two or three statements."""
    services = list(allowed(actor, "services.view_service", Service.objects.order_by("name", "pk")))
    connectors = {connector.service_id: connector for connector in Connector.objects.all()}
    for service in services:
        if service.pk in connectors:
            connectors[service.pk].service = service
    reach = reach_of([connectors[service.pk] for service in services if service.pk in connectors])
    found = [(service, connectors.get(service.pk)) for service in services]
    return [Line(service, each, reach.get(each.pk, ()) if each else ()) for service, each in found]


def divisions_of_school(actor: Actor) -> list[Group]:
    """The classes that may be chosen for a service; one statement."""
    return list(groups_with_counts(actor).filter(kind=Group.Kind.DIVISION))


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody can open, and what rooms told of them outside any service: (school, line)."""

    tiles: list[Tile]
    tellings: list[tuple[str, TellingLine]]


def mine_of(actors: Iterable[tuple[Actor, str]]) -> Mine:
    """The launcher of a person over all their schools. Each school is opened in turn: four statements, and one a service."""
    mine = Mine([], [])
    for actor, school in actors:
        with scope(actor.establishment_id):
            rows = Connector.objects.select_related("service").order_by("service__name", "pk")
            usable = list(allowed(actor, "services.use_connector", rows))
            past = {each.connector_id: each for each in _disclosures(actor, usable)}
            held = holds_of(actor, usable)
            mine.tiles.extend(
                Tile(each, school, told_by(each, actor), past.get(each.pk), held.get(each.pk)) for each in usable
            )
            mine.tellings.extend((school, line) for line in tellings_offered(actor))
    return mine


def tile_of(admission: Admission) -> Tile:
    """The same for one service, before somebody agrees to it; one statement, in its open school."""
    return Tile(admission.connector, admission.school, told_by(admission.connector, admission.actor), None)


def has_agreed(connector: Connector, person_id: int) -> bool:
    """Whether somebody agreed to what this service receives, in the open school; one statement."""
    return Disclosure.objects.filter(connector=connector, person=person_id, agreed_at__isnull=False).exists()


def told_by(connector: Connector, actor: Actor) -> Told | None:
    """What a service is told of a person in the open school; None for a simple link."""
    service = connector.service
    if service.protocol == Service.Protocol.LINK:
        return None
    facts = facts_of(actor.person_id, service_id=service.pk)
    if facts is None:
        return None
    # Numbers are drawn at the first visit: the list is whole before it.
    drawn = gettext("un numéro, tiré à la première visite")
    facts = msgspec.structs.replace(facts, opaque=facts.opaque or drawn, pseudonym=facts.pseudonym or drawn)
    return told_of(facts, identifier=service.identifier, attributes=service.attributes, withheld=connector.withheld)


def _disclosures(actor: Actor, connectors: Sequence[Connector]) -> list[Disclosure]:
    if not connectors:
        return []
    return list(Disclosure.objects.filter(connector__in=connectors, person=actor.person_id))
