"""What the academy says anew to one school, as one reading for its imports: those who changed, with all their links."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from pupitre.integrations.aaf import people
from pupitre.integrations.aaf.classes import described, labels_said
from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.requests import Values
from pupitre.integrations.aaf.waiting import Said, Taken, Waiting, subjects_of
from pupitre.integrations.exchange.records import (
    GroupRecord,
    GuardianRecord,
    Kind,
    LinkRecord,
    ProgrammeRecord,
    Reading,
    SchoolRecord,
    StaffRecord,
    StudentRecord,
    SubjectRecord,
)
from pupitre.integrations.exchange.text import read_stat
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.imports.checks import running_year


@dataclass(slots=True)
class Assembled:
    """A reading, and what is taken of the directory once it is applied."""

    reading: Reading
    taking: list[Taken]


@dataclass(slots=True)
class _School:
    said: Said
    structure: str
    waiting: Waiting
    # What is said of the students who are told, by key.
    students: dict[str, Values] = field(default_factory=dict)


def assemble(said: Said, structure: str, uai: str, produced_on: dt.date, name: str) -> Assembled:
    """The reading of what waits for a structure, out of what was read for several: no statement."""
    waiting, feed = said.waiting[structure], said.feed
    school = _School(said, structure, waiting)
    place = people.Place(structure, uai, feed.academy)
    students, links = _students(school, place)
    guardians = _guardians(school, place, links)
    staff = _staff(school, place)
    # An adult whom the academy has not sent yet: the link waits, and what is known of it here stays.
    known = {each.key for each in guardians}
    unsent = [each for each in links if each.guardian not in known]
    links = [each for each in links if each.guardian in known]
    if unsent:
        place.findings.append(
            Finding(Severity.NOTICE, "adult_unknown", f"{len(unsent)} lien(s)",
                    "Ces liens nomment des responsables que l’annuaire n’a pas encore envoyés : ils attendent.")
        )  # fmt: skip
    etab = said.values(Category.SCHOOL, [structure]).get(structure, {})
    reading = Reading(
        kind=Kind.AAF, name=name, digest=_digest(waiting.taking), uai=uai, year=running_year(produced_on),
        produced_at=dt.datetime.combine(produced_on, dt.time()), is_partial=True,
        # The school itself is told when it changed: its classes are then compared one by one.
        school=SchoolRecord(academy=feed.academy) if waiting.changed.get(Category.SCHOOL) else None,
        groups=_groups(etab, students, staff, school, place),
        students=students, guardians=guardians if students else None, links=links if students else None, staff=staff,
        programmes=_programmes(said, students), subjects=_subjects(school),
        gone_students=[place.outside(key) for key in waiting.gone.get(Category.STUDENT, ())],
        gone_staff=[place.outside(key) for key in waiting.gone.get(Category.STAFF, ())],
        findings=place.findings, aside=place.aside,
        aside_links=[*place.aside_links, *((each.student, each.guardian) for each in unsent)],
    )  # fmt: skip
    return Assembled(reading, waiting.taking)


def _students(school: _School, place: people.Place) -> tuple[list[StudentRecord], list[LinkRecord]]:
    """The students who changed, and those of the adults who changed: links are told whole."""
    told = {*school.waiting.changed.get(Category.STUDENT, ()), *school.waiting.with_adults}
    students: list[StudentRecord] = []
    links: list[LinkRecord] = []
    school.students = school.said.values(Category.STUDENT, told)
    for key, values in school.students.items():
        read = people.student(place, key, values)
        if read is not None:
            students.append(read[0])
            links += read[1]
    return students, links


def _guardians(school: _School, place: people.Place, links: Iterable[LinkRecord]) -> list[GuardianRecord]:
    records = school.said.values(Category.GUARDIAN, {each.guardian for each in links})
    read = (people.guardian(place, key, values) for key, values in records.items())
    return [each for each in read if each is not None]


def _staff(school: _School, place: people.Place) -> list[StaffRecord] | None:
    keys = school.waiting.changed.get(Category.STAFF, [])
    if not keys and not school.waiting.gone.get(Category.STAFF):
        return None
    read = (people.staff(place, key, values) for key, values in school.said.values(Category.STAFF, keys).items())
    return [each for each in read if each is not None]


def _groups(
    etab: Values,
    students: Iterable[StudentRecord],
    staff: Iterable[StaffRecord] | None,
    school: _School,
    place: people.Place,
) -> list[GroupRecord]:
    """What the school describes, and what its people are in: lists of classes are often empty."""
    found = {each.code: each for each in described(etab)}
    for each in students:
        if each.division:
            found.setdefault(each.division, GroupRecord(each.division, each.division, "division"))
        for code in each.groups:
            found.setdefault(code, GroupRecord(code, code, "group"))
    for member in staff or ():
        for code in member.head_of:
            found.setdefault(code, GroupRecord(code, code, "division"))
    if any(each.label == each.code for each in found.values()):  # first degree: labels are told with the children
        for values in school.students.values():
            if "ENTPersonClasses" not in values and "ENTPersonGroupes" not in values:
                break
            found |= {code: told for code, told in labels_said(place.structure, values).items() if told.label != code}
    return list(found.values())


def _programmes(said: Said, students: Iterable[StudentRecord]) -> list[ProgrammeRecord]:
    """The training levels that are followed here: the academy names thousands of them."""
    followed = {each.mef for each in students if each.mef}
    return [
        ProgrammeRecord(
            mef, people.one(values, "ENTLibelleMef")[:60] or mef, read_stat(people.one(values, "ENTMEFSTAT11"))
        )
        for mef, values in said.values(Category.PROGRAMME, followed).items()
    ]


def _subjects(school: _School) -> list[SubjectRecord]:
    """The subjects that these students are taught."""
    taught = {code for values in school.students.values() for code in subjects_of(values)}
    return [
        SubjectRecord(code, people.one(values, "ENTLibelleMatiere")[:80] or code)
        for code, values in school.said.values(Category.SUBJECT, taught).items()
    ]


def _digest(taking: list[Taken]) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(taking)).hexdigest()
