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
from demo.model import Adult, Region, SchoolLife, Student
from demo.people.contacts import mobile_of
from demo.region import empty_school_region
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


FIRST, LATER = (
    Trial(
        "rentree-les-platanes.zip", EMPTY_COLLEGE, _("La rentrée du collège Les Platanes"),
        _("Sept fichiers à déposer d’un coup dans le collège encore vide, en tant qu’Aurélie Castaing."),
    ),
    Trial(
        "sophie-germain-plus-tard.zip", COLLEGE, _("Le collège Sophie-Germain, un peu plus tard"),
        _("Une arrivée, un départ, un changement de classe, trois nouveaux téléphones : à déposer en tant que Sylvie Marchal."),
    ),
)  # fmt: skip
TRIALS = (FIRST, LATER)


def write_trials(folder: Path, region: Region, at: datetime) -> list[Path]:
    """Write both archives; what they say was exported at that local time, and a minute later."""
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
