"""Everybody by zone at this minute, for whoever counts outside: a fire, a drill."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.attendance.models import AbsenceEntry, OutsideRegister, RollCall, RollMark
from pupitre.attendance.queries.cases import division_of
from pupitre.attendance.queries.outside import seen_outside_now
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.transitions import State
from pupitre.directory.models import Person, Student
from pupitre.directory.names import capitalise

Kind = AbsenceEntry.Kind
_OUT = {
    Kind.ABSENCE: gettext_lazy("absent"),
    Kind.DEPARTURE: gettext_lazy("parti"),
    Kind.OUTING: gettext_lazy("en sortie"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A student of a zone. `note`: what is known otherwise (absent, infirmary); `is_out`: not in the school."""

    name: str
    division: str
    note: str = ""
    is_out: bool = False


@dataclass(slots=True)
class Zone:
    """A place: a room with its class and teacher, the infirmary, or a class without a lesson."""

    title: str
    detail: str = ""
    people: list[Counted] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """How many should be there to be counted."""
        return sum(not each.is_out for each in self.people)


def zones_now() -> list[Zone]:
    """Every student of the school, once, by zone; six statements at most."""
    now = local_now()
    today = now.date()
    students = list(
        Student.objects.filter(Q(left_on=None) | Q(left_on__gte=today), Q(entered_on=None) | Q(entered_on__lte=today))
        .select_related("person").annotate(division=division_of("pk")).order_by("person__sort_key")
    )  # fmt: skip
    registers = list(
        RollCall.objects.filter(held_on=today, starts_at__lte=now.time())
        .exclude(state=RollCall.State.CANCELLED).select_related("group").order_by("room", "starts_at")
    )  # fmt: skip
    going_on = [each for each in registers if each.ends_at > now.time()]
    names = dict(
        Person.objects.filter(pk__in={pk for each in going_on for pk in each.teacher_ids}).values_list(
            "pk", "formal_name"
        )
    )
    lesson = {pk: each for each in going_on for pk in each.student_ids}
    marks, noted, outside = _marks(registers), _noted(now), seen_outside_now(now)
    zones: dict[str, Zone] = {}
    for student in students:
        held = lesson.get(student.pk)
        ill = student.pk in noted and noted[student.pk] == Kind.INFIRMARY
        key, title, detail = _place(student, held, names, outside.get(student.pk), ill=ill)
        zone = zones.setdefault(key, Zone(title, detail))
        zone.people.append(_counted(student, marks.get(student.pk, ""), noted.get(student.pk)))
    return [zones[key] for key in sorted(zones)]


def _place(
    student: Student, held: RollCall | None, names: dict[int, str], outside: OutsideRegister | None, *, ill: bool
) -> tuple[str, str, str]:
    """The key by which zones are sorted, the title and the detail of where a student is."""
    if ill:
        return "0", _("Infirmerie"), ""
    if outside:
        return f"0 {outside.pk:012}", outside.place or outside.get_kind_display(), outside.get_kind_display()
    if held:
        teachers = ", ".join(names[pk] for pk in held.teacher_ids if pk in names)
        room = held.room or _("Sans salle")
        return f"1 {room} {held.pk:012}", room, " · ".join(filter(None, (held.group.label, held.subject, teachers)))
    division = vars(student)["division"] or _("Sans classe")
    return f"2 {division}", division, _("sans cours en ce moment")


def _counted(student: Student, mark: str, noted: str | None) -> Counted:
    person = student.person
    name = f"{capitalise(person.usage_name or person.last_name)} {capitalise(person.first_name)}"
    division = vars(student)["division"] or ""
    if noted in _OUT:
        return Counted(name, division, str(_OUT[Kind(noted)]), is_out=True)
    if noted == Kind.INFIRMARY:
        return Counted(name, division)
    if mark in (RollMark.State.ABSENT, RollMark.State.LEFT, RollMark.State.ELSEWHERE):
        return Counted(name, division, str(RollMark.State(mark).label).lower(), is_out=True)
    return Counted(name, division)


def _marks(registers: Sequence[RollCall]) -> dict[int, str]:
    """What the last register taken today says of each student in it; nothing for those who were there."""
    taken = sorted((each for each in registers if each.state == RollCall.State.DONE), key=lambda each: each.starts_at)
    rows = RollMark.objects.filter(roll_call__in=taken).values_list("roll_call_id", "student_id", "state")
    by_register: dict[int, dict[int, str]] = defaultdict(dict)
    for register, student, state in rows:
        by_register[register][student] = state
    found: dict[int, str] = {}
    for register in taken:
        found |= {pk: by_register[register.pk].get(pk, "") for pk in register.student_ids}
    return found


def _noted(now: dt.datetime) -> dict[int, str]:
    """What the office knows of this minute, by student."""
    rows = AbsenceEntry.objects.filter(
        ~Q(case__state__in=(State.PLANNED, State.EXEMPTION_ASKED)) | Q(case=None), ~Q(kind=Kind.LATENESS),
        away_on=now.date(), roll_call=None, cancelled_at=None, starts_at__lte=now.time(), ends_at__gt=now.time(),
    )  # fmt: skip
    return dict(rows.order_by("noted_at").values_list("student_id", "kind"))
