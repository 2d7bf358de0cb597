"""The region of a school year: three schools, their people, their lessons. Same seed and same year, same region."""

from datetime import date
from random import Random

from demo.calendar import calendar_of, school_year_of
from demo.model import Region, School, SchoolLife
from demo.people.families import FamilyPlanner, cast_students
from demo.people.staff import StaffRoom
from demo.schools import big_school, demo_schools, empty_school
from demo.teaching.assignment import assign
from demo.teaching.grouping import Composition, compose
from demo.timetable.blocks import blocks_of
from demo.timetable.placement import ToPlace, place
from demo.timetable.rooms import Rooms

SEED = "Pupitre"


def demo_region(on: date, seed: str = SEED) -> Region:
    """The three demo schools in the school year to show on that day."""
    return _populate(demo_schools(), school_year_of(on), seed, with_cast=True)


def benchmark_region(on: date, students: int, seed: str = SEED) -> Region:
    """A single huge collège; `students` is rounded to the hundred."""
    return _populate((big_school(students),), school_year_of(on), seed, with_cast=False)


def empty_school_region(on: date, seed: str = SEED) -> Region:
    """What the files of the empty demo school would say: nobody there has a number of the three others."""
    return _populate((empty_school(),), school_year_of(on), f"{seed} empty", with_cast=False, first_key=5001)


def _populate(
    schools: tuple[School, ...], year: int, seed: str, *, with_cast: bool, first_key: int | None = None
) -> Region:
    # One draw for each subject: a change in the timetable leaves people as they are. The year is not part of the
    # seed: it only moves dates, so that the same people are there every year.
    keys = {} if first_key is None else {"first_key": first_key}
    planner = FamilyPlanner(Random(f"{seed} families"), schools, year, **keys)
    students = planner.fill(cast_students(planner, year) if with_cast else [])
    composing, hiring = Random(f"{seed} classes"), Random(f"{seed} staff")
    staff_room = StaffRoom(hiring, **keys)
    staff_room.hire_known({school.uai for school in schools})
    compositions: dict[str, Composition] = {}
    to_place: list[ToPlace] = []
    for school in schools:
        own = [student for student in students if student.uai == school.uai]
        compositions[school.uai] = composition = compose(composing, school, own)
        blocks = blocks_of(school, composition)
        services = assign(school, blocks, staff_room)
        staff_room.hire_others(school)
        to_place.append(ToPlace(school, blocks, services, Rooms(school, services, staff_room.of(school.uai))))
    lessons = place(Random(f"{seed} timetable"), to_place, staff_room.staff)
    return Region(
        year,
        tuple(
            SchoolLife(
                school=life.school,
                calendar=calendar_of(year),
                students=tuple(student for student in students if student.uai == life.school.uai),
                groups=compositions[life.school.uai].groups,
                staff=tuple(staff_room.of(life.school.uai)),
                services=tuple(life.services),
                lessons=lessons[life.school.uai],
                rooms=life.rooms.all(),
            )
            for life in to_place
        ),
    )
