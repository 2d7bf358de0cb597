"""Passages in the infirmary: when a student came in, when they left, and for where. Never why: that is a matter of health."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceEntry, PastVersion
from pupitre.attendance.queries.infirmary import open_passages
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.dossiers import past_of
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.stamping import see_again
from pupitre.attendance.words import WHOLE_DAY
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor

Kind = AbsenceEntry.Kind


@transaction.atomic
def come_in(*, students: Sequence[int], actor: Actor) -> list[AbsenceEntry]:
    """Note that students are in the infirmary from now on; the register of their lesson shows it. Raises Refusal."""
    here = {each.student_id for each in open_passages()}
    coming = [pk for pk in students if pk not in here]
    if not coming:
        raise Refusal(_("Cet élève est déjà noté à l’infirmerie."))
    today, now = local_now().date(), _now()
    return enter(Entered(Kind.INFIRMARY, today, today, now, WHOLE_DAY[1], place=_("Infirmerie")), coming, actor=actor)


@transaction.atomic
def go_out(*, entry: AbsenceEntry, goes_home: bool, actor: Actor) -> None:
    """Note that a student leaves the infirmary: back to their lessons, or taken home by their family.

    Taken home, they are away for the rest of the day, for a known reason. Raises Refusal when they had left already.
    """
    held = AbsenceEntry.objects.select_for_update().filter(pk=entry.pk, ends_at__gt=_now(), cancelled_at=None).first()
    if held is None:
        raise Refusal(_("Cet élève a déjà quitté l’infirmerie. Rechargez la page."))
    now = _now()
    PastVersion.objects.bulk_create([past_of(held, actor.person_id)])
    held.ends_at, held.version = max(now, _plus_a_minute(held.starts_at)), held.version + 1
    held.save(update_fields=["ends_at", "version"])
    audit.record(actor, "attendance.leave_infirmary", held, home=goes_home)
    if goes_home:
        illness = next((each for each in reasons_of_school() if each.code == "maladie"), None)
        going = Entered(Kind.DEPARTURE, held.away_on, held.away_on, held.ends_at, WHOLE_DAY[1], reason=illness)
        enter(going, [held.student_id], actor=actor)
    see_again(students=[held.student_id])


def _now() -> dt.time:
    return local_now().time().replace(second=0, microsecond=0)


def _plus_a_minute(hour: dt.time) -> dt.time:
    return (dt.datetime.combine(dt.date.min, hour) + dt.timedelta(minutes=1)).time()
