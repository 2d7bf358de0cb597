"""The page of resources of somebody in a school: what the GAR said, the links of the school, why something is missing."""

import datetime as dt
from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext as _

from pupitre.directory.models import Affiliation
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.asking import KEY
from pupitre.integrations.gar.models import Assigner, Delivery, Enrolment, Favourite, SchoolDelivery
from pupitre.integrations.gar.resources import Resource
from pupitre.integrations.gar.words import WHY
from pupitre.integrations.services.copies import STALE
from pupitre.integrations.services.models import Connector, OutsideCopy

_SENT = {Profile.STUDENT, *STAFF} - {Profile.ACADEMY_ADMIN}
_decode = msgspec.convert


@dataclass(frozen=True, slots=True)
class Tile:
    """Something to open. `key` names it among favourites; `connector`: the service it is, when it is one."""

    key: str
    title: str
    detail: str
    url: str
    is_favourite: bool
    about: tuple[str, ...] = ()
    connector: Connector | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. `read`: the connector by which the GAR is asked, when it is open to this person."""

    favourites: list[Tile]
    resources: list[Tile]
    links: list[Tile]
    read: Connector | None
    copy: OutsideCopy | None
    total: int

    @property
    def has_resources(self) -> bool:
        """Whether the GAR gave any, among the favourites or not."""
        return any(each.connector is None for each in (*self.favourites, *self.resources))

    @property
    def is_due(self) -> bool:
        """Whether a newer answer should be asked for."""
        if self.read is None:
            return False
        return self.copy is None or self.copy.fetched_at is None or self.copy.fetched_at + STALE <= clock.now()


def page_of(actor: Actor, words: str) -> Page:
    """The page of somebody in the open school, narrowed to some words; three statements."""
    open_to_me = allowed(actor, "services.use_connector", Connector.objects.select_related("service"))
    connectors = list(open_to_me.order_by("service__name", "pk"))
    read = next((each for each in connectors if each.reader == KEY), None)
    copy = OutsideCopy.objects.filter(connector=read, person=actor.person_id).first() if read else None
    held = _decode((copy.whole if copy else {}).get("resources", []), list[Resource])
    liked = set(allowed(actor, "gar.change_favourite", Favourite.objects.all()).values_list("key", flat=True))
    asked = words.casefold().split()
    tiles = [_of_resource(each, liked) for each in held if each.speaks_of(asked)]
    links = [_of_service(each, liked) for each in connectors if each.reader != KEY and _speaks_of(each, asked)]
    return Page(
        [each for each in (*tiles, *links) if each.is_favourite],
        [each for each in tiles if not each.is_favourite],
        [each for each in links if not each.is_favourite],
        read,
        copy,
        len(held) + sum(1 for each in connectors if each.reader != KEY),
    )


def _of_resource(each: Resource, liked: set[str]) -> Tile:
    key = f"gar:{each.key}"
    return Tile(key, each.title, each.editor, each.url, key in liked, tuple(each.about))


def _of_service(each: Connector, liked: set[str]) -> Tile:
    key, service = f"service:{each.service_id}", each.service
    return Tile(key, service.name, service.purpose, service.launch_url, key in liked, connector=each)


def _speaks_of(each: Connector, words: list[str]) -> bool:
    text = f"{each.service.name} {each.service.purpose}".casefold()
    return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class Missing:
    """Why somebody may not see a resource: sentences, and who assigns, to be asked. `arrived`: names since the last delivery."""

    sentences: list[str]
    assigners: list[str]
    arrived: list[str]


def missing_for(actor: Actor, read: Connector | None) -> Missing:
    """What can be said of resources that are not there; four statements at most. Names of others for the staff alone."""
    if not actor.profiles & _SENT:
        return Missing([], [], [])
    is_staff = bool(actor.profiles & STAFF)
    if not Enrolment.objects.exists():
        return Missing(
            [_("L’établissement n’est pas inscrit au GAR : il n’y a pas encore de ressources achetées à ouvrir ici.")],
            [],
            [],
        )
    sentences = [] if read else [_("Les ressources du GAR ne sont pas encore ouvertes ici.")]
    if not (read or is_staff):
        return Missing(sentences, [], [])
    last = SchoolDelivery.objects.select_related("delivery").order_by("-delivery__started_at").first()
    taken = last if last and last.delivery.state == Delivery.State.SENT else _last_sent()
    if taken is None:
        sentences.append(_("Aucun dépôt n’est encore parvenu au GAR : les ressources viendront après le premier."))
    elif last is not taken and last is not None and is_staff:
        sentences.append(f"{_('Le dernier dépôt n’est pas parti.')} {WHY.get(last.delivery.why, '')}")
    arrived = _arrived_since(taken.delivery.started_at, actor, everyone=is_staff) if taken else []
    if any(person == actor.person_id for person, _name in arrived):
        sentences.append(
            _("Le GAR ne vous connaît pas encore : ce sera fait au prochain dépôt, la nuit prochaine.")
            if is_staff
            else _("Le GAR ne te connaît pas encore : ce sera fait au prochain dépôt, la nuit prochaine.")
        )
    named = [str(each.person) for each in Assigner.objects.select_related("person").order_by("pk")] if is_staff else []
    return Missing(sentences, named, [name for _person, name in arrived] if is_staff else [])


def _last_sent() -> SchoolDelivery | None:
    rows = SchoolDelivery.objects.select_related("delivery").filter(delivery__state=Delivery.State.SENT)
    found: SchoolDelivery | None = rows.order_by("-delivery__started_at").first()
    return found


def _arrived_since(at: dt.datetime, actor: Actor, *, everyone: bool) -> list[tuple[int, str]]:
    """Who was not there yet at the delivery, by name: all that the reader may know of, or themself."""
    rows = Affiliation.objects.filter(
        held_on(clock.today()), establishment=actor.establishment_id, profile__in=_SENT, starts_on__gt=at.date()
    ).select_related("person")
    if not everyone:
        rows = rows.filter(person=actor.person_id)
    return sorted({(each.person_id, str(each.person)) for each in rows}, key=lambda each: each[1])
