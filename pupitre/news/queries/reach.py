"""How far somebody's news may go: the whole school, or the classes and groups where they work."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.directory.group_staff import group_staff_sql
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.news.policies import PUBLISH

OF_A_CLASS = (Profile.STUDENT, Profile.GUARDIAN, Profile.TEACHER)
"""Whom a class has; the other profiles are of the whole school."""
OF_SCHOOL = tuple(each for each in Profile if each not in (Profile.GUEST, Profile.ACADEMY_ADMIN))

_GROUPS = """select g.id, g.label, g.kind from directory_group g
join establishments_schoolyear y on y.establishment_id = %(school)s and y.id = g.school_year_id
where g.establishment_id = %(school)s and g.ends_on is null and %(today)s between y.starts_on and y.ends_on {only}
order by g.kind, g.label"""
_MINE = "and g.id in (select w.group_id from ({staff}) w where w.person_id = %(me)s)"


@dataclass(frozen=True, slots=True)
class Reached:
    """A class or a group that news may be for."""

    pk: int
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reach:
    """`is_whole`: the whole school and all its profiles; else `groups` alone, and those whom a class has."""

    is_whole: bool
    groups: tuple[Reached, ...]

    @property
    def profiles(self) -> tuple[Profile, ...]:
        return OF_SCHOOL if self.is_whole else OF_A_CLASS


def reach_of(actor: Actor) -> Reach:
    """How far the actor's news may go today; one statement."""
    is_whole = actor.has(PUBLISH)
    only = "" if is_whole else _MINE.format(staff=group_staff_sql())
    facts: dict[str, Any] = {"school": current_establishment_id(), "today": clock.today(), "me": actor.person_id}
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS.format(only=only), facts)
        groups = tuple(Reached(*row) for row in cursor.fetchall())
    return Reach(is_whole, groups)
