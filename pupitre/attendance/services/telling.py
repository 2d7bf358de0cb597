"""Telling families that their child is not there: once a half-day, both parents, a few minutes after the register.

Source: Code de l’éducation, R131-5 (responsables avertis sans délai). Day events only happen in the day: quiet hours do not
hold them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.accounts.models import User
from pupitre.attendance.half_days import Half
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, FamilyContact
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import OPEN, Act, By, State
from pupitre.attendance.words import absent_on, told_wrongly
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify

JOB = "attendance.tell_families"
ABSENCE = "attendance.absence"
HalfDay = tuple[int, dt.date, str]
"""A student, a day, a half."""


def have_told(cases: Sequence[AbsenceCase]) -> None:
    """Have the families of dossiers told when they are due; one job, whatever their number."""
    due = [case.contact_due_at for case in cases if case.contact_due_at]
    if due:
        jobs.enqueue(JOB, at=min(due), establishment_id=current_establishment_id())


def tell_due(establishment_id: int) -> int:
    """Tell the families of one school that are due by now; how many dossiers. May be done twice: each is told once."""
    with scope(establishment_id):
        due = AbsenceCase.objects.filter(contact_due_at__lte=clock.now()).select_for_update(
            skip_locked=True, of=("self",)
        )
        cases = list(due.order_by("pk").select_related("student__person"))
        return len(_tell(cases, Moves(None, By.SYSTEM)))


@transaction.atomic
def tell_families(cases: Sequence[AbsenceCase], *, actor: Actor) -> list[AbsenceCase]:
    """Tell the families of these dossiers at once, without waiting for their time; those that were told.

    The caller has checked that the actor may. A half-day already told is not told again.
    """
    told = _tell(list(cases), Moves(actor.person_id, By.ASSISTANT))
    audit.record(actor, "attendance.tell_families", None, dossiers=len(told))
    return told


def _tell(cases: list[AbsenceCase], moves: Moves) -> list[AbsenceCase]:
    if not cases:
        return []
    last = _last_entries(cases)
    told_before = set(_notices([case.student_id for case in cases]))
    guardians = guardians_to_tell([case.student.person_id for case in cases])
    cut, uai = Establishment.objects.values_list("half_day_cut", "uai").get(pk=current_establishment_id())
    contacts, told = [], []
    for case in cases:
        case.contact_due_at = None
        moves.touch(case)
        entries = last.get(case.pk)
        if case.state not in OPEN or not entries:
            continue
        half: HalfDay = (case.student_id, entries[-1].away_on, half_of(entries[-1], cut))
        if half in told_before:
            continue
        told_before.add(half)
        people = guardians.get(case.student.person_id, [])
        if not people:
            if case.state == State.REPORTED:
                moves.move(case, Act.FAIL_TO_TELL)
            continue
        _notify(case, entries, people, uai)
        contacts.append(_contact(case, FamilyContact.Kind.NOTICE, half, people, moves))
        case.told_at = clock.now()
        if case.state in (State.REPORTED, State.TO_CONTACT):
            moves.move(case, Act.TELL)
        told.append(case)
    FamilyContact.objects.bulk_create(contacts)
    moves.write()
    see_again(students=[case.student_id for case in cases])
    return told


def tell_corrections(cases: Iterable[AbsenceCase]) -> None:
    """Tell the families that had been told of an absence that was not one."""
    wrong = [case for case in cases if case.told_at]
    if not wrong:
        return
    moves = Moves(None, By.SYSTEM)
    guardians = guardians_to_tell([case.student.person_id for case in wrong])
    cut, uai = Establishment.objects.values_list("half_day_cut", "uai").get(pk=current_establishment_id())
    contacts = []
    for case in wrong:
        people = guardians.get(case.student.person_id, [])
        if people:
            notify(
                ABSENCE,
                [Recipient(person, case.student.person_id) for person in people],
                establishment_id=case.establishment_id,
                title=told_wrongly(case),
                url=reverse("attendance:justify", args=[uai, case.pk]),
            )
            half = (case.student_id, case.ends_on, Half.MORNING if case.starts_at < cut else Half.AFTERNOON)
            contacts.append(_contact(case, FamilyContact.Kind.CORRECTION, half, people, moves))
    FamilyContact.objects.bulk_create(contacts)


def guardians_to_tell(students: Iterable[int]) -> dict[int, list[int]]:
    """The guardians who are told, by student (person ids): legal or in charge, not shut out, whom a message can reach."""
    links = Guardianship.objects.filter(
        open_on(clock.today()),
        establishment=current_establishment_id(),
        student__in=list(students),
        guardian__is_organisation=False,
    ).select_related("guardian__user")
    found: dict[int, list[int]] = defaultdict(list)
    for link in links.order_by("level", "guardian_id"):
        person = link.guardian
        is_active = person.user is not None and person.user.state == User.State.ACTIVE
        if is_active or person.email or (person.accepts_sms and person.mobile):
            found[link.student_id].append(person.pk)
    return found


def half_of(entry: AbsenceEntry, cut: dt.time) -> str:
    """The half-day in which an entry begins."""
    return (Half.MORNING if entry.starts_at < cut else Half.AFTERNOON).value


def _notify(case: AbsenceCase, entries: Sequence[AbsenceEntry], people: Sequence[int], uai: str) -> None:
    notify(
        ABSENCE,
        [Recipient(person, case.student.person_id) for person in people],
        establishment_id=case.establishment_id,
        title=absent_on(entries),
        body=_("Dites à l’établissement pourquoi : une minute suffit, depuis un téléphone."),
        url=reverse("attendance:justify", args=[uai, case.pk]),
        group_key=f"attendance.case:{case.pk}",
    )


def _contact(case: AbsenceCase, kind: str, half: HalfDay, people: Sequence[int], moves: Moves) -> FamilyContact:
    return FamilyContact(
        establishment_id=case.establishment_id,
        student_id=case.student_id,
        case=case,
        kind=kind,
        about_on=half[1],
        half=half[2],
        guardian_ids=list(people),
        at=clock.now(),
        author_id=moves.author_id,
    )


def _last_entries(cases: Sequence[AbsenceCase]) -> dict[int, list[AbsenceEntry]]:
    """The entries of the last day of each dossier, by hour."""
    found: dict[int, list[AbsenceEntry]] = defaultdict(list)
    entries = AbsenceEntry.objects.filter(case__in=cases, cancelled_at=None).select_related("roll_call")
    for entry in entries.order_by("away_on", "starts_at"):
        if found[entry.case_id] and found[entry.case_id][-1].away_on != entry.away_on:
            found[entry.case_id] = []
        found[entry.case_id].append(entry)
    return found


def _notices(students: Iterable[int]) -> Iterable[HalfDay]:
    recent = clock.today() - dt.timedelta(days=30)
    rows = FamilyContact.objects.filter(
        student__in=list(students), kind=FamilyContact.Kind.NOTICE, about_on__gte=recent
    )
    return list(rows.values_list("student_id", "about_on", "half"))
