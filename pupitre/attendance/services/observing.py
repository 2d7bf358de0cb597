"""Observations: noted by whoever calls the roll, read by the family when they are shown."""

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.attendance.models import Observation, RollCall
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.telling import guardians_to_tell
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person, Student
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify

OBSERVATION = "attendance.observation"


@transaction.atomic
def observe(
    *, roll_call: RollCall, students: Collection[int], kind: str, text: str, is_shown: bool, actor: Actor
) -> int:
    """Note the same of some students of a lesson that has begun; how many. Said again of the same lesson, it replaces.

    Families are told when it is shown. Raises Refusal. The caller has checked `attendance.call_roll`.
    """
    expected = [pk for pk in roll_call.student_ids if pk in set(students)]
    if not expected:
        raise Refusal(_("Aucun élève n’est coché. Cochez ceux que l’observation concerne."))
    if kind == Observation.Kind.OTHER and not text.strip():
        raise Refusal(_("Écrivez l’observation : sans texte, personne ne la comprendrait."))
    now = local_now()
    if (roll_call.held_on, roll_call.starts_at) > (now.date(), now.time()):
        raise Refusal(_("Ce cours n’a pas commencé : une observation se note pendant le cours, ou après."))
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    Observation.objects.bulk_create(
        [
            Observation(
                establishment_id=current_establishment_id(),
                student_id=pk,
                roll_call=roll_call,
                observed_on=roll_call.held_on,
                starts_at=roll_call.starts_at,
                kind=kind,
                text=text.strip()[:300],
                is_shown=is_shown,
                author_id=actor.person_id,
                author_name=name,
                noted_at=clock.now(),
            )
            for pk in expected
        ],
        update_conflicts=True,
        unique_fields=["establishment", "roll_call", "student", "kind"],
        update_fields=["text", "is_shown", "author_id", "author_name", "noted_at"],
    )
    audit.record(actor, "attendance.observe", roll_call, kind=kind, students=len(expected))
    if is_shown:
        _tell(expected, actor)
    see_again(students=expected)
    return len(expected)


@transaction.atomic
def withdraw_observation(*, observation: Observation, actor: Actor) -> None:
    """Take an observation back: it was a mistake."""
    audit.record(actor, "attendance.withdraw_observation", observation, kind=observation.kind)
    student = observation.student_id
    observation.delete()
    see_again(students=[student])


@transaction.atomic
def acknowledge(*, observation: Observation, actor: Actor) -> None:
    """Say to have read an observation; the first guardian who does is kept."""
    if observation.read_at is None:
        observation.read_at = clock.now()
        observation.read_by = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
        observation.save(update_fields=["read_at", "read_by"])
        see_again(students=[observation.student_id], people=[observation.author_id])


def _tell(students: Collection[int], actor: Actor) -> None:
    """One notice a guardian and a child; what was observed is read on the page, not on a locked screen."""
    people = dict(Student.objects.filter(pk__in=students).values_list("pk", "person_id"))
    guardians = guardians_to_tell(list(people.values()))
    for pk, person in people.items():
        notify(
            OBSERVATION,
            [Recipient(each, person) for each in guardians[person]],
            establishment_id=current_establishment_id(),
            title=_("une observation à lire"),
            url=reverse("attendance:record", args=[actor.uai, pk]),
            group_key=f"attendance:observation:{pk}",
        )
