"""What waits for a teacher on their home page: lessons without a session, work without a day, copies to read."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.registry import Action
from pupitre.foundation.ui.french import day, plural

# Lessons of the last days, over by now, of which nothing is written.
TO_WRITE = """(select coalesce(json_agg(json_build_object('course', x.course, 'group', x.label, 'on', x.day,
    'at', to_char(x.starts_at, 'HH24:MI:SS')) order by x.day desc, x.starts_at desc), '[]')
from (select c.id as course, g.label, d.day, s.starts_at
from timetable_courseteacher ct
join timetable_course c on c.establishment_id = wall.id and c.id = ct.course_id and c.ends_on is null
join directory_group g on g.establishment_id = wall.id and g.id = c.group_id
join establishments_schoolyear y on y.establishment_id = wall.id and y.id = g.school_year_id
join timetable_timetableslot s on s.establishment_id = wall.id and s.course_id = c.id and %(person)s = any(s.teacher_ids)
join lateral (select %(today)s::date - n as day from generate_series(0, 7) n) d
  on s.weekday = extract(isodow from d.day) and d.day >= y.starts_on
  and s.weeks & (1::bigint << ((d.day - y.first_monday) / 7)) <> 0
where ct.establishment_id = wall.id and ct.person_id = %(person)s
  and d.day between ct.starts_on and coalesce(ct.ends_on, 'infinity')
  and (d.day < %(today)s or s.ends_at <= %(time)s)
  and not exists (select from establishments_closure z
    where z.establishment_id = wall.id and d.day between z.starts_on and z.ends_on)
  and not exists (select from textbook_textbookentry e where e.establishment_id = wall.id and e.course_id = c.id
    and e.held_on = d.day and e.starts_at = s.starts_at)
  and not exists (select from timetable_lessonchange v where v.establishment_id = wall.id and v.is_latest and v.course_id = c.id
    and v.held_on = d.day and v.starts_at = s.starts_at
    and (v.state <> 'held' or (v.to_held_on, v.to_ends_at) > (%(today)s::date, %(time)s::time)))) x)"""

WITHOUT_A_DAY = """(select coalesce(json_agg(json_build_object('id', h.id, 'title', h.title, 'group', g.label, 'on', h.due_on)
    order by h.due_on), '[]')
from textbook_homework h join directory_group g on g.establishment_id = wall.id and g.id = h.group_id
where h.establishment_id = wall.id and h.author_id = %(person)s and h.change = 'cancelled' and h.due_on >= %(today)s::date - 14)"""

TO_READ = """(select coalesce(json_agg(json_build_object('id', h.id, 'title', h.title, 'group', g.label, 'on', h.due_on,
    'copies', n.copies) order by h.due_on), '[]')
from textbook_homework h join directory_group g on g.establishment_id = wall.id and g.id = h.group_id
cross join lateral (select count(*) as copies from textbook_submission s
  where s.establishment_id = wall.id and s.homework_id = h.id and not exists (select from textbook_correction k
    where k.establishment_id = wall.id and k.submission_id = s.id)) n
where h.establishment_id = wall.id and h.author_id = %(person)s and h.mode in ('file', 'text', 'audio')
  and h.due_on between %(today)s::date - 30 and %(today)s::date + 14 and n.copies > 0)"""


class Unwritten(msgspec.Struct, frozen=True, gc=False):
    """A lesson without a session."""

    course: int
    group: str
    on: dt.date
    at: dt.time


class Followed(msgspec.Struct, frozen=True, gc=False):
    """Work that waits for its teacher."""

    id: int
    title: str
    group: str
    on: dt.date
    copies: int = 0


_unwritten = msgspec.json.Decoder(list[Unwritten]).decode
_followed = msgspec.json.Decoder(list[Followed]).decode


def to_write(raw: msgspec.Raw, uai: str) -> list[Action]:
    """« 3 séances sans cahier de textes », which leads to the last one."""
    rows = _unwritten(raw)
    if not rows:
        return []
    last = rows[0]
    label = plural(len(rows), _("séance sans cahier de textes"), _("séances sans cahier de textes"))
    where = ", ".join(
        dict.fromkeys(_("%(group)s %(day)s") % {"group": each.group, "day": day(each.on)} for each in rows[:3])
    )
    url = reverse("textbook:session", args=[uai, last.course, str(last.on), f"{last.at:%H%M}"])
    return [Action(label, where + ("…" if len(rows) > 3 else ""), url, _("Remplir"), "info", "cahier")]


def without_a_day(raw: msgspec.Raw, uai: str) -> list[Action]:
    """Work whose lesson was cancelled."""
    return [
        Action(
            _("%(group)s : « %(work)s » n’a plus de date") % {"group": each.group, "work": each.title},
            _("Le cours du %(day)s est annulé. Choisissez un autre jour.") % {"day": day(each.on)},
            reverse("textbook:follow", args=[uai, each.id]),
            _("Choisir"),
            "warn",
            "echange",
        )
        for each in _followed(raw)
    ]


def to_read(raw: msgspec.Raw, uai: str) -> list[Action]:
    """Copies that were handed in and not given back."""
    return [
        Action(
            f"{each.group} : {each.title}".replace(" :", "\N{NO-BREAK SPACE}:"),
            plural(each.copies, _("copie à lire"), _("copies à lire")),
            reverse("textbook:follow", args=[uai, each.id]),
            _("Lire"),
            "info",
            "deposer",
        )
        for each in _followed(raw)
    ]
