"""The members of a course, as a tool may know them (LTI Names and Role Provisioning Services 2.0)."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.directory.models import Membership, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.integrations.lti.services.telling import names_in
from pupitre.integrations.lti.words import INSTRUCTOR, LEARNER
from pupitre.integrations.services.facts import Facts
from pupitre.integrations.services.models import Connector, ConnectorGroup, Pseudonym
from pupitre.integrations.services.releases import told_of
from pupitre.timetable.models import Course, CourseTeacher

_DISCLOSE = """
insert into services_disclosure as d (establishment_id, connector_id, person_id, names, times, first_at, last_at)
select %(school)s, %(connector)s, person, %(names)s, 1, %(now)s, %(now)s from unnest(%(people)s::bigint[]) as person
on conflict (establishment_id, connector_id, person_id)
do update set
  names = excluded.names || array(select n from unnest(d.names) with ordinality t (n, i) where n <> all(excluded.names) order by i),
  times = d.times + 1, last_at = excluded.last_at
"""


@dataclass(frozen=True, slots=True)
class Page:
    """Some members of a course; `following` is the page after, None when it is the last."""

    members: list[dict[str, Any]]
    following: int | None


def members_of(*, course: Course, connector: Connector, role: str, page: int, size: int) -> Page:
    """A page of the members of a course to whom the tool is open, in the order of names; each is noted in the log.

    Names only when the school lets the tool have them. Six statements, whatever the number. `role`: a full or a short
    name (« Learner »); empty for all.
    """
    people = {**_learners(course, connector), **_instructors(course, connector)}
    if role:
        people = {person: roles for person, roles in people.items() if any(_is(each, role) for each in roles)}
    found = Person.objects.filter(pk__in=people, user__state="active").select_related("user").order_by("sort_key", "pk")
    start = (page - 1) * size
    rows = list(found[start : start + size + 1])
    shown, is_more = rows[:size], len(rows) > size
    numbers = _numbers(connector, shown)
    members = [_member(each, people[each.pk], numbers[each.pk], connector) for each in shown]
    _note(connector, shown)
    return Page(members, page + 1 if is_more else None)


def _is(role: str, asked: str) -> bool:
    return asked in (role, role.rpartition("#")[2])


def _learners(course: Course, connector: Connector) -> dict[int, tuple[str, ...]]:
    if Profile.STUDENT not in connector.profiles:
        return {}
    today = held_on(clock.today())
    rows = Membership.objects.filter(today, group=course.group_id)
    classes = list(ConnectorGroup.objects.filter(connector=connector).values_list("group_id", flat=True))
    if classes:
        rows = rows.filter(student__in=Membership.objects.filter(today, group__in=classes).values("student"))
    return dict.fromkeys(rows.values_list("student__person", flat=True), LEARNER)


def _instructors(course: Course, connector: Connector) -> dict[int, tuple[str, ...]]:
    if Profile.TEACHER not in connector.profiles:
        return {}
    rows = CourseTeacher.objects.filter(held_on(clock.today()), course=course)
    return dict.fromkeys(rows.values_list("person_id", flat=True), INSTRUCTOR)


def _numbers(connector: Connector, people: list[Person]) -> dict[int, str]:
    """The number of each for this tool, drawn the first time."""
    drawn = [
        Pseudonym(person=each, service_id=connector.service_id, value=secrets.token_hex(16)) for each in people
    ]  # fmt: skip
    Pseudonym.objects.bulk_create(drawn, ignore_conflicts=True)
    rows = Pseudonym.objects.filter(service=connector.service_id, person__in=people)
    return dict(rows.values_list("person_id", "value"))


def _member(person: Person, roles: tuple[str, ...], number: str, connector: Connector) -> dict[str, Any]:
    facts = Facts(
        person=person.pk, last_name=person.last_name, usage_name=person.usage_name, first_name=person.first_name,
        display_name=person.display_name, birth_date=None, email=(person.user and person.user.email) or person.email,
        login="", uai="", school="", opaque=None, pseudonym=number, profiles=None, groups=None,
    )  # fmt: skip
    service = connector.service
    told = told_of(facts, identifier="pseudonym", attributes=service.attributes, withheld=connector.withheld)
    return {"status": "Active", "user_id": told.user, "roles": list(roles), **names_in(told)}


def _note(connector: Connector, people: list[Person]) -> None:
    kept = [name for name, _source in connector.service.attributes if name not in connector.withheld]
    if not people:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _DISCLOSE,
            {
                "school": connector.establishment_id,
                "connector": connector.pk,
                "names": [name for name in kept if name in ("name", "given_name", "family_name", "email")],
                "people": [each.pk for each in people],
                "now": clock.now(),
            },
        )
