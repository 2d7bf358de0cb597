"""Events, meetings and outings for tests, made inside an open scope, through the services."""

import datetime as dt
from typing import Any

from pupitre.agenda.audiences import Audience
from pupitre.agenda.models import Event, Outing, Participant
from pupitre.agenda.services.inviting import invite, invite_group
from pupitre.agenda.services.meetings import Council, convene, plan_council
from pupitre.agenda.services.outings import OutingFacts, approve, draft, submit
from pupitre.agenda.services.scheduling import EventFacts, schedule
from pupitre.directory.profiles import capabilities_of
from pupitre.foundation.actor import Actor
from tests.cast import Cast

TUESDAY = dt.date(2026, 11, 24)
THURSDAY = dt.date(2026, 12, 3)


def acting(cast: Cast, slug: str, profile: str) -> Actor:
    """One of the cast acting in the collège with one profile."""
    profiles = frozenset({str(profile)})
    person = cast.people[slug]
    assert person.user_id is not None
    return Actor(person.user_id, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles))


def facts(**more: Any) -> EventFacts:
    """What is typed of an election of the whole school, on a Thursday evening."""
    typed: dict[str, Any] = {
        "kind": "election",
        "title": "Élection des représentants",
        "starts_on": THURSDAY,
        "ends_on": THURSDAY,
        "starts_at": dt.time(17),
        "ends_at": dt.time(19),
        "place": "Hall",
        "audience": (Audience("guardians"), Audience("staff")),
    }
    return EventFacts(**{**typed, **more})


def scheduled(cast: Cast, slug: str = "principal", profile: str = "head", **more: Any) -> Event:
    """An event written by the head for guardians and staff."""
    return schedule(facts=facts(**more), actor=acting(cast, slug, profile))


def mine(cast: Cast, slug: str = "eleve", profile: str = "student", **more: Any) -> Event:
    """A personal event of Inès."""
    own = {"kind": "other", "title": "Piscine", "is_personal": True, "audience": ()}
    return scheduled(cast, slug, profile, **{**own, **more})


def of_class(cast: Cast, code: str = "4B", party: str = "students", **more: Any) -> Event:
    """An exam written by the head for the students of a class."""
    return scheduled(
        cast,
        **{
            "kind": "exam",
            "title": "Brevet blanc",
            "audience": (Audience(party, cast.groups[code].pk),),
            **more,
        },
    )


def outing_facts(**more: Any) -> EventFacts:
    """What is typed of an outing to the theatre."""
    typed = {"kind": "outing", "title": "Sortie au théâtre", "text": "Le Médecin malgré lui.", "audience": ()}
    return facts(**{**typed, "place": "Théâtre", "starts_at": dt.time(13), **more})


def drafted(cast: Cast, *, added: OutingFacts | None = None, **more: Any) -> Outing:
    """An outing of the 4e B written by its teacher of mathematics, who goes along."""
    actor = acting(cast, "enseignante", "teacher")
    typed = added or OutingFacts(cost_cents=750, answer_by_on=dt.date(2026, 11, 30))
    outing = draft(facts=outing_facts(**more), outing=typed, actor=actor)
    invite_group(event=outing.event, group=cast.groups["4B"], actor=actor)
    return outing


def submitted(cast: Cast, **more: Any) -> Outing:
    """The same, submitted to the head."""
    outing = drafted(cast, **more)
    submit(outing=outing, actor=acting(cast, "enseignante", "teacher"))
    return Outing.objects.select_related("event").get(pk=outing.pk)


def approved(cast: Cast, **more: Any) -> Outing:
    """The same, approved."""
    outing = submitted(cast, **more)
    approve(outing=outing, actor=acting(cast, "principal", "head"))
    return Outing.objects.select_related("event").get(pk=outing.pk)


def part_of(event: Event, cast: Cast, slug: str) -> Participant:
    """The part of somebody in an event."""
    found: Participant = Participant.objects.select_related("event", "person").get(
        event=event, person=cast.people[slug]
    )
    return found


def planned(cast: Cast, **more: Any) -> Event:
    """The council of the 4e B, planned by the head, with Inès as a delegate; not convened."""
    council = Council(
        group=cast.groups["4B"],
        on=THURSDAY,
        starts_at=dt.time(17),
        ends_at=dt.time(18, 30),
        place="Salle 101",
        marks_due_on=dt.date(2026, 11, 30),
        topics="Bilan du trimestre",
        **more,
    )
    head = acting(cast, "principal", "head")
    event = plan_council(council=council, actor=head)
    invite(event=event, person_ids=[cast.people["eleve"].pk], actor=head)
    return event


def convened(cast: Cast, **more: Any) -> Event:
    """The same, convened."""
    event = planned(cast, **more)
    convene(event=event, actor=acting(cast, "principal", "head"))
    found: Event = Event.objects.get(pk=event.pk)
    return found
