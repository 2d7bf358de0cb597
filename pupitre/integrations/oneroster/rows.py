"""The rows of each file, from what is told. Pure. Identifiers say nothing and last: a keyed digest of the record."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pupitre.integrations.oneroster.choosing import Roster
from pupitre.integrations.oneroster.columns import Row, joined, row
from pupitre.integrations.oneroster.held import Course, Team


class Rows:
    """The files of one receiver. `key` is its own, and `numbers` say by which number it knows each person.

    `names`: what a sign-on tells as the user, where it is not that number. `life` and `groups` name the courses of the classes
    where no subject is taught.
    """

    def __init__(
        self,
        roster: Roster,
        *,
        key: bytes,
        numbers: Mapping[int, str],
        names: Mapping[int, str],
        with_ine: bool,
        life: str,
        groups: str,
    ) -> None:
        self._roster, self._key, self._numbers, self._names = roster, key, numbers, names
        self._with_ine, self._life, self._groups = with_ine, life, groups
        self._org = self._id("org", roster.school.id)
        self._year = self._id("year", roster.year.id)
        self._terms = [self._id("term", each.id) for each in roster.school.terms]

    def of(self, name: str) -> Iterator[Row]:
        """The rows of a file, in an order that lasts."""
        yield from getattr(self, f"_{name}")()

    def _id(self, kind: str, *records: object) -> str:
        told = ":".join([kind, *map(str, records)]).encode()
        return hashlib.blake2b(told, key=self._key, digest_size=16).hexdigest()

    # « schoolYear » is the year in which it ends: 2027 for 2026-2027, where French files write 2026.
    def _academicSessions(self) -> Iterator[Row]:
        year = self._roster.year
        ends = str(year.year + 1)
        yield row(
            "academicSessions", sourcedId=self._year, title=f"{year.year}-{ends}", type="schoolYear",
            startDate=year.starts_on.isoformat(), endDate=year.ends_on.isoformat(), schoolYear=ends,
        )  # fmt: skip
        kind = "semester" if len(self._terms) == 2 else "term"
        for sourced, each in zip(self._terms, self._roster.school.terms, strict=True):
            yield row(
                "academicSessions", sourcedId=sourced, title=each.label, type=kind, startDate=each.starts_on.isoformat(),
                endDate=each.ends_on.isoformat(), parentSourcedId=self._year, schoolYear=ends,
            )  # fmt: skip

    def _orgs(self) -> Iterator[Row]:
        school = self._roster.school
        yield row("orgs", sourcedId=self._org, name=school.name, type="school", identifier=school.uai)

    def _courses(self) -> Iterator[Row]:
        if self._roster.divisions:
            yield self._course(self._id("course", "life"), self._life)
        if self._roster.others:
            yield self._course(self._id("course", "groups"), self._groups)
        for subject, (code, label) in {each.subject: (each.code, each.label) for each in self._roster.courses}.items():
            yield self._course(self._id("subject", subject), label or code, code, label)

    def _course(self, sourced: str, title: str, code: str = "", subject: str = "") -> Row:
        return row(
            "courses", sourcedId=sourced, schoolYearSourcedId=self._year, title=title, courseCode=code,
            orgSourcedId=self._org, subjects=joined(subject), subjectCodes=joined(code),
        )  # fmt: skip

    def _classes(self) -> Iterator[Row]:
        for each in self._roster.divisions:
            yield self._team(each, "homeroom", self._id("course", "life"))
        for each in self._roster.others:
            yield self._team(each, "scheduled", self._id("course", "groups"))
        teams = {each.id: each for each in self._roster.school.teams}
        for course in self._roster.courses:
            yield self._taught(course, teams[course.group])

    def _team(self, each: Team, kind: str, course: str) -> Row:
        return row(
            "classes", sourcedId=self._id("group", each.id), title=each.label or each.code, courseSourcedId=course,
            classCode=each.code, classType=kind, schoolSourcedId=self._org, termSourcedIds=self._in_terms,
        )  # fmt: skip

    def _taught(self, course: Course, team: Team) -> Row:
        return row(
            "classes", sourcedId=self._id("service", course.id), classType="scheduled", schoolSourcedId=self._org,
            title=f"{course.label or course.code}, {team.label or team.code}", termSourcedIds=self._in_terms,
            courseSourcedId=self._id("subject", course.subject), classCode=f"{team.code} {course.code}",
            subjects=joined(course.label), subjectCodes=joined(course.code),
        )  # fmt: skip

    @property
    def _in_terms(self) -> str:
        return joined(*(self._terms or [self._year]))

    def _users(self) -> Iterator[Row]:
        for person, human in self._roster.people.items():
            number = self._numbers[person]
            agents = [*self._roster.guardians.get(person, ()), *self._roster.wards.get(person, ())]
            is_student = "student" in self._roster.roles[person]
            yield row(
                "users", sourcedId=number, enabledUser="true", username=self._names.get(person, number),
                givenName=" ".join(human.first_name.split()), familyName=" ".join(human.last_name.split()),
                agentSourcedIds=joined(*dict.fromkeys(self._numbers[each] for each in agents)),
                userMasterIdentifier=human.ine if self._with_ine and is_student else "", primaryOrgSourcedId=self._org,
            )  # fmt: skip

    def _roles(self) -> Iterator[Row]:
        for person, roles in self._roster.roles.items():
            number = self._numbers[person]
            for position, role in enumerate(roles):
                yield row(
                    "roles", sourcedId=self._id("role", number, role), userSourcedId=number, role=role,
                    roleType="secondary" if position else "primary", orgSourcedId=self._org,
                )  # fmt: skip

    def _enrollments(self) -> Iterator[Row]:
        roster = self._roster
        for team in (*roster.divisions, *roster.others):
            leaders = [person for person, group in roster.school.form_teachers if group == team.id]
            yield from self._in_class(self._id("group", team.id), roster.groups[team.id], leaders)
        teachers: dict[int, list[int]] = defaultdict(list)
        for person, course in roster.school.teachers:
            teachers[course].append(person)
        for each in roster.courses:
            yield from self._in_class(self._id("service", each.id), roster.groups[each.group], teachers[each.id])

    def _in_class(self, sourced: str, students: list[int], teachers: list[int]) -> Iterator[Row]:
        """One teacher at most is the primary one: the first who was named."""
        told = dict.fromkeys(each for each in teachers if each in self._roster.people)
        for position, person in enumerate(told):
            yield self._enrolled(sourced, person, "teacher", is_primary=not position)
        for person in students:
            yield self._enrolled(sourced, person, "student")

    def _enrolled(self, sourced: str, person: int, role: str, *, is_primary: bool = False) -> Row:
        number = self._numbers[person]
        return row(
            "enrollments", sourcedId=self._id("enrollment", sourced, number, role), classSourcedId=sourced,
            schoolSourcedId=self._org, userSourcedId=number, role=role, primary="true" if is_primary else "false",
        )  # fmt: skip
