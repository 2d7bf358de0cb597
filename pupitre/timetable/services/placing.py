"""Work placements of a class: when, and where each student goes once the agreement is signed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from pupitre.directory.models import Group, Membership
from pupitre.directory.periods import held_on
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import audit, clock, events
from pupitre.foundation.actor import Actor
from pupitre.timetable import refusals
from pupitre.timetable.events import PlacementChanged
from pupitre.timetable.models import PlacedStudent, WorkPlacement
from pupitre.timetable.stamping import see_again

Agreement = PlacedStudent.Agreement


@dataclass(frozen=True, slots=True)
class Place:
    """Where a student works, who looks after them there, and how far the agreement is."""

    company: str = ""
    place: str = ""
    tutor: str = ""
    agreement: str = Agreement.TO_FIND.value


@transaction.atomic
def plan_placement(*, group: Group, label: str, starts_on: dt.date, ends_on: dt.date, actor: Actor) -> WorkPlacement:
    """Say when a class is in companies; its students of today are listed, nobody leaves yet. Raises Refusal."""
    _check(starts_on, ends_on)
    row: WorkPlacement = WorkPlacement.objects.create(
        establishment_id=actor.establishment_id,
        group=group,
        label=label,
        starts_on=starts_on,
        ends_on=ends_on,
        planned_by_id=actor.person_id,
        planned_at=clock.now(),
    )
    _list_students(row)
    audit.record(actor, "timetable.plan_placement", row)
    return row


@transaction.atomic
def write_placement(
    *, placement: WorkPlacement, starts_on: dt.date, ends_on: dt.date, places: Mapping[int, Place], actor: Actor
) -> None:
    """Change the days of a placement and where its students go; those who joined the class since are listed too.

    Raises Refusal: days out of order, an agreement signed with nobody.
    """
    _check(starts_on, ends_on)
    placement.starts_on, placement.ends_on = starts_on, ends_on
    placement.save(update_fields=["starts_on", "ends_on"])
    _list_students(placement)
    rows = list(PlacedStudent.objects.filter(placement=placement, student__in=places).select_related("student__person"))
    for row in rows:
        place = places[row.student_id]
        if place.agreement == Agreement.SIGNED and not place.company:
            raise refusals.signed_with_nobody(str(row.student))
        row.company, row.place, row.tutor, row.agreement = place.company, place.place, place.tutor, place.agreement
    PlacedStudent.objects.bulk_update(rows, ["company", "place", "tutor", "agreement"])
    audit.record(actor, "timetable.write_placement", placement)
    _tell(placement)


@transaction.atomic
def cancel_placement(*, placement: WorkPlacement, actor: Actor) -> None:
    """Call a placement off: everybody is expected at school again."""
    placement.cancelled_at = clock.now()
    placement.save(update_fields=["cancelled_at"])
    audit.record(actor, "timetable.cancel_placement", placement)
    _tell(placement)


def _check(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise refusals.placement_out_of_order()
    if not SchoolYear.objects.filter(starts_on__lte=starts_on, ends_on__gte=ends_on).exists():
        raise refusals.placement_outside_year()


def _list_students(placement: WorkPlacement) -> None:
    here = Membership.objects.filter(held_on(clock.today()), group=placement.group_id).values_list(
        "student_id", flat=True
    )
    PlacedStudent.objects.bulk_create(
        [
            PlacedStudent(establishment_id=placement.establishment_id, placement=placement, student_id=pk)
            for pk in sorted(here)
        ],
        ignore_conflicts=True,
    )


def _tell(placement: WorkPlacement) -> None:
    signed = PlacedStudent.objects.filter(placement=placement, agreement=Agreement.SIGNED).order_by("student_id")
    going = () if placement.cancelled_at else tuple(signed.values_list("student_id", "company"))
    see_again(groups=[placement.group_id], people=[])
    facts = (placement.establishment_id, placement.pk, placement.starts_on, placement.ends_on)
    events.publish(PlacementChanged(*facts, going))
