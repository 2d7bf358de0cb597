"""What letters about absenteeism need: the alert, its half-days, and to whom they are written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.attendance.queries.alerts import AlertRow, alerts_of_month
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to write: the alert, and the guardians it is for."""

    row: AlertRow
    guardians: Sequence[Person]


def letters_for(actor: Actor, month: dt.date, ids: Sequence[int]) -> list[Letter]:
    """One letter an alert, for the guardians who may be told; seven statements."""
    rows = alerts_of_month(actor, month, ids=ids)
    links = Guardianship.objects.filter(
        open_on(clock.today()),
        establishment=current_establishment_id(),
        student__in=[row.alert.student.person_id for row in rows],
    ).select_related("guardian")
    guardians: dict[int, list[Person]] = defaultdict(list)
    for link in links.order_by("level", "guardian_id"):
        guardians[link.student_id].append(link.guardian)
    return [Letter(row, guardians.get(row.alert.student.person_id, [])) for row in rows]
