"""What other tools say of somebody, as the home shows it: sections of plain lines, with the hour at which it was read.

The home asks for it in its own statement and never waits for a tool. What is shown is decided there: of a copy, only what tells
of the person themself, or of children who are open to them today.
"""

import datetime as dt
from typing import Any

import msgspec

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Text
from pupitre.integrations.services.failures import FAILURES

STALE = dt.timedelta(minutes=15)
"""Beyond, the home asks for a newer one."""
LARGEST_SECTION = 4

_IN_ITS_CLASSES = f"""exists (select from unnest(me.profiles) mine(profile)
  where mine.profile = any(k.profiles) and mine.profile = any(k.read_for)
  and (mine.profile not in ('{Profile.STUDENT}', '{Profile.GUARDIAN}')
    or not exists (select from services_connectorgroup g where g.establishment_id = wall.id and g.connector_id = k.id)
    or exists (select from services_connectorgroup g where g.establishment_id = wall.id and g.connector_id = k.id
      and g.group_id = any(case mine.profile when '{Profile.STUDENT}' then me.groups else me.ward_groups end))))"""  # noqa: S608
_READ = """services_connector k join services_service s on s.id = k.service_id and s.ended_at is null"""
_OPEN = "k.establishment_id = wall.id and k.is_on and k.reader > ''"
COPIES = f"""(select case when exists (select from {_READ} where {_OPEN}) then (
  select coalesce(json_agg(json_build_object('connector', k.id, 'name', s.name, 'url', s.launch_url,
    'fetched_at', c.fetched_at, 'failure', coalesce(c.failure, ''), 'about', coalesce((
      select json_object_agg(b.key, b.value) from jsonb_each(c.glance) b
      where b.key::bigint = %(person)s or b.key::bigint = any(me.wards)), '{{}}')) order by s.name, k.id), '[]')
  from {_READ} left join services_outsidecopy c
    on c.establishment_id = wall.id and c.person_id = %(person)s and c.connector_id = k.id
  where {_OPEN} and {_IN_ITS_CLASSES}) end)"""  # noqa: S608
"""One scalar sub-select: null when the school reads nothing from any tool, so that its homes ask no more (`dormant`)."""


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a tool says. `value` stands at the end of the line, « 15,5 »; `url` is an address of the tool."""

    title: str
    detail: str = ""
    value: str = ""
    url: str = ""


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """Things of one kind. `more` says how many are left out."""

    title: str
    lines: list[Line] = []
    url: str = ""
    more: int = 0


class Copy(msgspec.Struct, frozen=True):
    """What a tool of the open school last said. `about`: by person, the reader of the home or one of their children."""

    connector: int
    name: str
    url: str
    fetched_at: dt.datetime | None
    failure: str
    about: dict[int, list[Section]]

    def is_due(self, now: dt.datetime) -> bool:
        """Whether a newer one should be asked for."""
        return self.fetched_at is None or self.fetched_at + STALE <= now

    @property
    def stale_at(self) -> dt.datetime | None:
        """When it will be."""
        return self.fetched_at + STALE if self.fetched_at else None

    @property
    def trouble(self) -> Text:
        """What went wrong the last time, in words; « » when it answered."""
        return FAILURES.get(self.failure, "") if self.failure else ""


_decode = msgspec.json.Decoder(list[Copy] | None).decode


def decode_copies(raw: msgspec.Raw) -> list[Copy]:
    """The copies of a home; none in a school that reads nothing."""
    return _decode(raw) or []


def shortened(sections: list[Section]) -> list[Section]:
    """The beginning of each section, for the home."""
    return [
        msgspec.structs.replace(
            each, lines=each.lines[:LARGEST_SECTION], more=max(0, len(each.lines) - LARGEST_SECTION)
        )
        for each in sections
    ]


def sections_as_rows(sections: list[Section]) -> list[dict[str, Any]]:
    """Sections as they are kept."""
    rows: list[dict[str, Any]] = msgspec.to_builtins(sections)
    return rows
