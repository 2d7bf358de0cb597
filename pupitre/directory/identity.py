"""Who sends this request: one statement reads the session, the account, the person, their schools and the stamps.

It runs on every signed-in page, hence SQL and msgspec rather than objects.
"""

import datetime as dt
from functools import cache, cached_property

import msgspec

from pupitre.directory.profiles import ROLE_OF_PROFILE, Profile, capabilities_of, given_by
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Counter, offered
from pupitre.foundation.statements import first_row

_COUNTS = "/* counts */"
_SQL = f"""
select json_build_object(
  'counts', {_COUNTS},
  'session', s.session_key, 'seen', s.last_seen_at,
  'user', u.id, 'person', p.id, 'display_name', p.display_name, 'formal_name', p.formal_name,
  'first_name', p.first_name, 'email', u.email <> '',
  'stamp', (select version from foundation_stamp where audience = 'person:' || p.id),
  'roles', (
    select json_agg(json_build_object(
      'establishment', e.id, 'uai', e.uai, 'name', e.name, 'short_name', e.short_name, 'town', e.town,
      'kind', e.kind, 'profile', a.profile, 'function', a.function,
      'stamp', (select version from foundation_stamp where audience = 'school:' || e.id),
      'granted', (select array_agg(g.capability::text) from directory_grant g
                  where g.person_id = p.id and g.establishment_id = e.id and a.profile not in ('student', 'guardian')
                    and %(today)s between g.starts_on and coalesce(g.ends_on, 'infinity'))
    ) order by e.kind, e.name, a.profile)
    from directory_affiliation a join establishments_establishment e on e.id = a.establishment_id
    where a.person_id = p.id and e.is_open and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity'))
)::text
from accounts_session s
join accounts_user u on u.id = s.user_id and u.state = 'active'
join directory_person p on p.user_id = u.id
where s.session_key = %(key)s and s.expire_date > %(now)s
"""


class Role(msgspec.Struct, frozen=True, gc=False):
    """What the person is in one school today, with the school's version stamp."""

    establishment: int
    uai: str
    name: str
    short_name: str
    town: str
    kind: str
    profile: str
    function: str
    stamp: int | None
    granted: list[str] | None


class Identity(msgspec.Struct, frozen=True, dict=True):
    """The person signed in, with every role in every school."""

    session: str
    seen: dt.datetime
    user: int
    person: int
    display_name: str
    formal_name: str
    first_name: str
    email: bool
    stamp: int | None
    roles: list[Role] | None
    # What rooms count for this person, by the key of their `Counter`.
    counts: dict[str, int] = {}

    def roles_in(self, uai: str) -> list[Role]:
        """The roles held in one school; empty when the person does not belong there."""
        return [role for role in self.roles or () if role.uai == uai]

    @cached_property
    def schools(self) -> dict[str, list[Role]]:
        """The roles by UAI, in the order of the schools."""
        schools: dict[str, list[Role]] = {}
        for role in self.roles or ():
            schools.setdefault(role.uai, []).append(role)
        return schools

    @cached_property
    def is_guardian(self) -> bool:
        return any(role.profile == Profile.GUARDIAN for role in self.roles or ())

    @cached_property
    def working_schools(self) -> list[str]:
        """UAIs where the person is more than a guardian."""
        return [uai for uai, roles in self.schools.items() if any(role.profile != Profile.GUARDIAN for role in roles)]

    def actor(self, uai: str) -> Actor | None:
        """The person acting in one school; None when they do not belong there."""
        roles = self.roles_in(uai)
        if not roles:
            return None
        profiles = frozenset(role.profile for role in roles)
        granted = frozenset(name for role in roles for name in role.granted or ())
        granted = granted.union(*(given_by(role.profile, role.function) for role in roles))
        return Actor(
            user_id=self.user,
            person_id=self.person,
            establishment_id=roles[0].establishment,
            uai=uai,
            profiles=profiles,
            capabilities=capabilities_of(profiles, granted),
        )

    def actor_at(self, establishment_id: int) -> Actor | None:
        """The same, the school being named by its number."""
        here = (uai for uai, roles in self.schools.items() if roles[0].establishment == establishment_id)
        return next((self.actor(uai) for uai in here), None)

    def actors_as(self, profile: str) -> list[Actor]:
        """The person acting with one profile only, in each school where they hold it."""
        return [
            Actor(
                self.user,
                self.person,
                role.establishment,
                role.uai,
                frozenset({profile}),
                capabilities_of(frozenset({profile})),
            )
            for role in self.roles or ()
            if role.profile == profile
        ]

    def stamp_of(self, uai: str) -> int:
        """The version stamp of one school."""
        return next((role.stamp or 0 for role in self.roles_in(uai)), 0)

    @cached_property
    def version(self) -> str:
        """Changes whenever something this person can see changes: their own stamp, those of their schools, their counts."""
        counts = ".".join(str(count) for _key, count in sorted(self.counts.items()))
        schools = ".".join(f"{roles[0].establishment}-{roles[0].stamp or 0}" for roles in self.schools.values())
        return f"{self.person}.{self.stamp or 0}.{schools}.{counts}"


_decoder = msgspec.json.Decoder(Identity)


def identify(session_key: str, *, now: dt.datetime, today: dt.date) -> Identity | None:
    """The person behind a session key, or None when nobody is signed in with it. One statement."""
    row = first_row(_statement(), {"key": session_key, "now": now, "today": today})
    return _decoder.decode(row[0]) if row else None


def identity_sql(key: str) -> str:
    """The same as a select of one text, for a statement that finds the session key itself: `key` is SQL of this house.

    It takes the parameters `now` and `today`.
    """
    return _statement().replace("%(key)s", key)


def counts_sql() -> str:
    """What rooms count for a person `p`, as one JSON object by key."""
    pairs = ", ".join(f"'{counter.key}', {counter.sql}" for counter in offered(Counter))
    return f"json_build_object({pairs})"


@cache
def _statement() -> str:
    # Rooms are all known by the first page.
    return _SQL.replace(_COUNTS, counts_sql())


def main_profile(profiles: frozenset[str]) -> str:
    """The profile that gives a person's pages their colours when they hold several in a school."""
    return next(profile for profile in ROLE_OF_PROFILE if profile in profiles)
