"""Registers outside lessons: those of a day, one whole, and where they say that students are now."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from pupitre.attendance.models import OutsideMark, OutsideRegister
from pupitre.attendance.queries.students import StudentFound, students_found
from pupitre.directory.models import Membership, Student
from pupitre.directory.periods import held_on
from pupitre.foundation import clock


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A student of such a register; `is_here` None as long as nobody has said."""

    found: StudentFound
    is_here: bool | None
    is_expected: bool


def outside_of_day(on: dt.date) -> list[OutsideRegister]:
    """The registers of a day, with `here` and `missing` counted; one statement."""
    rows = OutsideRegister.objects.filter(held_on=on).annotate(
        here=Count("marks", filter=Q(marks__is_here=True)), missing=Count("marks", filter=Q(marks__is_here=False))
    )
    return list(rows.order_by("starts_at", "pk"))


def rows_of_outside(register: OutsideRegister) -> list[OutsideRow]:
    """Those expected, then those who came besides, by name; two statements."""
    marks = dict(OutsideMark.objects.filter(register=register).values_list("student_id", "is_here"))
    expected = set(register.student_ids)
    found = students_found(ids={*expected, *marks}, most=1000)
    return [OutsideRow(each, marks.get(each.student.pk), each.student.pk in expected) for each in found]


def expected_ids(who: str) -> list[int]:
    """The students expected: « internes », « demi » or the number of a class; one statement."""
    today = clock.today()
    present = Student.objects.filter(Q(left_on=None) | Q(left_on__gte=today))
    if who in ("internes", "demi"):
        rows = present.filter(boarding_code__startswith="3" if who == "internes" else "2")
    elif who.isdecimal() and len(who) < 19:
        rows = present.filter(Exists(Membership.objects.filter(held_on(today), group=int(who), student=OuterRef("pk"))))
    else:
        return []
    return list(rows.order_by("person__sort_key").values_list("pk", flat=True))


def seen_outside_now(now: dt.datetime, students: Collection[int] | None = None) -> dict[int, OutsideRegister]:
    """In which register going on each student was seen; one statement."""
    marks = OutsideMark.objects.filter(
        is_here=True,
        register__held_on=now.date(),
        register__starts_at__lte=now.time(),
        register__ends_at__gt=now.time(),
    )
    if students is not None:
        marks = marks.filter(student__in=students)
    return {each.student_id: each.register for each in marks.select_related("register").order_by("marked_at")}
