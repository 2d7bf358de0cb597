"""Every file of a school, and of a region, in a folder."""

from datetime import datetime, time
from pathlib import Path

from demo.model import Region, SchoolLife
from demo.region import benchmark_region
from demo.writers.fregata import write_fregata
from demo.writers.siecle.commons import write_commons
from demo.writers.siecle.guardians import write_guardians
from demo.writers.siecle.nomenclature import write_nomenclature
from demo.writers.siecle.structures import write_structures
from demo.writers.siecle.students import write_students
from demo.writers.sts.staff_file import write_staff_file
from demo.writers.sts.timetable_file import write_timetable_file
from pupitre.foundation import clock

_SIECLE = (write_commons, write_nomenclature, write_structures, write_students, write_guardians)


def write_region(folder: Path, region: Region, at: datetime | None = None) -> dict[str, list[Path]]:
    """Write every school's files in `folder/<uai>/`; paths by UAI, in the order in which an office would send them.

    `at` is the local time that SIECLE prints in its exports; the day after lessons begin when it is not told.
    """
    return {life.school.uai: write_school(folder / life.school.uai, life, at) for life in region.schools}


def write_school(folder: Path, life: SchoolLife, at: datetime | None = None) -> list[Path]:
    """Write the files of one school: those of its students' base, then STSWEB's and the timetable."""
    folder.mkdir(parents=True, exist_ok=True)
    produced_at = at or datetime.combine(life.calendar.starts_on, time(18, 30))
    base = [write(folder, life, produced_at) for write in _SIECLE if life.school.in_siecle] or write_fregata(
        folder, life
    )
    return [*base, write_staff_file(folder, life), write_timetable_file(folder, life)]


def write_school_files(folder: Path, students: int = 3000) -> list[Path]:
    """Write the files of one huge collège of this school year, to measure imports with."""
    return write_school(folder, benchmark_region(clock.today(), students).schools[0])
