"""What the house knows of a person in a school that a service may be told. One statement."""

import datetime as dt

import msgspec
from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock

_SQL = """
select json_build_object(
  'person', p.id, 'last_name', p.last_name, 'usage_name', p.usage_name, 'first_name', p.first_name,
  'display_name', p.display_name, 'birth_date', p.birth_date,
  'email', coalesce(nullif(u.email, ''), p.email), 'login', u.username, 'uai', e.uai, 'school', e.name,
  'opaque', (select value from services_pseudonym where person_id = p.id and service_id is null),
  'pseudonym', (select value from services_pseudonym where person_id = p.id and service_id = %(service)s),
  'profiles', (select json_agg(a.profile order by a.profile) from directory_affiliation a
    where a.person_id = p.id and a.establishment_id = e.id
      and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity')),
  'groups', (select json_agg(json_build_array(g.kind, g.code) order by g.code)
    from directory_student s
    join directory_membership m on m.establishment_id = e.id and m.student_id = s.id
      and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')
    join directory_group g on g.establishment_id = e.id and g.id = m.group_id and g.ends_on is null
    where s.establishment_id = e.id and s.person_id = p.id))::text
from directory_person p
join accounts_user u on u.id = p.user_id and u.state = 'active'
join establishments_establishment e on e.id = %(school)s and e.is_open
where p.id = %(person)s
"""


class Facts(msgspec.Struct, frozen=True):
    """A person in one school. `profiles` is None when they are nothing there today."""

    person: int
    last_name: str
    usage_name: str
    first_name: str
    display_name: str
    birth_date: dt.date | None
    email: str
    login: str
    uai: str
    school: str
    opaque: str | None
    pseudonym: str | None
    profiles: list[str] | None
    groups: list[tuple[str, str]] | None

    def codes(self, *kinds: str) -> list[str]:
        """The codes of the groups of these kinds."""
        return [code for kind, code in self.groups or () if kind in kinds]


_decoder = msgspec.json.Decoder(Facts)


def facts_of(person_id: int, *, service_id: int) -> Facts | None:
    """What is known of a person in the open school; None without an open account, or when they are nothing there."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "person": person_id,
                "service": service_id,
                "school": current_establishment_id(),
                "today": clock.today(),
            },
        )
        row = cursor.fetchone()
    facts = _decoder.decode(row[0]) if row else None
    return facts if facts and facts.profiles else None
