"""Where the ends of cycles stand: by class, by student."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import OuterRef, Subquery

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.lsu.cycles import cycle_of, is_complete
from pupitre.integrations.lsu.models import CycleEnd


@dataclass(frozen=True, slots=True)
class StudentCycle:
    """A student at the end of a cycle; `end` is None when nothing was written."""

    student: Student
    end: CycleEnd | None

    @property
    def is_complete(self) -> bool:
        """Whether it may leave."""
        return self.end is not None and is_complete(self.end.levels, self.end.synthesis)


@dataclass(frozen=True, slots=True)
class ClassCycle:
    """A class that ends a cycle, and its students by name."""

    division: Group
    cycle: int
    rows: Sequence[StudentCycle]

    @property
    def complete(self) -> int:
        """How many may leave."""
        return sum(each.is_complete for each in self.rows)


def classes_of(actor: Actor, verb: str = "lsu.view_cycle") -> list[ClassCycle]:
    """The classes of 6e and 3e whose ends of cycle the actor follows, or writes, by name; three statements."""
    today = clock.today()
    here = Membership.objects.filter(held_on(today), group=OuterRef("pk"))
    mef = here.exclude(student__mef="").values("student__mef")[:1]
    rows = divisions_of_today().select_related("school_year").annotate(mef=Subquery(mef)).order_by("label")
    found = {
        each.pk: (each, cycle)
        for each in allowed(actor, verb, rows)
        if (cycle := cycle_of(cast("Any", each).mef or "", each.label))
    }
    members: dict[int, list[Student]] = {}
    there = Membership.objects.filter(held_on(today), group__in=list(found)).select_related("student__person")
    for each in there.order_by("student__person__sort_key"):
        members.setdefault(each.group_id, []).append(each.student)
    years = {division.school_year_id for division, _cycle in found.values()}
    ends = {each.student_id: each for each in CycleEnd.objects.filter(school_year__in=years)}
    return [
        ClassCycle(division, cycle, [StudentCycle(student, ends.get(student.pk)) for student in members.get(pk, ())])
        for pk, (division, cycle) in found.items()
    ]
