"""What the office enters by hand: an absence seen, announced or known; infirmary, outing, exemption; a call from a family."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Half, Standing
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AbsenceReason, FamilyContact, RollCall, RollMark
from pupitre.attendance.policies import CALL
from pupitre.attendance.queries.lessons import Day, lessons_of, lessons_of_subject
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.rolls import OF_OFFICE
from pupitre.attendance.services.closing import refuse_closed
from pupitre.attendance.services.deciding import recount_cases
from pupitre.attendance.services.dossiers import Moves, span_of
from pupitre.attendance.services.marking import Told, mark_students
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import Act, By, State
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import TimetableSlot

Kind = AbsenceEntry.Kind
LONGEST_DAYS = 120
COUNTS = frozenset({Kind.ABSENCE, Kind.DEPARTURE})
HAS_CASE = COUNTS | {Kind.EXEMPTION}


@dataclass(frozen=True, slots=True)
class Entered:
    """What is entered. Hours are those of each day; `weekdays` (1 is Monday) keeps some of them, for what recurs.

    `is_owed`: the student had to be there even without a lesson (a detention), so that the day counts all the same.
    `subject`: only the lessons of this subject, at their own hours.
    """

    kind: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    reason: AbsenceReason | None = None
    place: str = ""
    comment: str = ""
    weekdays: Collection[int] = ()
    is_owed: bool = False
    subject: int | None = None


@transaction.atomic
def enter(entered: Entered, students: Sequence[int], *, actor: Actor) -> list[AbsenceEntry]:
    """Enter the same thing for some students, a day at a time; days on which a student has no lesson are left out.

    An absence opens a dossier for each student: to come, it waits to be confirmed, or is when its reason is known. An
    exemption is granted when whoever enters it may decide, else asked for. What the school answers for counts nothing, and
    moves the register of the lesson going on. Raises Refusal.
    """
    moves = Moves(actor.person_id, By.HEAD if Profile.HEAD in actor.profiles else By.ASSISTANT)
    entries, cases = [], []
    for student, own in entries_of(entered, students, origin=AbsenceEntry.Origin.OFFICE, moves=moves).items():
        if entered.kind in HAS_CASE:
            cases.append(_case(entered, student, own, moves))
            for entry in own:
                entry.case = cases[-1]
        entries += own
    AbsenceCase.objects.bulk_create(cases)
    AbsenceEntry.objects.bulk_create(entries)
    mine = allowed(actor, "attendance.decide_case", AbsenceCase.objects.filter(pk__in=[case.pk for case in cases]))
    decidable = set(mine.values_list("pk", flat=True)) if entered.reason or entered.kind == Kind.EXEMPTION else set()
    for case in cases:
        _born(case, entered, moves, decides=case.pk in decidable)
    moves.write()
    recount_cases(cases)
    _move_registers(entered, [each.student_id for each in entries], actor)
    audit.record(actor, "attendance.enter", None, kind=entered.kind, students=len(students))
    see_again(students=students)
    return entries


def entries_of(
    entered: Entered, students: Sequence[int], *, origin: str, moves: Moves
) -> dict[int, list[AbsenceEntry]]:
    """The entries, not written yet, of each student who has lessons then; three statements at most. Raises Refusal."""
    days = _days(entered)
    refuse_closed(students, days)
    pairs = [(student, day) for student in students for day in days]
    hours = _hours(entered, pairs)
    found: dict[int, list[AbsenceEntry]] = {}
    for student, day in pairs:
        for starts_at, ends_at in hours.get((student, day), ()):
            entry = _entry(entered, student, day, moves)
            entry.starts_at, entry.ends_at, entry.origin = starts_at, ends_at, origin
            found.setdefault(student, []).append(entry)
    if not found:
        raise Refusal(_("Aucun cours à ces dates pour les élèves choisis. Vérifiez le jour et les heures."))
    return found


def _hours(entered: Entered, pairs: Sequence[Day]) -> dict[Day, list[tuple[dt.time, dt.time]]]:
    if entered.subject:
        return lessons_of_subject(pairs, entered.subject)
    lessons = lessons_of(pairs)
    # A school without a timetable enters what it knows.
    is_timetabled = bool(lessons) or TimetableSlot.objects.exists()
    hours = [(entered.starts_at, entered.ends_at)]
    return {pair: hours for pair in pairs if entered.is_owed or lessons.get(pair) or not is_timetabled}


def _days(entered: Entered) -> list[dt.date]:
    if entered.ends_on < entered.starts_on or entered.ends_at <= entered.starts_at:
        raise Refusal(_("La fin vient avant le début. Changez l’une des deux."))
    length = (entered.ends_on - entered.starts_on).days + 1
    if length > LONGEST_DAYS:
        raise Refusal(_("Une saisie couvre 120 jours au plus. Faites-en plusieurs."))
    days = (entered.starts_on + dt.timedelta(days=n) for n in range(length))
    return [day for day in days if not entered.weekdays or day.isoweekday() in entered.weekdays]


def _entry(entered: Entered, student: int, day: dt.date, moves: Moves) -> AbsenceEntry:
    return AbsenceEntry(
        establishment_id=current_establishment_id(),
        student_id=student,
        kind=entered.kind,
        away_on=day,
        counts=entered.kind in COUNTS,
        place=entered.place,
        comment=entered.comment,
        author_id=moves.author_id,
        noted_at=moves.now,
    )


def _case(entered: Entered, student: int, entries: Sequence[AbsenceEntry], moves: Moves) -> AbsenceCase:
    is_planned, is_exemption = entered.starts_on > local_now().date(), entered.kind == Kind.EXEMPTION
    state = State.EXEMPTION_ASKED if is_exemption else State.PLANNED if is_planned else State.REPORTED
    standing = {State.REPORTED: Standing.UNJUSTIFIED, State.PLANNED: Standing.PENDING}.get(state, Standing.JUSTIFIED)
    return new_case(student, entries, state=state, standing=standing, moves=moves)


def new_case(
    student: int, entries: Sequence[AbsenceEntry], *, state: State, standing: Standing, moves: Moves
) -> AbsenceCase:
    """A dossier, not written yet, that holds these entries."""
    is_exemption = state is State.EXEMPTION_ASKED
    case = AbsenceCase(
        establishment_id=current_establishment_id(),
        student_id=student,
        kind=AbsenceCase.Kind.EXEMPTION if is_exemption else AbsenceCase.Kind.ABSENCE,
        state=state,
        standing=standing.value,
        counts=not is_exemption,
        opened_at=moves.now,
        opened_by_id=moves.author_id,
    )
    span_of(case, entries)
    return case


def _born(case: AbsenceCase, entered: Entered, moves: Moves, *, decides: bool) -> None:
    births = {State.PLANNED: Act.ANNOUNCE, State.EXEMPTION_ASKED: Act.ASK_EXEMPTION}
    born = State(case.state)
    moves.born(case, births.get(born, Act.MARK_ABSENT), entered.comment)
    if entered.reason:
        case.reason = entered.reason
        case.counts = entered.reason.counts and case.kind == AbsenceCase.Kind.ABSENCE
        moves.touch(case)
    if decides and born in births:
        moves.move(case, Act.GRANT if born is State.EXEMPTION_ASKED else Act.CONFIRM, by=By.COUNSELLOR)
    elif entered.reason and born is State.REPORTED:
        moves.move(case, Act.ENTER_REASON, by=By.ASSISTANT, is_receivable=entered.reason.is_receivable)


def _move_registers(entered: Entered, students: Iterable[int], actor: Actor) -> None:
    """The register of the lesson going on says where the student is: a teacher who was offline sees it, and writes nothing over."""
    if not actor.has(CALL):
        # The nurse takes no register: what is entered shows in it all the same.
        return
    now, chosen = local_now(), set(students)
    state = OF_OFFICE.get(Kind(entered.kind))
    # An exemption may still be refused, and may be of another lesson: the register shows it, and waits for the teacher.
    if state is None or entered.kind == Kind.EXEMPTION or not entered.starts_on <= now.date() <= entered.ends_on:
        return
    registers = RollCall.objects.filter(
        held_on=now.date(), starts_at__lt=entered.ends_at, starts_at__lte=now.time(),
        ends_at__gt=max(entered.starts_at, now.time()), student_ids__overlap=list(chosen),
    ).exclude(state=RollCall.State.CANCELLED)  # fmt: skip
    for register in registers:
        here = [pk for pk in register.student_ids if pk in chosen]
        marks = RollMark.objects.filter(roll_call=register, student__in=here)
        versions = dict(marks.values_list("student_id", "version"))
        told = [Told(pk, state, base=versions.get(pk, 0), note=entered.place) for pk in here]
        mark_students(register.pk, told, actor=actor)


@transaction.atomic
def note_contact(
    *, case: AbsenceCase, kind: str, reached: bool, note: str, actor: Actor, guardians: Sequence[int] = ()
) -> FamilyContact:
    """Keep a call made or received, a voice mail, a letter: what was told, and how, is part of the dossier."""
    cut = Establishment.objects.values_list("half_day_cut", flat=True).get(pk=actor.establishment_id)
    contact: FamilyContact = FamilyContact.objects.create(
        establishment_id=actor.establishment_id,
        student_id=case.student_id,
        case=case,
        kind=kind,
        about_on=case.ends_on,
        half=(Half.MORNING if case.starts_at < cut else Half.AFTERNOON).value,
        reached=reached,
        guardian_ids=list(guardians),
        at=clock.now(),
        author_id=actor.person_id,
        note=note[:300],
    )
    moves = Moves(actor.person_id, By.ASSISTANT)
    if reached and case.state in ("reported", "to_contact"):
        case.told_at, case.contact_due_at = clock.now(), None
        moves.move(case, Act.TELL)
        moves.write()
    audit.record(actor, "attendance.note_contact", case, kind=kind, reached=reached)
    see_again(students=[case.student_id])
    return contact


@transaction.atomic
def cancel_case(*, case: AbsenceCase, why: str, actor: Actor) -> None:
    """Say that an absence was entered by mistake; its entries are kept, crossed out. Raises Refusal."""
    moves = Moves(actor.person_id, By.HEAD if Profile.HEAD in actor.profiles else By.COUNSELLOR)
    case.contact_due_at = None
    moves.move(case, Act.CANCEL, why=why)
    moves.write()
    recount_cases([case])
    AbsenceEntry.objects.filter(case=case, cancelled_at=None).update(
        cancelled_at=clock.now(), cancelled_by_id=actor.person_id
    )
    audit.record(actor, "attendance.cancel", case)
    see_again(students=[case.student_id])


@transaction.atomic
def withdraw_entries(entry_ids: Sequence[int], *, actor: Actor, since: dt.date | None = None) -> int:
    """Cross out what the office entered without a dossier (an exclusion, an outing), from a day on; how many were.

    Registers already taken stay as they were taken.
    """
    rows = AbsenceEntry.objects.filter(
        pk__in=entry_ids, case=None, cancelled_at=None, origin=AbsenceEntry.Origin.OFFICE
    )
    rows = rows.filter(away_on__gte=since) if since else rows
    students = set(rows.values_list("student_id", flat=True))
    count = rows.update(cancelled_at=clock.now(), cancelled_by_id=actor.person_id)
    if count:
        audit.record(actor, "attendance.withdraw", None, entries=count)
        see_again(students=students)
    return count
