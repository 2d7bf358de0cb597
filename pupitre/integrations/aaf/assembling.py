"""What the academy says anew to one school, as one reading for its imports: those who changed, with all their links."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import msgspec
from django.db.models import F, Q

from pupitre.integrations.aaf import people
from pupitre.integrations.aaf.classes import described, labels_said
from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.models import Feed, Placement, Record
from pupitre.integrations.aaf.requests import Values
from pupitre.integrations.aaf.staging import decode
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
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.imports.checks import running_year

Taken = tuple[int, str, int | None]
"""Category, key and digest of what a reading says; no digest: that they are gone."""
_MANY = 5_000


@dataclass(slots=True)
class Assembled:
    """A reading, and what is taken of the directory once it is applied."""

    reading: Reading
    taking: list[Taken]


@dataclass(slots=True)
class _School:
    feed: Feed
    structure: str
    changed: dict[int, list[str]]
    gone: dict[int, list[str]]
    taking: list[Taken]
    # What is said of the students who are told, by key.
    students: dict[str, Values] = field(default_factory=dict)


def assemble(feed: Feed, structure: str, uai: str, produced_on: dt.date, name: str, today: dt.date) -> Assembled:
    """The reading of what waits for a structure. A dozen statements, whatever the number of people."""
    school = _waiting(feed, structure, today)
    place = people.Place(structure, uai, feed.academy)
    students, links = _students(school, place)
    guardians = _guardians(school, place, links)
    staff = _staff(school, place)
    # An adult whom the academy has not sent yet: the link waits, and what is known of it here stays.
    known = {each.key for each in guardians}
    waiting = [each for each in links if each.guardian not in known]
    links = [each for each in links if each.guardian in known]
    if waiting:
        place.findings.append(
            Finding(Severity.NOTICE, "adult_unknown", f"{len(waiting)} lien(s)",
                    "Ces liens nomment des responsables que l’annuaire n’a pas encore envoyés : ils attendent.")
        )  # fmt: skip
    etab = _values(feed, Category.SCHOOL, [structure]).get(structure, {})
    reading = Reading(
        kind=Kind.AAF, name=name, digest=_digest(school.taking), uai=uai, year=running_year(produced_on),
        produced_at=dt.datetime.combine(produced_on, dt.time()), is_partial=True,
        # The school itself is told when it changed: its classes are then compared one by one.
        school=SchoolRecord(academy=feed.academy) if school.changed.get(Category.SCHOOL) else None,
        groups=_groups(etab, students, staff, school, place),
        students=students, guardians=guardians if students else None, links=links if students else None, staff=staff,
        programmes=_programmes(feed, students), subjects=_subjects(feed, school),
        gone_students=[place.outside(key) for key in school.gone.get(Category.STUDENT, ())],
        gone_staff=[place.outside(key) for key in school.gone.get(Category.STAFF, ())],
        findings=place.findings, aside=place.aside,
        aside_links=[*place.aside_links, *((each.student, each.guardian) for each in waiting)],
    )  # fmt: skip
    return Assembled(reading, school.taking)


def _waiting(feed: Feed, structure: str, today: dt.date) -> _School:
    here = Placement.objects.filter(feed=feed, structure=structure)
    waits = Q(wanted=None) | Q(taken=None) | ~Q(wanted=F("taken"))
    due = Q(wanted__isnull=False) | Q(due_on=None) | Q(due_on__lte=today)
    school = _School(feed, structure, {}, {}, [])
    for category, key, wanted in (
        here.filter(waits & due).order_by("category", "key").values_list("category", "key", "wanted")
    ):
        (school.gone if wanted is None else school.changed).setdefault(category, []).append(key)
        school.taking.append((category, key, wanted))
    return school


def _values(feed: Feed, category: Category, keys: Collection[str]) -> dict[str, Values]:
    """The records of these keys that the academy still names."""
    told = sorted(set(keys))
    found: dict[str, Values] = {}
    for start in range(0, len(told), _MANY):
        rows = Record.objects.filter(feed=feed, category=category, key__in=told[start : start + _MANY], gone_on=None)
        found |= {key: decode(data) for key, data in rows.values_list("key", "data")}
    return found


def _students(school: _School, place: people.Place) -> tuple[list[StudentRecord], list[LinkRecord]]:
    """The students who changed, and those of the adults who changed: links are told whole."""
    keys = set(school.changed.get(Category.STUDENT, ()))
    if adults := school.changed.get(Category.GUARDIAN):
        here = Placement.objects.filter(feed=school.feed, structure=school.structure, category=Category.STUDENT)
        # Asked first: joined, the planner would go through the students of the whole academy.
        placed = [key for key in here.exclude(wanted=None).values_list("key", flat=True) if key not in keys]
        of_adults = Record.objects.filter(
            feed=school.feed, category=Category.STUDENT, gone_on=None, key__in=placed, adults__overlap=adults
        )
        keys.update(of_adults.values_list("key", flat=True))
    students: list[StudentRecord] = []
    links: list[LinkRecord] = []
    school.students = _values(school.feed, Category.STUDENT, keys)
    for key, values in school.students.items():
        read = people.student(place, key, values)
        if read is not None:
            students.append(read[0])
            links += read[1]
    return students, links


def _guardians(school: _School, place: people.Place, links: Iterable[LinkRecord]) -> list[GuardianRecord]:
    records = _values(school.feed, Category.GUARDIAN, {each.guardian for each in links})
    read = (people.guardian(place, key, values) for key, values in records.items())
    return [each for each in read if each is not None]


def _staff(school: _School, place: people.Place) -> list[StaffRecord] | None:
    keys = school.changed.get(Category.STAFF, [])
    if not keys and not school.gone.get(Category.STAFF):
        return None
    read = (people.staff(place, key, values) for key, values in _values(school.feed, Category.STAFF, keys).items())
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


def _programmes(feed: Feed, students: Iterable[StudentRecord]) -> list[ProgrammeRecord]:
    """The training levels that are followed here: the academy names thousands of them."""
    followed = {each.mef for each in students if each.mef}
    return [
        ProgrammeRecord(mef, people.one(values, "ENTLibelleMef")[:60] or mef)
        for mef, values in _values(feed, Category.PROGRAMME, followed).items()
    ]


def _subjects(feed: Feed, school: _School) -> list[SubjectRecord]:
    """The subjects that these students are taught."""
    taught = {
        code
        for values in school.students.values()
        for code in values.get("ENTEleveCodeEnseignements", ())
        if len(code) <= 6
    }
    return [
        SubjectRecord(code, people.one(values, "ENTLibelleMatiere")[:80] or code)
        for code, values in _values(feed, Category.SUBJECT, taught).items()
    ]


def _digest(taking: list[Taken]) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(taking)).hexdigest()
