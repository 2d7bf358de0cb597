"""The words of a notice about a lesson: what it is now against what was last told of it. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from pupitre.timetable.queries.planned import Facts, PlannedLesson, facts_now, usual_facts
from pupitre.timetable.words import when


@dataclass(frozen=True, slots=True)
class Told:
    """What people know of a lesson that differs from its week; days and hours as ISO texts, to be kept as JSON."""

    state: str
    is_test: bool
    on: str
    starts_at: str
    ends_at: str
    room: int | None
    teachers: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "teachers", tuple(self.teachers))

    @property
    def on_date(self) -> dt.date:
        return dt.date.fromisoformat(self.on)

    @property
    def starts_time(self) -> dt.time:
        return dt.time.fromisoformat(self.starts_at)

    @property
    def ends_time(self) -> dt.time:
        return dt.time.fromisoformat(self.ends_at)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "teachers": list(self.teachers)}


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence for families, by subject, and one for teachers, by class."""

    for_families: str
    for_teachers: str


def told_of(lesson: PlannedLesson) -> Told | None:
    """What there is to tell of a lesson as it is now; nothing when it is as its week says."""
    now = facts_now(lesson)
    is_gone = lesson.is_added and not now.is_held
    if is_gone or (not lesson.is_added and _comparable(now) == _comparable(usual_facts(lesson))):
        return None
    return _comparable(now)


def words_of(lesson: PlannedLesson, before: Told | None, after: Told | None, names: Mapping[int, str]) -> Words:
    """The sentences of a notice: « Mathématiques, mardi 24 novembre à 8 h 05 : cours annulé »."""
    news = _news(lesson, before, after, names)
    at = when(lesson.held_on, lesson.starts_at)
    said = [
        _("%(lesson)s, %(when)s\N{NO-BREAK SPACE}: %(news)s") % {"lesson": name, "when": at, "news": news}
        for name in (lesson.course.subject.label, f"{lesson.course.group.label}, {lesson.course.subject.label}")
    ]
    return Words(*said)


def _news(lesson: PlannedLesson, before: Told | None, after: Told | None, names: Mapping[int, str]) -> str:
    if after is None:
        return _("cours supprimé") if lesson.is_added else _("le cours a lieu comme d’habitude")
    if after.state == "cancelled":
        return _("cours annulé")
    if after.state == "outing":
        return _("sortie, le cours n’a pas lieu")
    if after.state == "internship":
        return _("stage, le cours n’a pas lieu")
    usual = before or _comparable(usual_facts(lesson))
    found = []
    if lesson.is_added and before is None:
        found.append(_("cours ajouté"))
    if before is not None and before.state != "held":
        found.append(_("le cours a lieu"))
    if (after.on, after.starts_at) != (usual.on, usual.starts_at):
        found.append(_("déplacé au %(when)s") % {"when": when(after.on_date, after.starts_time)})
    if set(after.teachers) != set(usual.teachers) and not lesson.is_added:
        people = ", ".join(names[each] for each in after.teachers if each in names)
        found.append(_("avec %(names)s") % {"names": people} if people else _("sans professeur"))
    if after.room != usual.room and not lesson.is_added:
        found.append(_("changement de salle"))
    if after.is_test and not usual.is_test:
        found.append(_("devoir surveillé"))
    return ", ".join(found) or _("horaire modifié")


def _comparable(facts: Facts) -> Told:
    return Told(
        facts.state,
        facts.is_test,
        facts.on.isoformat(),
        f"{facts.starts_at:%H:%M}",
        f"{facts.ends_at:%H:%M}",
        facts.classroom_id,
        tuple(facts.teacher_ids),
    )
