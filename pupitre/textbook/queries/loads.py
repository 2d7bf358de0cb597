"""How much work a class already has, day by day (CDT-5): of every group where its students sit."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day, duration, plural

# Counts that teachers know: 0 to 2 is light, 3 and 4 heavy, 5 and more too much (cahier de textes of many tools).
LIGHT, HEAVY = 2, 4
_FULL_MINUTES = 90

# A day a row. Who works in a company is away once the agreement is signed; a class on a placement is no closed day, for
# those without an agreement are expected at school.
_DAYS = """with mine as (select student_id from directory_membership
  where establishment_id = %(school)s and group_id = %(group)s and %(today)s between starts_on and coalesce(ends_on, 'infinity')),
sitting as (select distinct other.group_id from directory_membership other join mine on mine.student_id = other.student_id
  where other.establishment_id = %(school)s and %(today)s between other.starts_on and coalesce(other.ends_on, 'infinity'))
select d.day, (select coalesce(json_agg(json_build_object('id', h.id, 'title', h.title,
    'subject', coalesce(j.label, h.occasion), 'kind', h.kind, 'minutes', h.minutes) order by h.id), '[]')::text
  from textbook_homework h
  left join timetable_course c on c.establishment_id = h.establishment_id and c.id = h.course_id
  left join directory_subject j on j.establishment_id = h.establishment_id and j.id = c.subject_id
  where h.establishment_id = %(school)s and h.due_on = d.day and not h.is_individual and h.visible_at is not null
    and h.group_id in (select group_id from sitting)),
  (select count(distinct ps.student_id) from timetable_workplacement pl
  join timetable_placedstudent ps on ps.establishment_id = pl.establishment_id and ps.placement_id = pl.id
  where pl.establishment_id = %(school)s and pl.cancelled_at is null and d.day between pl.starts_on and pl.ends_on
    and ps.agreement = 'signed' and ps.student_id in (select student_id from mine)),
  (select count(*) from mine)
from unnest(%(days)s::date[]) d(day) order by d.day"""


class GivenWork(msgspec.Struct, frozen=True, gc=False):
    """Work that a class has for a day."""

    id: int
    title: str
    subject: str
    kind: str
    minutes: int | None


_decode = msgspec.json.Decoder(list[GivenWork]).decode


@dataclass(slots=True)
class Load:
    """The work of a class for a day. `away`: how many of its `students` work in a company."""

    on: dt.date
    works: list[GivenWork]
    away: int
    students: int

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

    @property
    def away_sentence(self) -> str:
        """« Le mardi 8 décembre, 3 élèves sur 24 sont en stage : ils ne seront pas en cours. », or nothing."""
        if not self.away:
            return ""
        if self.away >= self.students:
            return _("Le %(day)s, toute la classe est en stage : personne ne sera en cours.") % {"day": day(self.on)}
        text = ngettext(
            "Le %(day)s, %(count)s élève sur %(all)s est en stage : il ne sera pas en cours.",
            "Le %(day)s, %(count)s élèves sur %(all)s sont en stage : ils ne seront pas en cours.",
            self.away,
        )
        return text % {"day": day(self.on), "count": self.away, "all": self.students}


def loads_of_group(group_id: int, days: Iterable[dt.date], *, besides: int | None = None) -> list[Load]:
    """The work that the students of a group have for each day, in order, and who is away (CDT-9); one statement.

    `besides`: the homework being written, which does not count.
    """
    parameters: dict[str, Any] = {
        "school": current_establishment_id(),
        "group": group_id,
        "days": sorted(set(days)),
        "today": clock.today(),
    }
    if not parameters["days"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, parameters)
        return [
            Load(on, [work for work in _decode(works) if work.id != besides], away, students)
            for on, works, away, students in cursor.fetchall()
        ]
