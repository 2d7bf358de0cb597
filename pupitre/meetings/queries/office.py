"""An evening as the office and the teachers see it: the list of each teacher, what is left out, where things stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.meetings.models import Meeting, MeetingTeacher, Wish
from pupitre.meetings.slots import hours_of, slots_of_teacher


@dataclass(frozen=True, slots=True)
class Line:
    """One slot of a teacher: its number, its hour, who comes, or nobody; `is_there`: whether they receive then."""

    slot: int
    hour: object
    wish: Wish | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class Receiving:
    """The evening of one teacher, and the wishes that could not be served."""

    teacher: MeetingTeacher
    lines: Sequence[Line]
    unserved: Sequence[Wish]

    @property
    def held(self) -> list[Line]:
        return [line for line in self.lines if line.wish]


@dataclass(frozen=True, slots=True)
class Standing:
    """Figures of an evening: families, wishes by state, served or not."""

    families: int
    wishes: int
    served: int
    states: dict[str, int]


def receiving(meeting: Meeting, teachers: Sequence[MeetingTeacher] | None = None) -> list[Receiving]:
    """The lists of an evening, by teacher's name; two statements, one when teachers are given."""
    rows = Wish.objects.filter(request__meeting=meeting).select_related("request", "student__person")
    if teachers is None:
        teachers = list(MeetingTeacher.objects.filter(meeting=meeting).order_by("person__sort_key"))
    else:
        rows = rows.filter(teacher__in=[each.pk for each in teachers])
    by_teacher: dict[int, list[Wish]] = {each.pk: [] for each in teachers}
    for wish in rows.order_by("-level", "request__asked_at", "pk"):
        by_teacher.get(wish.teacher_id, []).append(wish)
    hours = hours_of(meeting)
    return [_one(meeting, each, by_teacher[each.pk], hours) for each in teachers]


def _one(meeting: Meeting, teacher: MeetingTeacher, wishes: Sequence[Wish], hours: Sequence[object]) -> Receiving:
    there = slots_of_teacher(meeting, teacher)
    held = {wish.slot: wish for wish in wishes if wish.slot is not None}
    lines = [Line(n, at, held.get(n), n in there) for n, at in enumerate(hours)]
    over = (Wish.State.CANCELLED, Wish.State.REFUSED)
    return Receiving(teacher, lines, [each for each in wishes if each.slot is None and each.state not in over])


def standing_of(meeting: Meeting) -> Standing:
    """Where an evening stands; one statement."""
    rows = list(Wish.objects.filter(request__meeting=meeting).values_list("request_id", "state", "slot"))
    states = Counter(state for _request, state, _slot in rows)
    return Standing(
        families=len({request for request, _state, _slot in rows}),
        wishes=len(rows),
        served=sum(1 for _request, _state, slot in rows if slot is not None),
        states={str(Wish.State(state).label): count for state, count in states.items()},
    )


def meetings_of(actor: Actor) -> list[Meeting]:
    """The evenings that an actor sees, those to come first; one statement."""
    return list(allowed(actor, "meetings.view_meeting", Meeting.objects.all()).order_by("-held_on", "-pk")[:30])
