from collections.abc import Callable
from typing import Any

from pupitre.agenda.feeds import key_of
from pupitre.agenda.models import AgendaFeed, Event, ImportedCalendar, Outing
from pupitre.agenda.services.feeds import open_feed
from pupitre.agenda.services.importing import Target, analyse
from pupitre.agenda.tests.factories import (
    acting,
    approved,
    convened,
    drafted,
    mine,
    part_of,
    planned,
    scheduled,
    submitted,
)
from pupitre.agenda.tests.files import calendar_file
from pupitre.establishments.scope import scope
from tests.cast import Cast
from tests.doors import door


def _once(title: str, make: Callable[[Cast], Any]) -> Callable[[Cast], int]:
    """An event of a title, made the first time it is asked for."""

    def find(cast: Cast) -> int:
        with scope(cast.college.pk):
            found = Event.objects.filter(title=title).first()
            if found is None:
                made = make(cast)
                found = made.event if isinstance(made, Outing) else made
            return int(found.pk)

    find.__name__ = title.lower().replace(" ", "_")
    return find


def consent_of_ines(cast: Cast) -> int:
    with scope(cast.college.pk):
        return int(part_of(Event.objects.get(pk=_approved(cast)), cast, "eleve").pk)


def feed_of_parent(cast: Cast) -> int:
    with scope(cast.college.pk):
        return open_feed(actor=acting(cast, "parent", "guardian")).pk


def _key(cast: Cast) -> str:
    with scope(cast.college.pk):
        return key_of(AgendaFeed.objects.get(pk=feed_of_parent(cast)))


def calendar_of_head(cast: Cast) -> int:
    with scope(cast.college.pk):
        found = ImportedCalendar.objects.first()
        if found is None:
            target = Target("Réseau", "meeting", is_personal=True)
            found = analyse([calendar_file()], target=target, actor=acting(cast, "principal", "head"))
        return int(found.pk)


_election = _once("Élection des représentants", scheduled)
_mine = _once("Piscine", mine)
_planned = _once("Conseil de classe de 4B", planned)
_convened = _once("Conseil de 4B convoqué", lambda cast: _renamed(convened(cast), "Conseil de 4B convoqué"))
_drafted = _once("Sortie au musée", lambda cast: drafted(cast, title="Sortie au musée"))
_submitted = _once("Sortie au cinéma", lambda cast: submitted(cast, title="Sortie au cinéma"))
_approved = _once("Sortie au théâtre", approved)


def _renamed(event: Event, title: str) -> Event:
    Event.objects.filter(pk=event.pk).update(title=title)
    return event


_COLLEGE = {"uai": "college"}
_EVENT = {**_COLLEGE, "pk": _election}
_OUTING = {**_COLLEGE, "pk": _approved}
_WORK = ("enseignante", "collegue", "cpe", "principal", "secretaire", "referent")
_MANAGE = ("cpe", "principal", "secretaire")
_BELONG = ("eleve", "parent", *_WORK)


def _all(people: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)


