"""What other tools say of somebody, as the home shows it: sections of plain lines, with the hour at which it was read.

The home asks for it in its own statement and never waits for a tool. What is shown is decided there: of a copy, only what tells
of the person themself, or of children who are open to them today.
"""

import datetime as dt
from typing import Any

import msgspec

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Text
from pupitre.integrations.services.failures import trouble_of

STALE = dt.timedelta(minutes=15)
"""When the home asks for a newer one, or up to a fifth sooner: those who came together do not come back together."""
LARGEST_SECTION = 4
"""Lines that the home shows of each section."""
_MOST_DUE = 20

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
    'fetched_at', c.fetched_at, 'failure', coalesce(c.failure, ''), 'next_try_at', c.next_try_at,
    'failures', s.failures, 'resting_until_at', s.resting_until_at, 'about', coalesce((
      select json_object_agg(b.key, b.value) from jsonb_each(c.glance) b
      where b.key::bigint = %(person)s or b.key::bigint = any(me.wards)), '{{}}')) order by s.name, k.id), '[]')
  from {_READ} left join services_outsidecopy c
    on c.establishment_id = wall.id and c.person_id = %(person)s and c.connector_id = k.id
  where {_OPEN} and {_IN_ITS_CLASSES}) end)"""  # noqa: S608
"""One scalar sub-select: null when the school reads nothing from any tool, so that its homes ask no more (`dormant`)."""


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a tool says. `value` stands at the end of the line, « 15,5 »; `url` is an address of the tool.

    `due_at`: something to do by then; the home lists it with the work given here when it is for the same day. `subject` is then
    what it is for.
    """

    title: str
    detail: str = ""
    value: str = ""
    url: str = ""
    due_at: dt.datetime | None = None
    subject: str = ""


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
    next_try_at: dt.datetime | None = None
    # Of the tool, whoever asked it.
    failures: int = 0
    resting_until_at: dt.datetime | None = None

    def due_at(self, now: dt.datetime) -> dt.datetime | None:
        """From when a newer one may be asked for; None: it never was."""
        own = self.next_try_at or (self.fetched_at + STALE if self.fetched_at else None)
        rest = self.resting_until_at if self.is_resting(now) else None
        return max(filter(None, (own, rest)), default=None)

    def is_due(self, now: dt.datetime) -> bool:
        """Whether a newer one should be asked for."""
        due_at = self.due_at(now)
        return due_at is None or due_at <= now

    def is_resting(self, now: dt.datetime) -> bool:
        """Whether the tool is left alone, after several failures in a row."""
        return self.resting_until_at is not None and self.resting_until_at > now

    def trouble(self, now: dt.datetime) -> Text:
        """What went wrong the last time, in words for anybody; « » when it answered."""
        if self.failure or not self.is_resting(now):
            return trouble_of(self.failure)
        return trouble_of("timeout")


_decode = msgspec.json.Decoder(list[Copy] | None).decode


def decode_copies(raw: msgspec.Raw) -> list[Copy]:
    """The copies of a home; none in a school that reads nothing."""
    return _decode(raw) or []


def shortened(sections: list[Section]) -> list[Section]:
    """The beginning of each section, for the home; of what is to be done, more, since a part of it may stand elsewhere there."""
    return [cut(each, _MOST_DUE if any(line.due_at for line in each.lines) else LARGEST_SECTION) for each in sections]


def cut(section: Section, most: int) -> Section:
    """The beginning of a section, which says how many lines are left out."""
    left_out = max(0, len(section.lines) - most)
    return msgspec.structs.replace(section, lines=section.lines[:most], more=section.more + left_out)


def sections_as_rows(sections: list[Section]) -> list[dict[str, Any]]:
    """Sections as they are kept."""
    rows: list[dict[str, Any]] = msgspec.to_builtins(sections)
    return rows
