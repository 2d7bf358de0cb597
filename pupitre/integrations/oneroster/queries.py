"""Reads: who receives files, who might, what each is told, and the files that were made."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text
from pupitre.integrations.oneroster.keeping import GIVEN_UP, OPEN
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.roles import TOLD
from pupitre.integrations.oneroster.words import FACTS, facts_told
from pupitre.integrations.services.models import Connector, Service

_SAID = {"last_name", "first_name", "display_name", "profile", "divisions", "groups", "school", "uai"}


def receivers_seen(actor: Actor) -> QuerySet[Receiver]:
    """The receivers of the open school, by the name of their service, with the last file that each was given (`given_at`)."""
    rows = allowed(actor, "oneroster.manage_receiver", Receiver.objects.select_related("connector__service"))
    return rows.annotate(given_at=Max("files__taken_at")).order_by("connector__service__name", "pk")


def possible_receivers(actor: Actor) -> list[Connector]:
    """The services that are open in the school, where one enters with one’s account, and that receive no file yet."""
    rows = Connector.objects.filter(is_on=True, service__ended_at=None).exclude(service__protocol=Service.Protocol.LINK)
    known = Receiver.objects.filter(connector=OuterRef("pk"))
    return list(rows.exclude(Exists(known)).select_related("service").order_by("service__name", "pk"))


def prevented(connector: Connector) -> str:
    """Why no file can be made for a service: a code of `words.WHY`, or « ». A file never tells what the school keeps from it."""
    if not connector.is_on or connector.service.ended_at:
        return "closed"
    sources = dict(connector.service.attributes)
    kept_back = {sources.get(name, "") for name in connector.withheld}
    return "withheld" if kept_back & _SAID else ""


def last_taken(receiver: Receiver) -> QuerySet[RosterFile]:
    """The last file that the receiver was given, if what it held is still kept."""
    rows = RosterFile.objects.filter(receiver=receiver, taken_at__isnull=False)
    held: QuerySet[RosterFile] = rows.filter(Q(whole__isnull=False) | Q(data__isnull=False)).order_by(
        "-taken_at", "-pk"
    )
    return held


def being_made(receiver: Receiver) -> RosterFile | None:
    """The file that is being made; one statement."""
    since = clock.now() - GIVEN_UP
    going = RosterFile.objects.filter(receiver=receiver, state=RosterFile.State.MAKING, asked_at__gte=since)
    found: RosterFile | None = going.defer("data", "whole").first()
    return found


def files_of(actor: Actor, receiver: Receiver, most: int = 10) -> list[RosterFile]:
    """The last files made for a receiver, without what they hold, the latest first; `is_open`: whether one may be taken."""
    rows = RosterFile.objects.filter(receiver=receiver).defer("data", "whole", "people").select_related("asked_by")
    held = Q(state=RosterFile.State.READY, data__isnull=False, asked_at__gte=clock.now() - OPEN)
    found = allowed(actor, "oneroster.take_file", rows.annotate(is_open=held)).order_by("-asked_at", "-pk")
    return list(found[:most])


def is_going(files: Sequence[RosterFile]) -> bool:
    """Whether one of them is being made."""
    since: dt.datetime = clock.now() - GIVEN_UP
    return any(each.state == RosterFile.State.MAKING and each.asked_at >= since for each in files)


def told_to(receiver: Receiver) -> list[tuple[Text, list[Text]]]:
    """Whom a file tells of, and what of them, in words."""
    profiles = [each for each in TOLD if each in receiver.connector.profiles]
    found: list[tuple[Text, list[Text]]] = []
    for profile in profiles:
        kind = {Profile.STUDENT: "students", Profile.GUARDIAN: "guardians"}.get(Profile(profile), "staff")
        if kind == "guardians" and not receiver.with_guardians:
            continue
        family, ine = kind != "staff" and receiver.with_guardians, kind == "students" and receiver.with_ine
        found.append((Profile(profile).label, [FACTS[name] for name in facts_told(kind, family=family, ine=ine)]))
    return found
