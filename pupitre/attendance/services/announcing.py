"""A family says beforehand that its child will be away, or asks for an exemption: it waits for the office (ATT-32)."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, Justification
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.answering import SCHOOL_DAYS_TO_DECIDE, after_school_days
from pupitre.attendance.services.deciding import recount_cases
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.services.entering import Entered, entries_of, new_case
from pupitre.attendance.stamping import office_people, see_again
from pupitre.attendance.transitions import Act, By, State
from pupitre.attendance.words import span_of_case
from pupitre.directory.models import Person, Student
from pupitre.files.services.attaching import attach
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify


@transaction.atomic
def announce(
    entered: Entered, *, student: Student, text: str = "", file_ids: Sequence[int] = (), actor: Actor
) -> AbsenceCase:
    """Keep what a family announces: a planned absence or an exemption, with its words and papers; registers show that it waits.

    The caller has checked `attendance.announce_absence`. Raises Refusal (a day that is over, no lesson, already known), and
    those of the files room.
    """
    if entered.starts_on < clock.today():
        raise Refusal(
            _(
                "Ce jour est passé. Pour une absence qui a eu lieu, répondez depuis l’accueil ou appelez la vie scolaire."
            )
        )
    moves = Moves(actor.person_id, By.FAMILY)
    entries = entries_of(entered, [student.pk], origin=AbsenceEntry.Origin.FAMILY, moves=moves)[student.pk]
    _check_new(student, entries)
    is_exemption = entered.kind == AbsenceEntry.Kind.EXEMPTION
    case = new_case(
        student.pk,
        entries,
        state=State.EXEMPTION_ASKED if is_exemption else State.PLANNED,
        standing=Standing.JUSTIFIED if is_exemption else Standing.PENDING,
        moves=moves,
    )
    case.answer_due_at = after_school_days(clock.now(), SCHOOL_DAYS_TO_DECIDE)
    case.save()
    for entry in entries:
        entry.case = case
    AbsenceEntry.objects.bulk_create(entries)
    moves.born(case, Act.ASK_EXEMPTION if is_exemption else Act.ANNOUNCE)
    moves.write()
    said = _said(case, entered, text, actor)
    if file_ids:
        attach(upload_ids=list(file_ids), target=said, actor=actor)
    recount_cases([case])
    audit.record(actor, "attendance.announce", case)
    _tell_office(case, actor)
    see_again(students=[student.pk])
    return case


def _check_new(student: Student, entries: Sequence[AbsenceEntry]) -> None:
    known = AbsenceEntry.objects.filter(
        student=student, away_on__in={each.away_on for each in entries}, cancelled_at=None, kind=entries[0].kind,
        case__state__in=(State.PLANNED, State.CONFIRMED, State.EXEMPTION_ASKED, State.EXEMPT),
    )  # fmt: skip
    for each in known:
        if any(
            each.away_on == new.away_on and each.starts_at < new.ends_at and each.ends_at > new.starts_at
            for new in entries
        ):
            raise Refusal(
                _("La vie scolaire sait déjà cela pour une partie de ces dates. Changez les dates, ou appelez-la.")
            )


def _said(case: AbsenceCase, entered: Entered, text: str, actor: Actor) -> Justification:
    said: Justification = Justification.objects.create(
        establishment_id=case.establishment_id,
        case=case,
        guardian_id=actor.person_id,
        guardian_name=Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id),
        reason=entered.reason,
        text=text[:1000],
        said_at=clock.now(),
    )
    return said


def _tell_office(case: AbsenceCase, actor: Actor) -> None:
    texts = {
        State.PLANNED: _("Une famille prévoit une absence : %(when)s"),
        State.EXEMPTION_ASKED: _("Une famille demande une dispense : %(when)s"),
    }
    notify(
        "attendance.justification",
        [Recipient(person) for person in office_people()],
        establishment_id=case.establishment_id,
        title=texts[State(case.state)] % {"when": span_of_case(case)},
        url=reverse("attendance:case", args=[actor.uai, case.pk]),
        group_key="attendance.answers",
        collapse=(_("%(count)s famille a répondu"), _("%(count)s familles ont répondu")),
    )
