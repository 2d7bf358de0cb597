"""Taking a register outside lessons: opened for those expected, taken as often as one likes."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.models import OutsideMark, OutsideRegister
from pupitre.attendance.queries.outside import expected_ids
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Student
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


@transaction.atomic
def open_outside(
    *, kind: str, place: str, starts_at: dt.time, ends_at: dt.time, who: str, actor: Actor
) -> OutsideRegister:
    """Open a register of today for those expected (`queries.outside.expected_ids`). Raises Refusal."""
    if ends_at <= starts_at:
        raise Refusal(_("La fin vient avant le début. Changez l’une des deux heures."))
    register: OutsideRegister = OutsideRegister.objects.create(
        kind=kind,
        place=place,
        held_on=local_now().date(),
        starts_at=starts_at,
        ends_at=ends_at,
        student_ids=expected_ids(who),
        opened_by_id=actor.person_id,
    )
    audit.record(actor, "attendance.open_outside", register, kind=kind, expected=len(register.student_ids))
    return register


@transaction.atomic
def take_outside(*, register: OutsideRegister, here: Collection[int], actor: Actor) -> None:
    """Say who is there; those expected who are not are missing. Done again, the last word holds. Raises Refusal the day after."""
    held: OutsideRegister = OutsideRegister.objects.select_for_update().get(pk=register.pk)
    if held.held_on != local_now().date():
        raise Refusal(_("Ce pointage est d’un autre jour : il ne change plus."))
    known = set(Student.objects.filter(pk__in={*here, *held.student_ids}).values_list("pk", flat=True))
    before = set(OutsideMark.objects.filter(register=held).values_list("student_id", flat=True))
    seen = known & set(here)
    OutsideMark.objects.bulk_create(
        [
            OutsideMark(
                establishment_id=current_establishment_id(), register=held, student_id=pk, is_here=pk in seen,
                marked_at=clock.now(), author_id=actor.person_id,
            )
            for pk in sorted(seen | (known & set(held.student_ids)))
        ],
        update_conflicts=True, unique_fields=["establishment", "register", "student"],
        update_fields=["is_here", "marked_at", "author_id"],
    )  # fmt: skip
    # Somebody added by mistake, who was not expected.
    OutsideMark.objects.filter(register=held, student__in=before - seen - set(held.student_ids)).delete()
    held.taken_at, held.taken_by_id = clock.now(), actor.person_id
    held.save(update_fields=["taken_at", "taken_by_id"])
    audit.record(actor, "attendance.take_outside", held, here=len(seen))
    see_again()
