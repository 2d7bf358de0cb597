"""What a family says of an absence, and the documents that go with it; kept with its hour and its author."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceCase, AbsenceReason, Justification
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.deciding import recount_cases
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.stamping import office_people, see_again
from pupitre.attendance.transitions import Act, By
from pupitre.attendance.words import span_of_case
from pupitre.directory.models import Person
from pupitre.files.services.attaching import attach
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify

MOST_REFUSALS = 2
"""A family answers, and once more when it is refused; after, people talk."""
SCHOOL_DAYS_TO_DECIDE = 2


@transaction.atomic
def answer(
    *,
    case: AbsenceCase,
    reason: AbsenceReason | None,
    text: str = "",
    denies: bool = False,
    file_ids: Sequence[int] = (),
    actor: Actor,
) -> Justification:
    """Keep a family's answer, or bring it up to date as long as the office has not decided.

    The caller has checked `attendance.answer_case`. Each guardian has their own, and both see the same dossier. `denies`:
    the child was there, the register is to be checked. Raises Refusal, and those of the files room.
    """
    locked = AbsenceCase.objects.select_for_update(of=("self",)).select_related("student__person").get(pk=case.pk)
    if locked.refusals >= MOST_REFUSALS:
        raise Refusal(_("La vie scolaire a déjà répondu deux fois. Appelez-la : il vaut mieux en parler."))
    moves = Moves(actor.person_id, By.FAMILY)
    moves.move(locked, Act.ANSWER)
    locked.contact_due_at = None
    locked.answer_due_at = after_school_days(clock.now(), SCHOOL_DAYS_TO_DECIDE)
    said = _said(locked, actor)
    said.reason, said.text, said.denies = reason, text[:1000], denies
    said.save()
    if file_ids:
        attach(upload_ids=list(file_ids), target=said, actor=actor)
    moves.write()
    recount_cases([locked])
    audit.record(actor, "attendance.answer", locked)
    _tell_office(locked, actor)
    see_again(students=[locked.student_id])
    return said


def _said(case: AbsenceCase, actor: Actor) -> Justification:
    """The guardian's answer to what is asked now: theirs, unless it was refused already."""
    mine = Justification.objects.filter(case=case, guardian=actor.person_id, said_at__gt=case.decided_at or _LONG_AGO)
    found: Justification | None = mine.order_by("-said_at").first()
    if found:
        found.edited_at = clock.now()
        return found
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    return Justification(
        establishment_id=case.establishment_id,
        case=case,
        guardian_id=actor.person_id,
        guardian_name=name,
        said_at=clock.now(),
    )


def _tell_office(case: AbsenceCase, actor: Actor) -> None:
    notify(
        "attendance.justification",
        [Recipient(person) for person in office_people()],
        establishment_id=case.establishment_id,
        title=_("Une famille a répondu : absence %(when)s") % {"when": span_of_case(case)},
        url=reverse("attendance:case", args=[actor.uai, case.pk]),
        group_key="attendance.answers",
        collapse=(_("%(count)s famille a répondu"), _("%(count)s familles ont répondu")),
    )


def after_school_days(now: dt.datetime, days: int) -> dt.datetime:
    """Some working days later; holidays are not counted out: the office sees the date, nothing happens by itself."""
    due = now
    while days:
        due += dt.timedelta(days=1)
        days -= due.astimezone(clock.PARIS).weekday() < 5
    return due


_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
