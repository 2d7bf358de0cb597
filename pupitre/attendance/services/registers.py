"""What the office does about registers: reminding teachers, and saying that a lesson does not take place."""

import datetime as dt
from collections.abc import Sequence

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.attendance.models import RollCall
from pupitre.attendance.queries.registers import missing_registers
from pupitre.attendance.services.finishing import follow
from pupitre.attendance.services.recording import record
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import By
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import hour
from pupitre.notifications.services.posting import Recipient, notify

REMINDED_AFTER_MINUTES = 15


class CancelReason(models.TextChoices):
    """Why a lesson has no register."""

    TEACHER_AWAY = "teacher_away", gettext_lazy("Professeur absent")
    OUTING = "outing", gettext_lazy("Classe en sortie ou en voyage")
    INTERNSHIP = "internship", gettext_lazy("Classe en stage")
    MOVED = "moved", gettext_lazy("Cours déplacé")
    # Said by the timetable, and taken back by it.
    DATED = "dated", gettext_lazy("Annulé à l’emploi du temps")
    DATED_OUTING = "dated_outing", gettext_lazy("Sortie, à l’emploi du temps")
    DATED_INTERNSHIP = "dated_internship", gettext_lazy("Stage, à l’emploi du temps")
    OTHER = "other", gettext_lazy("Autre raison")


BY_HAND = tuple(pair for pair in CancelReason.choices if not pair[0].startswith(CancelReason.DATED))
"""What the office may say itself."""


@transaction.atomic
def remind(registers: Sequence[RollCall], *, actor: Actor | None = None) -> int:
    """Remind the teachers of registers not taken, in their list of notices; how many were. Each register once, unless asked."""
    rows = [each for each in registers if each.state == RollCall.State.PREPARED]
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=current_establishment_id())
    for register in rows:
        notify(
            "attendance.register_missing",
            [Recipient(person) for person in register.teacher_ids],
            establishment_id=register.establishment_id,
            title=_("L’appel de %(group)s, %(hour)s, n’est pas encore fait")
            % {"group": register.group.label, "hour": hour(register.starts_at)},
            url=reverse("attendance:roll_call", args=[uai, register.pk]),
            group_key=f"attendance.register:{register.pk}",
        )
        register.reminded_at = clock.now()
    RollCall.objects.bulk_update(rows, ["reminded_at"])
    if rows and actor:
        audit.record(actor, "attendance.remind", None, registers=len(rows))
    return len(rows)


def remind_missing() -> int:
    """Remind, once, the teachers whose register of today is not taken a quarter of an hour after the lesson began."""
    late = missing_registers(clock.today(), after=dt.timedelta(minutes=REMINDED_AFTER_MINUTES))
    return remind([each for each in late if each.reminded_at is None])


@transaction.atomic
def cancel_roll_call(*, register: RollCall, reason: CancelReason, actor: Actor) -> None:
    """Say that a lesson does not take place: no register is missing, and nobody was away from it."""
    RollCall.objects.filter(pk=register.pk).update(state=RollCall.State.CANCELLED, cancel_reason=reason.value)
    register.refresh_from_db()
    audit.record(actor, "attendance.cancel_roll_call", register, reason=reason.value)
    follow(record([register], author_id=actor.person_id, by=By.ASSISTANT, tells=False), people=register.teacher_ids)


@transaction.atomic
def restore_roll_call(*, register: RollCall, actor: Actor) -> None:
    """Say that it takes place after all: its register is to be taken again."""
    RollCall.objects.filter(pk=register.pk, state=RollCall.State.CANCELLED).update(
        state=RollCall.State.PREPARED, cancel_reason="", done_at=None, done_by_id=None
    )
    audit.record(actor, "attendance.restore_roll_call", register)
    see_again(people=register.teacher_ids)
