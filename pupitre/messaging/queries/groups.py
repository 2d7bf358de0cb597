"""The classes and groups of the year, as somebody may write to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.directory.models import Group
from pupitre.directory.names import fold
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.messaging import sql
from pupitre.messaging.parties import Party
from pupitre.messaging.queries.people import Sender

_KINDS = {Group.Kind.DIVISION: 0, Group.Kind.GROUP: 1, Group.Kind.PART: 2}


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group of today, with how many students and guardians it counts; `mine`: the parties by which the sender is of it."""

    pk: int
    label: str
    kind: str
    students: int
    guardians: int
    mine: frozenset[Party]
    is_delegate: bool

    @property
    def is_class(self) -> bool:
        return self.kind == Group.Kind.DIVISION


def groups_for(sender: Sender, only: Iterable[int] | None = None) -> list[GroupFacts]:
    """The groups of the year, or those asked for: one's own first, classes before groups; one statement."""
    wanted = None if only is None else list(only)
    if wanted == []:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_statement(sender.parties), _parameters(sender, wanted))
        rows = [_facts(row, sender.parties) for row in cursor.fetchall()]
    return sorted(rows, key=lambda row: (not row.mine, _KINDS.get(Group.Kind(row.kind), 3), fold(row.label)))


def _parameters(sender: Sender, wanted: list[int] | None) -> dict[str, Any]:
    return {
        "school": current_establishment_id(),
        "today": clock.today(),
        "me": sender.person_id,
        "child": sender.child_id,
        "only": wanted,
    }


def _statement(parties: tuple[Party, ...]) -> str:
    columns = "".join(f", g.id in ({sql.groups_of_sender(party)})" for party in parties)
    # Full joins are only ever made by hash or by merge (see `sql`); what has no pair on one side counts for nobody.
    return f"""
with seats as materialized (select m.group_id, m.student_id from directory_membership m
  where m.establishment_id = %(school)s and (%(only)s::bigint[] is null or m.group_id = any(%(only)s::bigint[]))
    and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')),
links as (select st.id as student_id, k.guardian_id
  from (select id, person_id from directory_student where establishment_id = %(school)s) st
  full join (select k.student_id, k.guardian_id from directory_guardianship k where {sql.OPEN_LINK}) k
    on k.student_id = st.person_id),
counted as materialized (
  select seats.group_id, count(distinct seats.student_id) as students, count(distinct links.guardian_id) as guardians
  from seats full join links on links.student_id = seats.student_id group by seats.group_id)
select g.id, g.label, g.kind, coalesce(counted.students, 0), coalesce(counted.guardians, 0),
  g.id in (select d.group_id from messaging_classdelegate d where d.establishment_id = %(school)s
    and d.person_id = %(me)s){columns}
from directory_group g join establishments_schoolyear y on y.establishment_id = %(school)s and y.id = g.school_year_id
left join counted on counted.group_id = g.id
where g.establishment_id = %(school)s and g.ends_on is null and %(today)s between y.starts_on and y.ends_on
  and (%(only)s::bigint[] is null or g.id = any(%(only)s::bigint[]))"""  # noqa: S608


def _facts(row: tuple[Any, ...], parties: tuple[Party, ...]) -> GroupFacts:
    pk, label, kind, students, guardians, is_delegate, *mine = row
    held = frozenset(party for party, is_mine in zip(parties, mine, strict=True) if is_mine)
    return GroupFacts(pk, label, kind, students, guardians, held, is_delegate)
