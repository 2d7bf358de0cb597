"""Punishments, incidents and sanctions for tests, made inside an open scope, through the services."""

import datetime as dt
from typing import Any

from pupitre.attendance.tests.factories import TUESDAY, acting, student
from pupitre.directory.profiles import Profile
from pupitre.discipline.models import Detention, Incident, Punishment, Sanction
from pupitre.discipline.services.detentions import Sitting, plan
from pupitre.discipline.services.incidents import Part, Reported, report
from pupitre.discipline.services.punishing import Given, punish
from pupitre.discipline.services.sanctioning import Decision, decide
from tests.cast import Cast

MONDAY = TUESDAY - dt.timedelta(days=1)


def given(kind: str = "extra_work", **more: Any) -> Given:
    """What a teacher types."""
    facts: dict[str, Any] = {"happened_on": TUESDAY, "motive": "Travail non fait, troisième fois."}
    if kind in ("extra_work", "detention"):
        facts["task"] = "Exercices 4 et 5 page 88."
    if kind == "lesson_exclusion":
        facts["report"] = "A refusé de ranger son téléphone malgré trois demandes."
    return Given(kind, **{**facts, **more})


def punished(cast: Cast, kind: str = "extra_work", slug: str = "eleve", **more: Any) -> Punishment:
    """A punishment given by the teacher of mathematics."""
    teacher = acting(cast, "enseignante", Profile.TEACHER)
    return punish(student=student(cast.people[slug]), given=given(kind, **more), actor=teacher)


def sitting(on: dt.date = TUESDAY, starts: str = "16:30", ends: str = "17:30", **more: Any) -> Sitting:
    """A detention in room 101, this Tuesday after lessons."""
    hours = dt.time.fromisoformat(starts), dt.time.fromisoformat(ends)
    return Sitting(on, *hours, **{"room": "101", **more})


def detained(cast: Cast, on: dt.date = TUESDAY, **more: Any) -> Detention:
    """A detention asked by the teacher and planned by the CPE."""
    cpe = acting(cast, "cpe", Profile.SCHOOL_LIFE)
    return plan(punishment=punished(cast, "detention"), sitting=sitting(on, **more), actor=cpe)


def reported(cast: Cast, *parts: Part, gravity: int = 3, slug: str = "enseignante", **more: Any) -> Incident:
    """An incident reported by the teacher; Inès at fault and Elias victim when nobody is named."""
    ines, elias = student(cast.people["eleve"]), student(cast.people["frere"])
    facts: dict[str, Any] = {
        "happened_on": TUESDAY,
        "happened_at": dt.time(10),
        "place": "Cour",
        "kind": "verbal",
        "facts": "Inès a insulté Elias devant la grille.",
    }
    actor = acting(cast, slug, Profile.TEACHER)
    named = parts or (Part("offender", ines), Part("victim", elias))
    return report(reported=Reported(gravity=gravity, **{**facts, **more}), parts=named, actor=actor)


def decision(kind: str = "reprimand", **more: Any) -> Decision:
    """What the head decides this Tuesday, of facts told the week before."""
    facts: dict[str, Any] = {
        "motive": "Insultes répétées envers un camarade.",
        "facts": "Un élève de 4e a insulté un camarade dans la cour.",
        "heard_on": TUESDAY - dt.timedelta(days=6),
        "decided_on": TUESDAY,
    }
    if more.get("by_council"):
        facts |= {"summoned_on": TUESDAY - dt.timedelta(days=6), "council_members": "Mme Vasseur, M. Bensaïd."}
    return Decision(kind, **{**facts, **more})


def sanctioned(cast: Cast, kind: str = "reprimand", slug: str = "eleve", **more: Any) -> Sanction:
    """A sanction decided by the head."""
    head = acting(cast, "principal", Profile.HEAD)
    return decide(student=student(cast.people[slug]), decision=decision(kind, **more), actor=head)