DOORS = [
    door("agenda:family", parent=200, parent_voisin=200),
    door("agenda:calendar", at=_COLLEGE, **_all(_BELONG, 200)),
    door("agenda:new", at=_COLLEGE, **_all(_BELONG, 200)),
    door("agenda:new", "post", at=_COLLEGE, **_all(_BELONG, 422)),
    # For guardians and staff: a student reads nothing of it.
    door("agenda:event", at=_EVENT, parent=200, **_all(_WORK, 200)),
    door("agenda:event", at={**_COLLEGE, "pk": _mine}, eleve=200),
    door("agenda:event", at=_OUTING, eleve=200, parent=200, enseignante=200, **_all(_MANAGE, 200)),
    # Convened: those who sit there, and the class with its families.
    door("agenda:event", at={**_COLLEGE, "pk": _convened}, eleve=200, parent=200, enseignante=200, collegue=200,
         **_all(_MANAGE, 200)),
    # Not convened yet: the adults named in it, and those who manage.
    door("agenda:event", at={**_COLLEGE, "pk": _planned}, enseignante=200, collegue=200, **_all(_MANAGE, 200)),
    door("agenda:edit", at=_EVENT, **_all(_MANAGE, 200)),
    door("agenda:edit", "post", at=_EVENT, **_all(_MANAGE, 422)),
    door("agenda:edit", at={**_COLLEGE, "pk": _mine}, eleve=200),
    door("agenda:cancel", "post", at={**_COLLEGE, "pk": _approved}, enseignante=422, **_all(_MANAGE, 422)),
    door("agenda:answer", "post", at={**_COLLEGE, "pk": _convened}, eleve=302, enseignante=302, collegue=302, cpe=302,
         principal=302),
    door("agenda:people", at={**_COLLEGE, "pk": _planned}, **_all(_MANAGE, 200)),
    door("agenda:people", "post", at={**_COLLEGE, "pk": _planned}, **_all(_MANAGE, 302)),
    door("agenda:people", at=_OUTING, enseignante=200, **_all(_MANAGE, 200)),
    door("agenda:outings", at=_COLLEGE, **_all(_WORK, 200)),
    door("agenda:outing_new", at=_COLLEGE, **_all(_WORK, 200)),
    door("agenda:outing_new", "post", at=_COLLEGE, **_all(_WORK, 422)),
    door("agenda:event", at={**_COLLEGE, "pk": _submitted}, enseignante=200, **_all(_MANAGE, 200)),
    door("agenda:outing_edit", at={**_COLLEGE, "pk": _drafted}, enseignante=200, **_all(_MANAGE, 200)),
    door("agenda:outing_edit", "post", at={**_COLLEGE, "pk": _drafted}, enseignante=422, **_all(_MANAGE, 422)),
    # Already approved: told so.
    door("agenda:outing_step", "post", at=_OUTING, data={"geste": "soumettre"}, enseignante=422, **_all(_MANAGE, 422)),
    # Without saying why.
    door("agenda:outing_decide", "post", at={**_COLLEGE, "pk": _submitted}, data={"reponse": "non"}, principal=422),
    door("agenda:consent", at={**_COLLEGE, "pk": consent_of_ines}, parent=200),
    door("agenda:consent", "post", at={**_COLLEGE, "pk": consent_of_ines}, parent=422),
    door("agenda:emergency", at=_OUTING, enseignante=200, **_all(_MANAGE, 200)),
    door("agenda:presence", at=_OUTING, enseignante=200, **_all(_MANAGE, 200)),
    # Not the day yet: told so.
    door("agenda:presence", "post", at=_OUTING, enseignante=422, **_all(_MANAGE, 422)),
    door("agenda:meals", at=_OUTING, enseignante=200, **_all(_MANAGE, 200)),
    door("agenda:councils", at=_COLLEGE, **_all(_WORK, 200)),
    door("agenda:council_new", at=_COLLEGE, **_all(_MANAGE, 200)),
    door("agenda:council_new", "post", at=_COLLEGE, **_all(_MANAGE, 422)),
    door("agenda:call", "post", at={**_COLLEGE, "pk": _convened}, **_all(_MANAGE, 422)),
    door("agenda:minutes", at={**_COLLEGE, "pk": _convened}, **_all(_MANAGE, 200)),
    # Nothing written, nothing to publish.
    door("agenda:minutes", "post", at={**_COLLEGE, "pk": _convened}, data={"geste": "publier"}, **_all(_MANAGE, 422)),
    door("agenda:subscription", at=_COLLEGE, **_all(_BELONG, 200)),
    door("agenda:subscribe", "post", at=_COLLEGE, **_all(_BELONG, 302)),
    door("agenda:unsubscribe", "post", at={**_COLLEGE, "pk": feed_of_parent}, parent=302),
    door("agenda:export", at=_COLLEGE, **_all(_BELONG, 200)),
    door("agenda:import", at=_COLLEGE, **_all(_BELONG, 200)),
    door("agenda:import", "post", at=_COLLEGE, **_all(_BELONG, 422)),
    door("agenda:review", at={**_COLLEGE, "pk": calendar_of_head}, principal=200),
    door("agenda:review", "post", at={**_COLLEGE, "pk": calendar_of_head}, principal=302),
    door("agenda:forget", "post", at={**_COLLEGE, "pk": calendar_of_head}, principal=302),
    # Nobody signs in to read it: the address is the key.
    door("agendas:feed", at={"place": "college", "key": _key}, everyone=200),
    door("agendas:feed", at={"place": "neighbour", "key": _key}, everyone=404),
]  # fmt: skip
