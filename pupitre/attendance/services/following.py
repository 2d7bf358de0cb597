"""Following a student whom a threshold names: who watches until when, and each step, dated and signed."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from pupitre.attendance.models import AbsenteeismAlert, AlertStep
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


@transaction.atomic
def take_step(
    *, alerts: Sequence[AbsenteeismAlert], kind: str, done_on: dt.date, text: str, actor: Actor
) -> list[AlertStep]:
    """Note the same step for one student or several: in some schools thresholds name very many."""
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    steps = AlertStep.objects.bulk_create(
        [
            AlertStep(
                establishment_id=actor.establishment_id, alert=alert, kind=kind, done_on=done_on, text=text[:600],
                author_id=actor.person_id, author_name=name, written_at=clock.now(),
            )
            for alert in alerts
        ]
    )  # fmt: skip
    audit.record(actor, "attendance.take_step", None, kind=kind, students=len(alerts))
    see_again()
    return steps


@transaction.atomic
def watch(*, alerts: Sequence[AbsenteeismAlert], until: dt.date | None, actor: Actor) -> None:
    """Follow students until a day; without a day, follow them no more."""
    for alert in alerts:
        alert.watched_by_id = actor.person_id if until else None
        alert.watched_until_on = until
    AbsenteeismAlert.objects.bulk_update(alerts, ["watched_by_id", "watched_until_on"])
    audit.record(actor, "attendance.watch", None, students=len(alerts))
    see_again()


@transaction.atomic
def close_alerts(*, alerts: Sequence[AbsenteeismAlert], actor: Actor) -> None:
    """Say that everything was done: the alert leaves what waits, its history stays."""
    AbsenteeismAlert.objects.filter(pk__in=[each.pk for each in alerts]).update(closed_at=clock.now())
    audit.record(actor, "attendance.close_alerts", None, students=len(alerts))
    see_again()
