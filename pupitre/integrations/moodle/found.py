"""What a Moodle holds of a school: asked in batches, and read only."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pupitre.integrations.moodle import naming
from pupitre.integrations.moodle.answers import (
    Category,
    Cohort,
    CohortMembers,
    CourseList,
    Enrolled,
    MoodleUser,
)
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.wanted import Wanted

T = TypeVar("T")
BATCH = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Accounts by our number and by user name; cohorts and courses by our number; who is in each, by Moodle's numbers."""

    by_number: Mapping[str, MoodleUser]
    by_username: Mapping[str, MoodleUser]
    by_id: Mapping[int, MoodleUser]
    cohorts: Mapping[str, Cohort] = field(default_factory=dict)
    members: Mapping[int, frozenset[int]] = field(default_factory=dict)
    # Course of ours → its number there, and who is in it with which roles.
    courses: Mapping[int, int] = field(default_factory=dict)
    enrolled: Mapping[int, Mapping[int, frozenset[int]]] = field(default_factory=dict)


def read_moodle(moodle: Moodle, wanted: Wanted, *, known: Collection[int], linked: Mapping[int, int]) -> Found:
    """What Moodle holds of what is wanted, and of the accounts `known` of ours. Raises MoodleFailure.

    `linked`: the courses of ours that have one there. About a call for fifty people, one a course.
    """
    by_number = {each.idnumber: each for each in _users(moodle, "idnumber", [each.number for each in wanted.accounts])}
    left = [each.user for each in wanted.accounts if each.number not in by_number]
    by_username = {each.username: each for each in _users(moodle, "username", left)}
    seen = {each.id: each for each in (*by_number.values(), *by_username.values())}
    others = _users(moodle, "id", [str(pk) for pk in known if pk not in seen])
    cohorts = {
        each.idnumber: each
        for each in moodle.ask("core_cohort_get_cohorts", list[Cohort])
        if each.idnumber and each.idnumber.startswith(f"{naming.school_number(wanted.uai)}-g")
    }
    courses = _courses(moodle, wanted, linked)
    return Found(
        by_number=by_number,
        by_username=by_username,
        by_id={**seen, **{each.id: each for each in others}},
        cohorts=cohorts,
        members=_members(moodle, [each.id for each in cohorts.values()]),
        courses=courses,
        enrolled={course: _enrolled(moodle, number) for course, number in courses.items()},
    )


def category_of(moodle: Moodle, number: str) -> int | None:
    """The number there of a category of ours."""
    criteria = [{"key": "idnumber", "value": number}]
    found = moodle.ask("core_course_get_categories", list[Category], criteria=criteria, addsubcategories=0)
    return next((each.id for each in found if each.idnumber == number), None)


def _users(moodle: Moodle, field: str, values: Sequence[str]) -> Iterator[MoodleUser]:
    for batch in _in_batches(values):
        yield from moodle.ask("core_user_get_users_by_field", list[MoodleUser], field=field, values=batch)


def _members(moodle: Moodle, cohorts: Sequence[int]) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for batch in _in_batches(cohorts):
        rows = moodle.ask("core_cohort_get_cohort_members", list[CohortMembers], cohortids=batch)
        found.update((each.cohortid, frozenset(each.userids)) for each in rows)
    return found


def _courses(moodle: Moodle, wanted: Wanted, linked: Mapping[int, int]) -> dict[int, int]:
    """Each is asked for by itself: Moodle 4.5 breaks on a list in which one does not exist any more."""
    found: dict[int, int] = {}
    for each in wanted.courses:
        asked = [("id", str(linked[each.course]))] if each.course in linked else []
        for field_name, value in (*asked, ("idnumber", each.number)):
            rows = moodle.ask("core_course_get_courses_by_field", CourseList, field=field_name, value=value).courses
            if rows:
                found[each.course] = rows[0].id
                break
    return found


def _enrolled(moodle: Moodle, course: int) -> dict[int, frozenset[int]]:
    options = [{"name": "userfields", "value": "id,roles"}]
    try:
        rows = moodle.ask("core_enrol_get_enrolled_users", list[Enrolled], courseid=course, options=options)
    except MoodleFailure as no:
        # A course that was deleted since: it is made again.
        if no.detail == "invalidrecord":
            return {}
        raise
    return {each.id: frozenset(role.roleid for role in each.roles) for each in rows}


def _in_batches(values: Iterable[T]) -> Iterator[list[T]]:
    values = list(values)
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
