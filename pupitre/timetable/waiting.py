"""What waits for a teacher on their home: the lessons that they are asked to take over."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.registry import Action
from pupitre.timetable.words import when

OFFERS = """(select coalesce(json_agg(json_build_object('id', o.id, 'group', g.label, 'subject', j.label,
  'on', coalesce(x.to_held_on, o.held_on), 'at', to_char(coalesce(x.to_starts_at, o.starts_at), 'HH24:MI:SS'),
  'absent', p.formal_name) order by o.held_on, o.starts_at), '[]')
from timetable_substitutionoffer o
join timetable_teacherabsence a on a.establishment_id = wall.id and a.id = o.absence_id
join directory_person p on p.id = a.person_id
join timetable_course c on c.establishment_id = wall.id and c.id = o.course_id
join directory_group g on g.establishment_id = wall.id and g.id = c.group_id
join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
left join timetable_lessonchange x on x.establishment_id = wall.id and x.is_latest and x.course_id = o.course_id
  and x.held_on = o.held_on and x.starts_at = o.starts_at
where o.establishment_id = wall.id and o.teacher_id = %(person)s and o.state = 'offered'
  and coalesce(x.to_held_on, o.held_on) >= %(today)s)"""


class _Offer(msgspec.Struct, frozen=True, gc=False):
    id: int
    group: str
    subject: str
    on: dt.date
    at: dt.time
    absent: str


_decode = msgspec.json.Decoder(list[_Offer]).decode


def offers(raw: msgspec.Raw, uai: str) -> list[Action]:
    """« Remplacer M. Lemoine, 4e B » for each offer without answer."""
    return [
        Action(
            _("Remplacer %(name)s, %(group)s\N{NO-BREAK SPACE}?") % {"name": each.absent, "group": each.group},
            f"{each.subject}, {when(each.on, each.at)}",
            reverse("timetable:offer", args=[uai, each.id]),
            _("Répondre"),
            level="warn",
            icon="echange",
        )
        for each in _decode(raw)
    ]
