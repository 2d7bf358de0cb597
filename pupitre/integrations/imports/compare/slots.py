"""The weekly lessons of a course against those of the files: which stay, change, move, come and go.

What stays keeps its row, and its row its number: what hangs on it (changes of a day, registers) follows. An import never
rewrites what has taken place: a lesson that moves keeps its past weeks where they were.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pupitre.establishments.ledger import Create, Delete, Ref, Update, Write
from pupitre.foundation.ui.french import DAYS, hour
from pupitre.integrations.imports.compare.context import ALL_WEEKS, Context
from pupitre.integrations.imports.compare.wanted import Wanted
from pupitre.integrations.imports.kinds import Kind
from pupitre.timetable.models import Classroom, TimetableSlot


@dataclass(slots=True)
class LessonChange:
    """A difference of one lesson: what it is called, in words, and the rows it writes."""

    kind: Kind
    at: str  # stable: the day and hour it has, or will have
    writes: list[Write]
    old: str = ""
    new: str = ""


@dataclass(slots=True)
class Slots:
    """The slots of one course. `span`: bits of the weeks that the files tell."""

    context: Context
    course: int | Ref
    labels: dict[str, str]  # of rooms, by code
    span: int = ALL_WEEKS
    changes: list[LessonChange] = field(default_factory=list)

    def compare(self, wanted: Iterable[Wanted]) -> list[LessonChange]:
        """What would change for these lessons to take place, and no other."""
        known = self.context.known.slots[self.course] if isinstance(self.course, int) else []
        here = [each for each in known if each.weeks & self._told(each.weekday)]
        coming = self._coming(wanted, is_new=not known)
        for same in (_exactly, _same_hour):
            here, coming = self._pair(here, coming, same)
        for slot, lesson in zip(sorted(here, key=_when), sorted(coming, key=_when), strict=False):
            self._move(slot, lesson)
        common = min(len(here), len(coming))
        for lesson in sorted(coming, key=_when)[common:]:
            self.changes.append(
                LessonChange(Kind.NEW_LESSON, _at(lesson), self._create(lesson, None), new=self._words(lesson))
            )
        for slot in sorted(here, key=_when)[common:]:
            self.changes.append(
                LessonChange(Kind.REMOVED_LESSON, _at(slot), self._close(slot), old=self._words_of(slot))
            )
        return self.changes

    def _told(self, weekday: int) -> int:
        return self.context.after_today(weekday) & self.span

    def _coming(self, wanted: Iterable[Wanted], *, is_new: bool) -> list[Wanted]:
        """Lessons still to come, each once; all the year of a course that had none."""
        found: dict[Wanted, int] = {}
        for each in wanted:
            weeks = each.weeks if is_new else each.weeks & self._told(each.weekday)
            bare = _with(each, 0)
            if weeks:
                found[bare] = found.get(bare, 0) | weeks
        return [_with(each, weeks) for each, weeks in found.items()]

    def _pair(
        self, here: list[TimetableSlot], coming: list[Wanted], same: Any
    ) -> tuple[list[TimetableSlot], list[Wanted]]:
        """Those that `same` does not put together; of several, the pairs that share most weeks come first."""
        pairs = [(slot, each) for slot in here for each in coming if same(self, slot, each)]
        pairs.sort(key=lambda pair: -(pair[0].weeks & pair[1].weeks).bit_count())
        taken: set[int] = set()
        for slot, each in pairs:
            if id(slot) not in taken and id(each) not in taken:
                taken |= {id(slot), id(each)}
                self._change(slot, each)
        return [each for each in here if id(each) not in taken], [each for each in coming if id(each) not in taken]

    def _change(self, slot: TimetableSlot, lesson: Wanted) -> None:
        """The same hour: other weeks, room or teachers, or nothing at all."""
        people, weeks = self._people(lesson, slot), self._weeks(slot, lesson)
        is_split = bool(self._past(slot) and slot.teacher_ids) and people != slot.teacher_ids
        if is_split:  # those who taught the past weeks did
            writes = [*self._close(slot), *self._create(lesson, slot)]
        else:
            writes = self._update(slot, lesson, {"weeks": weeks, "teacher_ids": people})
        if writes:
            old, new = self._words_of(slot), self._words(lesson, slot)
            if old == new:
                told = self._told(slot.weekday)
                old, new = (f"{words}, {self._weeks_told(weeks)}" for words, weeks in
                            ((old, slot.weeks & told & ~lesson.weeks), (new, lesson.weeks & told & ~slot.weeks)))  # fmt: skip
            self.changes.append(LessonChange(Kind.CHANGED_LESSON, _at(lesson), writes, old, new))

    def _move(self, slot: TimetableSlot, lesson: Wanted) -> None:
        if self._past(slot):
            writes = [*self._close(slot), *self._create(lesson, slot)]
        else:
            hours = {"weekday": lesson.weekday, "starts_at": lesson.starts_at, "ends_at": lesson.ends_at}
            after = {**hours, "weeks": lesson.weeks, "teacher_ids": self._people(lesson, slot)}
            writes = self._update(slot, lesson, after)
        self.changes.append(
            LessonChange(Kind.MOVED_LESSON, _at(slot), writes, self._words_of(slot), self._words(lesson, slot))
        )

    def _past(self, slot: TimetableSlot) -> int:
        """The weeks that the files do not speak of: over, or not theirs."""
        return slot.weeks & ~self._told(slot.weekday)

    def _weeks(self, slot: TimetableSlot, lesson: Wanted) -> int:
        return self._past(slot) | (lesson.weeks & self._told(slot.weekday))

    def _close(self, slot: TimetableSlot) -> list[Write]:
        past = self._past(slot)
        return (
            [Update(TimetableSlot, slot.pk, {"weeks": slot.weeks}, {"weeks": past})]
            if past
            else [Delete(TimetableSlot, slot.pk)]
        )

    def _create(self, lesson: Wanted, instead: TimetableSlot | None) -> list[Write]:
        room, made = self._room(lesson, instead)
        values: dict[str, Any] = {
            "course_id": self.course, "weekday": lesson.weekday, "starts_at": lesson.starts_at, "ends_at": lesson.ends_at,
            "weeks": lesson.weeks, "alternation": lesson.alternation, "classroom_id": room,
            "teacher_ids": self._people(lesson, instead),
        }  # fmt: skip
        return [*made, Create(TimetableSlot, values)]

    def _update(self, slot: TimetableSlot, lesson: Wanted, after: dict[str, Any]) -> list[Write]:
        room, made = self._room(lesson, slot)
        after |= {"classroom_id": room}
        if lesson.alternation:
            after["alternation"] = lesson.alternation
        after = {name: value for name, value in after.items() if value != getattr(slot, name)}
        if not after:
            return []
        return [*made, Update(TimetableSlot, slot.pk, {name: getattr(slot, name) for name in after}, after)]

    def _people(self, lesson: Wanted, slot: TimetableSlot | None) -> list[int | Ref]:
        """Who teaches, in a stable order; those known when the file does not say."""
        if lesson.teachers is None:
            return list(slot.teacher_ids) if slot else []
        people = [self.context.staff[each] for each in lesson.teachers if each in self.context.staff]
        known = sorted(dict.fromkeys(each for each in people if isinstance(each, int)))
        new = [each for each in people if isinstance(each, Ref)]
        if slot and not new and known == sorted(slot.teacher_ids):
            return list(slot.teacher_ids)
        return [*known, *new]

    def _room(self, lesson: Wanted, slot: TimetableSlot | None) -> tuple[int | Ref | None, list[Write]]:
        if lesson.room is None:
            return (slot.classroom_id if slot else None), []
        return classroom(self.context, lesson.room, self.labels)

    def _weeks_told(self, weeks: int) -> str:
        """« semaine du 05/01/2026 en plus », of the weeks that one side alone has."""
        ranks = [rank for rank in range(weeks.bit_length()) if weeks >> rank & 1]
        if not ranks:
            return _("sans autre semaine")
        first = f"{self.context.first_monday + dt.timedelta(weeks=ranks[0]):%d/%m/%Y}"
        if len(ranks) == 1:
            return _("avec la semaine du %(first)s") % {"first": first}
        return _("avec %(n)s semaines, à partir de celle du %(first)s") % {"n": len(ranks), "first": first}

    def _words(self, lesson: Wanted, instead: TimetableSlot | None = None) -> str:
        room = self._room_of(instead) if lesson.room is None and instead else lesson.room or ""
        return told(
            lesson.weekday, lesson.starts_at, lesson.ends_at, room, lesson.alternation, self._names(lesson, instead)
        )

    def _words_of(self, slot: TimetableSlot) -> str:
        names = [
            self.context.known.people[each].display_name
            for each in slot.teacher_ids
            if each in self.context.known.people
        ]
        return told(slot.weekday, slot.starts_at, slot.ends_at, self._room_of(slot), slot.alternation, names)

    def _room_of(self, slot: TimetableSlot) -> str:
        return self.context.classroom_codes.get(slot.classroom_id or 0, "")

    def _names(self, lesson: Wanted, instead: TimetableSlot | None) -> list[str]:
        people = self.context.known.people
        if lesson.teachers is None:
            return [people[each].display_name for each in (instead.teacher_ids if instead else []) if each in people]
        return [self.context.staff_names[each] for each in lesson.teachers if each in self.context.staff_names]


def classroom(context: Context, code: str, labels: dict[str, str]) -> tuple[int | Ref | None, list[Write]]:
    """The row of a room, and the rows that make it when it is new; None without a code."""
    if not code:
        return None, []
    if held := context.known.classrooms.get(code):
        return held.pk, []
    values = {"code": code, "label": labels.get(code, "")[:60]}
    return Ref(f"classroom:{code}"), [Create(Classroom, values, ref=f"classroom:{code}")]


def told(weekday: int, starts_at: dt.time, ends_at: dt.time, room: str, alternation: str, names: Iterable[str]) -> str:
    """« lundi 8 h 05 – 9 h, B12, Claire Roussel, semaines Q1 »."""
    weeks = _("semaines %(name)s") % {"name": alternation} if alternation not in ("", "H") else ""
    return ", ".join(
        filter(None, (f"{DAYS[weekday - 1]} {hour(starts_at)} – {hour(ends_at)}", room, *sorted(names), weeks))
    )


def brief(weekday: int, starts_at: dt.time) -> str:
    """« lun. 8 h 05 »."""
    return f"{DAYS[weekday - 1][:3]}. {hour(starts_at)}"


def _exactly(slots: Slots, slot: TimetableSlot, lesson: Wanted) -> bool:
    return _same_hour(slots, slot, lesson) and not slots._update(
        slot, lesson, {"weeks": slots._weeks(slot, lesson), "teacher_ids": slots._people(lesson, slot)}
    )


def _same_hour(_slots: Slots, slot: TimetableSlot, lesson: Wanted) -> bool:
    return _when(slot) == _when(lesson)


def _when(lesson: TimetableSlot | Wanted) -> tuple[int, dt.time, dt.time]:
    return lesson.weekday, lesson.starts_at, lesson.ends_at


def _at(lesson: TimetableSlot | Wanted) -> str:
    return f"{lesson.weekday}:{lesson.starts_at:%H%M}:{lesson.alternation}"


def _with(lesson: Wanted, weeks: int) -> Wanted:
    return Wanted(
        lesson.weekday, lesson.starts_at, lesson.ends_at, weeks, lesson.alternation, lesson.room, lesson.teachers
    )
