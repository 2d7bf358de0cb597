"""Students, family by family, until every seat of every school is taken."""

from datetime import date, timedelta
from itertools import count
from random import Random

from demo import cast
from demo.identifiers import COLLEGE, LYCEE, LYCEE_AGRICOLE
from demo.model import Adult, Home, Link, School, Student
from demo.people.contacts import fold, mobile_of, phone_of
from demo.people.households import Household, HouseholdMaker
from demo.people.names import draw_origin

_CHILDREN = ((1, 58), (2, 31), (3, 9), (4, 2))
_BORN_ABROAD = ("ALGER", "LISBONNE", "DAKAR", "BRUXELLES", "CASABLANCA", "KYIV", "MILAN", "TUNIS", "ABIDJAN", "LIMA")
_REGIMES = {
    "college": (("24", 55), ("0", 34), ("25", 8), ("29", 3)),
    "lycee": (("24", 46), ("0", 38), ("3", 10), ("25", 6)),
    "lycee_agricole": (("3", 60), ("24", 40)),
}
# Keys below are kept for the cast.
_FIRST_KEY = 21

Seat = tuple[str, str]  # uai, level


class FamilyPlanner:
    """Fills the seats of the schools with families; brothers and sisters may go to different schools."""

    def __init__(self, random: Random, schools: tuple[School, ...], year: int, first_key: int = _FIRST_KEY) -> None:
        self._random, self._year = random, year
        self._schools = {school.uai: school for school in schools}
        self._levels = {(school.uai, level.code): level for school in schools for level in school.levels}
        self._seats: dict[Seat, int] = {seat: level.size * len(level.divisions) for seat, level in self._levels.items()}
        self._keys = count(first_key)
        self.households = HouseholdMaker(random, first_key)

    def fill(self, first: list[Student]) -> list[Student]:
        """The students given, then as many families as there are seats left."""
        students = list(first)
        for student in first:
            self._seats[student.uai, student.level] -= 1
        while any(self._seats.values()):
            household = self.households.draw()
            students.extend(self._student(household, seat) for seat in self._draw_seats())
        return students

    def _draw_seats(self) -> list[Seat]:
        sizes, weights = zip(*_CHILDREN, strict=True)
        wanted = self._random.choices(sizes, weights=weights)[0]
        seats: list[Seat] = []
        while len(seats) < wanted:
            # Brothers and sisters rarely share a level (twins), nor choose farming when the eldest did not.
            free = {
                seat: left * (0.03 if seat in seats else 0.3 if seats and seat[0] != seats[0][0] else 1.0)
                for seat, left in self._seats.items()
                if left
            }
            if not free:
                break
            seat = self._random.choices(list(free), weights=list(free.values()))[0]
            self._seats[seat] -= 1
            seats.append(seat)
        return seats

    def _student(self, household: Household, seat: Seat) -> Student:
        random, (uai, level) = self._random, seat
        sex = random.choice("12")
        repeats = random.random() < 0.02
        birth_year = self._year - self._levels[seat].age - repeats
        codes, weights = zip(*_REGIMES[self._schools[uai].kind], strict=True)
        return Student(
            key=next(self._keys),
            uai=uai,
            level=level,
            sex=sex,
            last_name=household.child_name,
            usage_name=household.child_usage_name,
            first_name=household.origin.child(random, sex),
            other_names=tuple(
                draw_origin(random).child(random, sex) for _rank in range(random.choice((0, 0, 1, 1, 2)))
            ),
            birth_date=date(birth_year, 1, 1) + timedelta(days=random.randrange(365)),
            birth_town=random.choice(_BORN_ABROAD) if random.random() < 0.05 else "",
            home=household.home,
            links=household.links,
            repeats=repeats,
            regime=random.choices(codes, weights=weights)[0],
        )


def cast_students(planner: FamilyPlanner, year: int) -> list[Student]:
    """Inès, Elias and Sarah Belkacem with their parents; Lucie Castelnau with her father."""
    home, farm = planner.households.addresses.new_home(), planner.households.addresses.new_home()
    nadia = _parent(cast.NADIA, "2", "Amrani", "Nadia", home, "Belkacem")
    mourad = _parent(cast.MOURAD, "1", "Belkacem", "Mourad", home)
    bruno = _parent(cast.BRUNO, "1", "Castelnau", "Bruno", farm)
    both = (Link(nadia, 1, "10", pays_fees=True, contact_first=True), Link(mourad, 1, "20"))
    alone = (Link(bruno, 1, "20", pays_fees=True, contact_first=True),)

    def child(
        key: int, uai: str, level: str, sex: str, name: str, first: str, born: date, links: tuple[Link, ...]
    ) -> Student:
        place = links[0].adult.home or home
        return Student(key, uai, level, sex, name, first, (), born, place, links, regime="24")

    return [
        child(cast.INES, COLLEGE, "4", "2", "Belkacem", "Inès", date(year - 13, 5, 9), both),
        child(cast.ELIAS, COLLEGE, "6", "1", "Belkacem", "Elias", date(year - 11, 10, 21), both),
        child(cast.SARAH, LYCEE, "20", "2", "Belkacem", "Sarah", date(year - 15, 2, 3), both),
        child(cast.LUCIE, LYCEE_AGRICOLE, "1CGEA", "2", "Castelnau", "Lucie", date(year - 16, 8, 14), alone),
    ]


def _parent(key: int, sex: str, last: str, first: str, home: Home, usage: str = "") -> Adult:
    mail = f"{fold(first)}.{fold(usage or last)}@exemple.invalid"
    return Adult(key, sex, last, first, home, usage, mail, mobile_of(key), phone_of(key), profession="34")
