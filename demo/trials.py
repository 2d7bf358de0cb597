"""Files that a visitor may import from the browser: the first ones of the empty school, and the collège a little later."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from demo.identifiers import COLLEGE, EMPTY_COLLEGE
from demo.model import Adult, Lesson, Region, SchoolLife, Student
from demo.people.contacts import mobile_of
from demo.region import empty_school_region
from demo.writers.edt import write_edt_courses
from demo.writers.region import write_school
from demo.writers.siecle.guardians import write_guardians
from demo.writers.siecle.students import write_students

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NEWCOMER = 4001  # the key of a student that the region does not hold
_NEW_PHONES = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """An archive to download, then to import in the school of that UAI."""

    name: str
    uai: str
    label: StrOrPromise
    detail: StrOrPromise


FIRST, LATER, TIMETABLE = (
    Trial(
        "rentree-les-platanes.zip", EMPTY_COLLEGE, _("La rentrée du collège Les Platanes"),
        _("Sept fichiers à déposer d’un coup dans le collège encore vide, en tant qu’Aurélie Castaing."),
    ),
    Trial(
        "sophie-germain-plus-tard.zip", COLLEGE, _("Le collège Sophie-Germain, un peu plus tard"),
        _("Une arrivée, un départ, un changement de classe, trois nouveaux téléphones : à déposer en tant que Sylvie Marchal."),
    ),
    Trial(
        "sophie-germain-edt.zip", COLLEGE, _("L’emploi du temps du collège Sophie-Germain, vu par EDT"),
        _("Deux cours déplacés, un retiré, deux salles changées, une classe et une salle écrites autrement : à déposer en tant "
          "que Sylvie Marchal."),
    ),
)  # fmt: skip
TRIALS = (FIRST, LATER, TIMETABLE)


def write_trials(folder: Path, region: Region, at: datetime) -> list[Path]:
    """Write the archives; what they say was exported at that local time, and a minute later."""
    (empty,) = empty_school_region(at.date()).schools
    later = _a_little_later(region.school(COLLEGE), at)
    drafts = folder / "drafts"
    made = [_archive(folder / FIRST.name, write_school(drafts, empty, at))]
    in_a_minute = at + timedelta(minutes=1)
    made.append(
        _archive(
            folder / LATER.name, [write(drafts, later, in_a_minute) for write in (write_students, write_guardians)]
        )
    )
    school = region.school(COLLEGE)
    courses = write_edt_courses(
        drafts, school, _moved(school), class_of=lambda code: "6ème A" if code == "6A" else code
    )
    made.append(_archive(folder / TIMETABLE.name, [courses]))
    shutil.rmtree(drafts)
    return made


def _archive(path: Path, files: Iterable[Path]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return path


def _a_little_later(life: SchoolLife, at: datetime) -> SchoolLife:
    """The school once a few things have happened there."""
    students = list(life.students)
    leaver, mover = (_first_of(students, division) for division in ("5D", "6A"))
    elder = _first_of(students, "3C")
    students[students.index(leaver)] = replace(leaver, left_on=at.date())
    students[students.index(mover)] = replace(
        mover, division="6B", groups=[code.replace("6A", "6B") for code in mover.groups]
    )
    students.append(_little_sister(elder, students))
    phones = {
        link.adult.key: _with_new_phone(link.adult)
        for one in students[100 : 100 + _NEW_PHONES]
        for link in one.links[:1]
    }
    return replace(life, students=tuple(_with_adults(one, phones) for one in students))


def _moved(life: SchoolLife) -> list[Lesson]:
    """The lessons of the school once its timetable was worked over."""
    lessons = sorted(life.lessons, key=lambda each: (each.group, each.weekday, each.start))
    taught = [at for at, each in enumerate(lessons) if each.week == "H" and each.group in life.school.divisions]
    late, later, gone, room, other_room, written = (
        taught[3],
        taught[40],
        taught[60],
        taught[80],
        taught[81],
        taught[100],
    )
    for at in (late, later):
        lessons[at] = replace(lessons[at], weekday=5, start=17 * 60)
    lessons[room] = replace(lessons[room], room=life.rooms[0])
    lessons[other_room] = replace(lessons[other_room], room=life.rooms[1])
    lessons[written] = replace(lessons[written], room=f"Salle {lessons[written].room}")
    del lessons[gone]
    return lessons


def _first_of(students: list[Student], division: str) -> Student:
    # Not one of the cast, who are the first of all.
    return next(one for one in students[10:] if one.division == division)


def _little_sister(elder: Student, students: list[Student]) -> Student:
    neighbour = _first_of(students, "6D")
    return replace(
        elder, key=_NEWCOMER, level=neighbour.level, sex="2", first_name="Camille", other_names=(), repeats=False,
        birth_date=neighbour.birth_date, division=neighbour.division, choices=frozenset(), groups=list(neighbour.groups),
    )  # fmt: skip


def _with_new_phone(adult: Adult) -> Adult:
    return replace(adult, mobile=mobile_of(9_000 + adult.key))


def _with_adults(student: Student, changed: dict[int, Adult]) -> Student:
    links = tuple(replace(link, adult=changed.get(link.adult.key, link.adult)) for link in student.links)
    return replace(student, links=links)
