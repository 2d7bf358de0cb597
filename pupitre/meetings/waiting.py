"""What evenings leave to do on the home of guardians: wishes to say, appointments to confirm."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.registry import Action
from pupitre.foundation.ui.french import day, day_hour

_LINK = """k.level < 3 and not k.is_restricted and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')"""
_INVITED = f"""exists (select from directory_guardianship k
  join directory_student st on st.establishment_id = wall.id and st.person_id = k.student_id
  join directory_membership d on d.establishment_id = wall.id and d.student_id = st.id
    and %(today)s between d.starts_on and coalesce(d.ends_on, 'infinity')
  where k.establishment_id = wall.id and k.guardian_id = %(person)s and {_LINK}
    and (not exists (select from meetings_meetinggroup i where i.establishment_id = wall.id and i.meeting_id = m.id)
      or exists (select from meetings_meetinggroup i where i.establishment_id = wall.id and i.meeting_id = m.id
        and i.group_id = d.group_id)))"""  # noqa: S608

# Evenings to come: wishes that may be said and were not, proposals that wait for a yes.
TO_DO = f"""(select coalesce(json_agg(json_build_object('id', m.id, 'title', m.title, 'held_on', m.held_on,
  'closes_at', m.closes_at, 'proposed', m.proposed) order by m.held_on), '[]')
from (select m.id, m.title, m.held_on, m.closes_at, (select count(*) from meetings_wish w
    join meetings_familyrequest q on q.establishment_id = wall.id and q.id = w.request_id and q.guardian_id = %(person)s
    where w.establishment_id = wall.id and q.meeting_id = m.id and w.state = 'proposed') as proposed
  from meetings_meeting m where m.establishment_id = wall.id and m.held_on >= %(today)s and (m.state = 'published'
    or (m.state = 'open' and m.closes_at > (%(today)s::date + %(time)s::time) at time zone 'Europe/Paris' and {_INVITED}
      and not exists (select from meetings_familyrequest q where q.establishment_id = wall.id and q.meeting_id = m.id
        and q.guardian_id = %(person)s)))) m
where m.proposed > 0 or not exists (select from meetings_meeting p where p.establishment_id = wall.id and p.id = m.id
  and p.state = 'published'))"""  # noqa: S608


class ToDo(msgspec.Struct, frozen=True):
    """An evening that waits for something: a yes to `proposed` appointments, else wishes."""

    id: int
    title: str
    held_on: dt.date
    closes_at: dt.datetime
    proposed: int


_decode = msgspec.json.Decoder(list[ToDo]).decode


def to_do(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line an evening."""
    return [_line(each, reverse("meetings_of_school:family", args=[uai, each.id])) for each in _decode(raw)]


def _line(each: ToDo, url: str) -> Action:
    if each.proposed:
        label = _("%(title)s : des rendez-vous à confirmer") % {"title": each.title}
        return Action(label, _("Le %(day)s.") % {"day": day(each.held_on)}, url, _("Confirmer"), "warn", "agenda")
    label = _("%(title)s : qui souhaitez-vous rencontrer ?") % {"title": each.title}
    return Action(
        label, _("Avant le %(when)s.") % {"when": day_hour(each.closes_at)}, url, _("Choisir"), "info", "agenda"
    )
