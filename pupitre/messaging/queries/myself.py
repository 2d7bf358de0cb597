"""Who somebody is when they write in the open school: their name, their tasks, their children there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.messaging import sql
from pupitre.messaging.parties import PARTY_OF_PROFILE, Party, parties_of
from pupitre.messaging.queries.people import Sender
from pupitre.messaging.words import about_guardian, about_student, first_name, listed, of_name


class Child(msgspec.Struct, frozen=True):
    """A child open to a guardian in the school; `groups` are those where they sit today."""

    id: int
    first_name: str
    name: str
    division: str
    relation: str
    groups: list[int]


class _Facts(msgspec.Struct, frozen=True):
    name: str
    roles: list[tuple[str, str]]
    children: list[Child]
    division: str
    groups: list[int]


@dataclass(frozen=True, slots=True)
class Myself:
    """The actor as they write; `groups` are those where they sit, for a student."""

    person_id: int
    name: str
    parties: tuple[Party, ...]
    functions: dict[Party, str]
    children: tuple[Child, ...]
    division: str
    groups: tuple[int, ...]

    @property
    def is_staff(self) -> bool:
        """Whether they work here, whatever else they are."""
        return any(party not in (Party.STUDENT, Party.GUARDIAN) for party in self.parties)

    def child(self, child_id: int | None) -> Child | None:
        """One of their children."""
        return next((each for each in self.children if each.id == child_id), None)

    def sender(self, about_id: int | None = None) -> Sender:
        """They, as the rules see them: about a child of theirs, a guardian; else their task, when they have one."""
        if self.child(about_id):
            return Sender(self.person_id, (Party.GUARDIAN,), about_id)
        at_work = tuple(party for party in self.parties if party != Party.GUARDIAN)
        return Sender(self.person_id, at_work or self.parties)

    def about(self, party: Party, about_id: int | None = None) -> str:
        """« mère d’Inès, 4e B », « élève, 4e B », « Mathématiques »."""
        if party == Party.STUDENT:
            return about_student(self.division)
        if party != Party.GUARDIAN:
            return self.functions.get(party) or str(party.label)
        child = self.child(about_id)
        if child:
            return about_guardian(child.relation, child.first_name, child.division)
        return "parent " + listed([of_name(first_name(each.first_name)) for each in self.children])


def myself(actor: Actor) -> Myself:
    """The actor in the open school; one statement."""
    return someone(actor.person_id, actor.profiles)


def someone(person_id: int, profiles: Iterable[str]) -> Myself:
    """Somebody as they would write with these profiles in the open school; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, _parameters(person_id))
        facts = _decode(cursor.fetchone()[0])
    functions = {
        PARTY_OF_PROFILE[profile]: function for profile, function in facts.roles if profile in PARTY_OF_PROFILE
    }
    parties = parties_of(profiles)
    if not facts.children:
        # A guardian shut out of every child has nothing to write about here.
        parties = [party for party in parties if party != Party.GUARDIAN]
    return Myself(
        *(person_id, facts.name, tuple(parties), functions, tuple(facts.children)),
        *(facts.division, tuple(facts.groups)),
    )


def _parameters(person_id: int) -> dict[str, Any]:
    return {"school": current_establishment_id(), "today": clock.today(), "me": person_id}


_DIVISION = sql.division_of("st.id")
_GROUPS = f"array(select group_id from ({sql.groups_of_student('st.id')}) g)"  # noqa: S608
_SQL = f"""
select json_build_object(
  'name', p.display_name,
  'roles', coalesce((select json_agg(json_build_array(a.profile, a.function)) from directory_affiliation a
    where a.person_id = p.id and a.establishment_id = %(school)s
      and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity')), '[]'),
  'children', coalesce((select json_agg(json_build_object('id', c.id, 'first_name', c.first_name, 'name', c.display_name,
      'division', coalesce({_DIVISION}, ''), 'relation', k.relation, 'groups', {_GROUPS}) order by c.birth_date, c.id)
    from directory_guardianship k join directory_person c on c.id = k.student_id
    join directory_student st on st.establishment_id = %(school)s and st.person_id = k.student_id
    where k.guardian_id = p.id and {sql.OPEN_LINK}), '[]'),
  'division', coalesce((select {_DIVISION} from directory_student st
    where st.establishment_id = %(school)s and st.person_id = p.id), ''),
  'groups', coalesce((select {_GROUPS} from directory_student st
    where st.establishment_id = %(school)s and st.person_id = p.id), '{{}}'))::text
from directory_person p where p.id = %(me)s"""  # noqa: S608
_decode = msgspec.json.Decoder(_Facts).decode
