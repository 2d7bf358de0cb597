"""The deadlines of the students' own copies, where work stands: in the page of it, and on the covers of their guardians."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import HomePart
from pupitre.integrations.moodle.reader import KEY
from pupitre.textbook.outside import WorkSource

_PARIS = ZoneInfo("Europe/Paris")
_NARROWED = "services_connectorgroup g where g.establishment_id = wall.id and g.connector_id = k.id"
_READ = f"""services_connector k join services_service s on s.id = k.service_id and s.ended_at is null
  where k.establishment_id = wall.id and k.is_on and k.reader = '{KEY}' and 'student' = any(k.profiles)"""
_OF_COPIES = f"""from directory_student st
join services_outsidecopy c on c.establishment_id = wall.id and c.person_id = st.person_id and c.fetched_at is not null
join services_connector k on k.establishment_id = wall.id and k.id = c.connector_id and k.is_on and k.reader = '{KEY}'
  and 'student' = any(k.profiles)
join services_service s on s.id = k.service_id and s.ended_at is null
cross join lateral jsonb_array_elements(c.whole->'deadlines') d(e)
where st.establishment_id = wall.id and {{whose}}
  and (not exists (select from {_NARROWED}) or exists (select from {_NARROWED} and g.group_id in (
    select m.group_id from directory_membership m where m.establishment_id = wall.id and m.student_id = st.id
      and %(today)s::date between m.starts_on and coalesce(m.ends_on, 'infinity'))))"""  # noqa: S608

DEADLINES = WorkSource(
    "moodle",
    f"""(select coalesce(json_agg(json_build_object('title', d.e->>'title', 'subject', d.e->>'course', 'due_at', d.e->>'due_at',
    'url', d.e->>'url', 'source', s.name, 'read_at', c.fetched_at)), '[]')
{_OF_COPIES.format(whose="st.id = %(student)s")})""",
)
"""What the copy of a student holds, for the page of their work. Nobody else's copy tells of them."""


class ChildDeadline(msgspec.Struct, frozen=True, gc=False):
    """Something that a child has to do in a Moodle, `source`."""

    person: int
    due_at: dt.datetime
    url: str
    source: str

    @property
    def due_on(self) -> dt.date:
        """The day, here."""
        return self.due_at.astimezone(_PARIS).date()


_decode = msgspec.json.Decoder(list[ChildDeadline] | None).decode


def _children(raw: msgspec.Raw) -> list[ChildDeadline]:
    return _decode(raw) or []


CHILDREN = HomePart(
    "moodle.children",
    f"""(select case when exists (select from {_READ}) then (
  select coalesce(json_agg(json_build_object('person', st.person_id, 'due_at', d.e->>'due_at', 'url', d.e->>'url',
    'source', s.name)), '[]')
  {_OF_COPIES.format(whose="st.person_id = any(me.wards)")}) end)""",  # noqa: S608
    _children,
    frozenset({Profile.GUARDIAN}),
    dormant=True,
)
"""The same, of the children of a guardian; nothing is asked where no Moodle is read."""
