"""How much work a class already has, day by day (CDT-5): of every group where its students sit."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day, duration, plural

# Counts that teachers know: 0 to 2 is light, 3 and 4 heavy, 5 and more too much (cahier de textes of many tools).
LIGHT, HEAVY = 2, 4
_FULL_MINUTES = 90

_GIVEN = """select h.id, h.due_on, h.title, coalesce(j.label, h.occasion), h.kind, h.minutes
from textbook_homework h
left join timetable_course c on c.establishment_id = h.establishment_id and c.id = h.course_id
left join directory_subject j on j.establishment_id = h.establishment_id and j.id = c.subject_id
where h.establishment_id = %(school)s and h.due_on between %(first)s and %(last)s and not h.is_individual
  and h.visible_at is not null and h.group_id in (
    select other.group_id from directory_membership mine
    join directory_membership other on other.establishment_id = mine.establishment_id
      and other.student_id = mine.student_id and %(today)s between other.starts_on and coalesce(other.ends_on, 'infinity')
    where mine.establishment_id = %(school)s and mine.group_id = %(group)s
      and %(today)s between mine.starts_on and coalesce(mine.ends_on, 'infinity'))
order by h.due_on, h.id"""


@dataclass(frozen=True, slots=True)
class GivenWork:
    """Work that a class has for a day."""

    id: int
    due_on: dt.date
    title: str
    subject: str
    kind: str
    minutes: int | None


@dataclass(slots=True)
class Load:
    """The work of a class for a day."""

    on: dt.date
    works: list[GivenWork] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.works)

    @property
    def minutes(self) -> int:
        return sum(each.minutes or 0 for each in self.works)

    @property
    def level(self) -> str:
        """A level of the badges: ok, warn, bad."""
        return "ok" if self.count <= LIGHT else "warn" if self.count <= HEAVY else "bad"

    @property
    def word(self) -> str:
        """The same, in a word: a colour alone says nothing."""
        return {"ok": _("léger"), "warn": _("chargé"), "bad": _("très chargé")}[self.level]

    @property
    def is_full(self) -> bool:
        return self.level != "ok" or self.minutes >= _FULL_MINUTES

    @property
    def sentence(self) -> str:
        """« Jeudi 26 novembre : 3 travaux, 1 h 15 en tout. Jour chargé. »."""
        when = day(self.on)
        if not self.count:
            return _("Le %(day)s : aucun autre travail. Jour léger.") % {"day": when}
        what = plural(self.count, _("travail"), _("travaux"))
        text = _("Le %(day)s : déjà %(what)s, %(time)s en tout. Jour %(word)s.")
        return text % {"day": when, "what": what, "time": duration(self.minutes), "word": self.word}


def loads_of_group(group_id: int, days: Iterable[dt.date], *, besides: int | None = None) -> list[Load]:
    """The work that the students of a group have for each day, in order; one statement.

    `besides`: the homework being written, which does not count.
    """
    wanted = sorted(set(days))
    loads = {each: Load(each) for each in wanted}
    if not wanted:
        return []
    parameters: dict[str, Any] = {
        "school": current_establishment_id(),
        "group": group_id,
        "first": wanted[0],
        "last": wanted[-1],
        "today": clock.today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN, parameters)
        for row in cursor.fetchall():
            work = GivenWork(*row)
            if work.id != besides and work.due_on in loads:
                loads[work.due_on].works.append(work)
    return list(loads.values())
