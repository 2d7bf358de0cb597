"""A few weeks of registers and absences at the collège, and a morning going on: made as people make them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from random import Random

from django.db.models import Q

from demo.accounts import person_of
from demo.cast import member
from pupitre.attendance.models import AbsenceCase, AbsenceReason, RollCall, RollMark
from pupitre.attendance.queries.lessons import subjects_taught
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.alerting import watch_thresholds
from pupitre.attendance.services.announcing import announce
from pupitre.attendance.services.answering import answer
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.services.entering import Entered
from pupitre.attendance.services.exits import regimes_of_school, set_exits
from pupitre.attendance.services.finishing import finish_many
from pupitre.attendance.services.infirmary import come_in
from pupitre.attendance.services.outside import open_outside, take_outside
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.transitions import Act, By, State
from pupitre.attendance.words import WHOLE_DAY
from pupitre.directory.models import Affiliation, Guardianship, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

DAYS = 12
"""School days told, today not counted."""
_FAMILY_REASONS = ("maladie", "rdv_medical", "familial", "transport")
_SETTLED, _REFUSED = 0.93, 0.06


def fill_attendance(college: Establishment) -> None:
    """Registers and absences of the last school days, and of today until now; nothing on holidays."""
    with scope(college.pk):
        today = clock.today()
        students = _students()
        _exits(college, students)
        days = list(_school_days(today))
        for day in reversed(days):
            _tell_day(day, students, Random(f"absences {day}"))  # the same absences every time
        _settle(college, days, _unwell(students))
        _answers(college)
        _announced(college)
        if prepare_registers(today):
            _tell_morning(college, today, students)
        months = {(case.student_id, case.starts_on.replace(day=1)) for case in AbsenceCase.objects.all()}
        watch_thresholds(months)


def _students() -> list[int]:
    """The students, those of the cast put aside: their absences are told one by one."""
    cast = [person.pk for slug in ("eleve", "frere") if (person := person_of(member(slug)))]
    return list(Student.objects.exclude(person__in=cast).order_by("pk").values_list("pk", flat=True))


def _exits(college: Establishment, students: Sequence[int]) -> None:
    """One family in four chose something else than what goes with the boarding."""
    random, regimes = Random("sorties"), regimes_of_school()
    office = actor_where(college, Q(profile=Profile.ADMINISTRATIVE), Profile.ADMINISTRATIVE)
    chosen = {pk: random.choice(regimes[:5]) for pk in random.sample(students, len(students) // 4)}
    set_exits(chosen=chosen, actor=office)


def _school_days(today: dt.date) -> Iterator[dt.date]:
    """The last days with lessons before today, the last first; their registers are made."""
    found = 0
    for back in range(1, 40):
        day = today - dt.timedelta(days=back)
        if found < DAYS and day.weekday() < 5 and prepare_registers(day):
            found += 1
            yield day


def _tell_day(day: dt.date, students: Sequence[int], random: Random) -> None:
    """About three students in a hundred are away for a half-day or a day, a few are late, one goes to the infirmary."""
    registers = list(RollCall.objects.filter(held_on=day).order_by("starts_at"))
    away = random.sample(students, len(students) * 3 // 100)
    away += [pk for pk in _unwell(students) if random.random() < 0.5]
    hours = {pk: random.choice(((8, 18), (8, 12), (13, 18), (9, 11))) for pk in away}
    late = set(random.sample(students, 8)) - set(away)
    told = [
        _mark(register, pk, RollMark.State.ABSENT)
        for register in registers
        for pk in register.student_ids
        if pk in hours and hours[pk][0] <= register.starts_at.hour < hours[pk][1]
    ]
    first = {pk: register for register in reversed(registers) for pk in register.student_ids if pk in late}
    told += [
        _mark(register, pk, RollMark.State.LATE, minutes=random.choice((5, 10, 15))) for pk, register in first.items()
    ]
    _finish(registers, told, dt.datetime.combine(day, dt.time(17, 30)))


def _unwell(students: Sequence[int]) -> Sequence[int]:
    """Four students who never seem to be there, and whose families do not answer."""
    return students[:: len(students) // 3 or 1]


def _mark(register: RollCall, student: int, state: str, minutes: int = 0) -> RollMark:
    at = (dt.datetime.combine(register.held_on, register.starts_at) + dt.timedelta(minutes=minutes)).time()
    return RollMark(
        establishment_id=register.establishment_id,
        roll_call=register,
        student_id=student,
        state=state,
        at=at if minutes else None,
        author_id=next(iter(register.teacher_ids), None),
        marked_at=clock.now(),
    )


def _finish(registers: Sequence[RollCall], told: Sequence[RollMark], at: dt.datetime, *, tells: bool = False) -> None:
    with clock.at(at):
        RollMark.objects.bulk_create(told)
        for register in registers:
            register.done_at = dt.datetime.combine(register.held_on, register.starts_at, clock.PARIS) + dt.timedelta(
                minutes=4
            )
            register.done_by_id = next(iter(register.teacher_ids), None)
        finish_many(registers, tells=tells)


def _settle(college: Establishment, days: Sequence[dt.date], unwell: Sequence[int]) -> None:
    """Families were told; most absences have their reason, a few were refused, the last ones still wait."""
    random = Random("motifs")
    cases = list(AbsenceCase.objects.filter(state=State.REPORTED).select_related("student__person"))
    moves = Moves(None, By.SYSTEM)
    for case in cases:
        case.told_at = dt.datetime.combine(case.starts_on, case.starts_at, clock.PARIS) + dt.timedelta(minutes=20)
        moves.move(case, Act.TELL)
    moves.write()
    reasons = {each.code: each for each in reasons_of_school()}
    settled: dict[int, AbsenceReason] = {}
    for case in cases:
        if case.ends_on < days[1] and case.student_id not in unwell and random.random() < _SETTLED:
            is_refused = random.random() < _REFUSED
            settled[case.pk] = reasons["reveil" if is_refused else random.choice(_FAMILY_REASONS)]
    counsellor = actor_where(college, Q(profile=Profile.SCHOOL_LIFE, function__istartswith="CPE"), Profile.SCHOOL_LIFE)
    decide(list(settled), Act.ENTER_REASON, actor=counsellor, reasons=settled)


def _answers(college: Establishment) -> None:
    """A few families have answered and wait for the counsellor; Nadia has not: her son was away on the last day."""
    reasons = {each.code: each for each in reasons_of_school()}
    waiting = AbsenceCase.objects.filter(state=State.TOLD).select_related("student__person").order_by("-ends_on", "pk")
    texts = ("", "Fièvre cette nuit.", "Rendez-vous chez l’orthodontiste.", "")
    for case, code, text in zip(list(waiting[:20:5]), _FAMILY_REASONS, texts, strict=False):
        link = Guardianship.objects.filter(
            student=case.student.person_id, establishment=college, level__lt=3, is_restricted=False
        ).first()
        if link:
            guardian = _actor_of(college, link.guardian_id, Profile.GUARDIAN)
            answer(case=case, reason=reasons[code], text=text, actor=guardian)


def _announced(college: Establishment) -> None:
    """Nadia has said that Inès will be at the orthodontist’s next Tuesday; another family asks for an exemption from sport."""
    today = clock.today()
    tuesday = today + dt.timedelta(days=8 - today.isoweekday() + 1)
    ines = Student.objects.select_related("person").get(person=person_of(member("eleve")))
    other = Student.objects.exclude(pk=ines.pk).select_related("person").order_by("pk").first()
    reasons = {each.code: each for each in reasons_of_school()}
    sport = next((each.pk for each in subjects_taught() if "sport" in each.label.lower()), None)
    dentist = Entered("absence", tuesday, tuesday, dt.time(8), dt.time(12), reason=reasons["rdv_medical"])
    for student, entered, text in (
        (ines, dentist, "Orthodontiste à 9 h 30."),
        (other, Entered("exemption", tuesday, tuesday + dt.timedelta(days=20), *WHOLE_DAY, subject=sport), "Entorse."),
    ):
        link = (
            student
            and Guardianship.objects.filter(
                student=student.person_id, establishment=college, level__lt=3, is_restricted=False
            )
            .order_by("level", "pk")
            .first()
        )
        if student and link:
            guardian = _actor_of(college, link.guardian_id, Profile.GUARDIAN)
            # In the holidays there is nothing to announce.
            with suppress(Refusal):
                announce(entered, student=student, text=text, actor=guardian)


def _tell_morning(college: Establishment, today: dt.date, students: Sequence[int]) -> None:
    """Today: registers that are over are taken but two, those going on are taken by half; two students in the infirmary."""
    random = Random(f"absences {today}")
    now = clock.now().astimezone(clock.PARIS)
    begun = [
        each
        for each in RollCall.objects.filter(held_on=today).order_by("starts_at", "pk")
        if each.starts_at <= now.time()
    ]
    taken = [each for place, each in enumerate(begun) if each.ends_at <= now.time() or place % 2]
    forgotten = random.sample(taken, min(2, len(taken)))
    taken = [each for each in taken if each not in forgotten]
    away = set(random.sample(students, len(students) * 3 // 100))
    brother = person_of(member("frere"))
    away |= set(Student.objects.filter(person=brother).values_list("pk", flat=True))
    told = [_mark(each, pk, RollMark.State.ABSENT) for each in taken for pk in each.student_ids if pk in away]
    _finish(taken, told, now, tells=True)
    counsellor = actor_where(college, Q(profile=Profile.SCHOOL_LIFE, function__istartswith="CPE"), Profile.SCHOOL_LIFE)
    if begun and now.hour < 17:
        ill = [pk for pk in begun[-1].student_ids if pk not in away][:2]
        if ill:
            come_in(students=ill, actor=counsellor)
        _study_room(begun, students, counsellor)


def _study_room(begun: Sequence[RollCall], students: Sequence[int], counsellor: Actor) -> None:
    """A few of those who have no lesson now are in the study room."""
    now = clock.now().astimezone(clock.PARIS)
    busy = {pk for each in begun if each.ends_at > now.time() for pk in each.student_ids}
    free = [pk for pk in students if pk not in busy][:8]
    if not free:
        return
    hours = {"starts_at": dt.time(now.hour), "ends_at": dt.time(now.hour + 1)}
    register = open_outside(kind="study", place="Salle d’étude", who="", **hours, actor=counsellor)
    take_outside(register=register, here=free, actor=counsellor)


def actor_where(college: Establishment, who: Q, profile: str) -> Actor:
    """Somebody of the school acting with the rights of a profile: the first whom a condition names."""
    return _actor_of(college, Affiliation.objects.filter(who, establishment=college).earliest("pk").person_id, profile)


def _actor_of(college: Establishment, person_id: int, profile: str) -> Actor:
    profiles = frozenset({str(profile)})
    return Actor(0, person_id, college.pk, college.uai, profiles, capabilities_of(profiles))
