"""An invented school in the neutral words of readings: four students, three adults, two teachers."""

import datetime as dt
from typing import Any

from pupitre.integrations.exchange.records import (
    CourseRecord,
    GroupRecord,
    GuardianRecord,
    Identity,
    Kind,
    LessonRecord,
    LinkRecord,
    OutsideId,
    Reading,
    SchoolRecord,
    StaffRecord,
    StudentRecord,
    SubjectRecord,
)

UAI = "0999910J"
YEAR = 2026
MONDAYS = tuple(dt.date(2026, 9, 7) + dt.timedelta(weeks=week) for week in range(6))


def student(
    number: int, last_name: str, first_name: str, *, birth: dt.date | None = None, **more: Any
) -> StudentRecord:
    """A student of 5A, born in 2014 unless told."""
    who = Identity(
        (OutsideId("siecle_student", UAI, str(number)), OutsideId("ine", "national", f"0990{number:05d}AB")),
        last_name, first_name, sex="F", birth_date=birth or dt.date(2014, 1, number % 28 + 1),
    )  # fmt: skip
    told: dict[str, Any] = {
        "division": "5A",
        "boarding_code": "0",
        "mef": "10110001110",
        "ine": f"0990{number:05d}AB",
    } | more
    return StudentRecord(key=str(number), who=who, **told)


def guardian(number: int, last_name: str, first_name: str, **more: Any) -> GuardianRecord:
    """An adult with an address of their own."""
    told: dict[str, Any] = {
        "email": f"{first_name}.{last_name}@exemple.invalid".lower(),
        "mobile": f"+3363998{number:04d}",
    } | more
    return GuardianRecord(
        str(number), Identity((OutsideId("siecle_person", UAI, str(number)),), last_name, first_name, **told)
    )


def students() -> list[StudentRecord]:
    return [
        student(1, "BELKACEM", "Inès"),
        student(2, "BELKACEM", "Tom", groups=("5LATIN",)),
        student(3, "D'HAUTCŒUR", "Jade"),
        student(4, "LE GALLOUDEC", "Malo", groups=("5LATIN",)),
    ]


def guardians() -> list[GuardianRecord]:
    return [guardian(11, "BELKACEM", "Samia"), guardian(12, "D'HAUTCŒUR", "Paul"), guardian(13, "LE GALLOUDEC", "Anne")]


def links() -> list[LinkRecord]:
    return [
        LinkRecord("1", "11", 1, "10"),
        LinkRecord("2", "11", 1, "10"),
        LinkRecord("3", "12", 1, "20"),
        LinkRecord("4", "13", 1, "10"),
    ]


def staff() -> list[StaffRecord]:
    epp = OutsideId("sts_epp", "99", "71001")
    return [
        StaffRecord("epp:71001", Identity((epp,), "ROUSSEL", "Claire", sex="F", birth_date=dt.date(1980, 5, 4)), "ENS",
                    "Mathématiques", ("5A",)),
        StaffRecord("local:7", Identity((OutsideId("sts_local", UAI, "7"),), "PERRIN", "Hugo"), "AED", "Assistant d’éducation"),
    ]  # fmt: skip


def group(code: str, label: str = "", kind: str = "division", divisions: tuple[str, ...] = ()) -> GroupRecord:
    """A class, or a group drawn from classes."""
    return GroupRecord(code, label or code, kind, divisions)


def groups() -> list[GroupRecord]:
    return [group("5A", "5e A"), group("5LATIN", "Latin 5e", "group", ("5A",))]


def readings(**instead: Any) -> list[Reading]:
    """All the files of the school, complete; `instead` replaces lists by name."""
    told: dict[str, Any] = {
        "students": students(),
        "guardians": guardians(),
        "links": links(),
        "staff": staff(),
        "groups": groups(),
    } | instead
    head: dict[str, Any] = {"uai": UAI, "year": YEAR, "produced_at": dt.datetime(2026, 9, 15, 18, 0)}
    return [
        Reading(kind=Kind.COMMONS, name="Communs.xml", digest="a", school=SchoolRecord("Collège"), **head),
        Reading(kind=Kind.STRUCTURES, name="Structures.xml", digest="b", groups=told["groups"], **head),
        Reading(kind=Kind.STUDENTS, name="Eleves.xml", digest="c", students=told["students"], **head),
        Reading(kind=Kind.GUARDIANS, name="Responsables.xml", digest="d", guardians=told["guardians"], links=told["links"], **head),
        Reading(
            kind=Kind.STAFF, name="sts_emp.xml", digest="e", staff=told["staff"],
            subjects=[SubjectRecord("061300", "Mathématiques", "MATHS", "MATHS")],
            courses=[CourseRecord("5A", "061300", "CG", ("epp:71001",))], **head,
        ),
        Reading(kind=Kind.TIMETABLE, name="emp_sts.xml", digest="f", lessons=told.get("lessons", [lesson()]), uai=UAI, year=YEAR),
    ]  # fmt: skip


def lesson(**more: Any) -> LessonRecord:
    told: dict[str, Any] = {
        "group": "5A", "subject": "061300", "weekday": 1, "starts_at": dt.time(8, 5), "ends_at": dt.time(9, 0),
        "weeks": MONDAYS, "modality": "CG", "teachers": ("epp:71001",), "alternation": "H", "classroom": "B12",
    }  # fmt: skip
    return LessonRecord(**(told | more))
