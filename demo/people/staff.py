"""Those who work in the schools: the ones we know by name, and as many teachers as the lessons ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from math import ceil
from random import Random

from demo import cast
from demo.identifiers import COLLEGE, LYCEE, LYCEE_AGRICOLE, staff_id
from demo.model import School, Staff
from demo.people.names import draw_origin, other_origin
from demo.teaching.subjects import TRADES

_FIRST_KEY, _FIRST_LOCAL = 101, 3501


@dataclass(frozen=True, slots=True)
class Known:
    """A teacher known by name: hours and half-days (weekday and m or a) by school."""

    key: int
    sex: str
    first_name: str
    last_name: str
    trade: str
    hours: dict[str, float]
    room: str = ""
    half_days: dict[str, str] = field(default_factory=dict)


KNOWN_TEACHERS = (
    Known(cast.HELENE, "2", "Hélène", "Roussel", "MATHS", {COLLEGE: 11.5, LYCEE: 4}, "204",
          {COLLEGE: "1m 1a 2m 5m 5a", LYCEE: "2a 3m 4m 4a"}),
    Known(cast.COLLEAGUE, "1", "Antoine", "Delmas", "FRANC", {COLLEGE: 18}, "105"),
    Known(cast.NEIGHBOUR, "2", "Maëlle", "Kerjean", "FRANC", {LYCEE_AGRICOLE: 18}, "101"),
    Known(6, "1", "Julien", "Lemoine", "FRANC", {COLLEGE: 18}, "112"),
    Known(7, "1", "Philippe", "Vasseur", "HIGEO", {COLLEGE: 18}, "301"),
    Known(8, "2", "Isabelle", "Kessler", "SVT", {COLLEGE: 18}, "Labo 2"),
    Known(9, "2", "Emma", "Hardy", "ANGLA", {COLLEGE: 18}, "108"),
    Known(10, "1", "Mikel", "Ibarra", "ESPAG", {COLLEGE: 18}, "210"),
    Known(11, "1", "Cyril", "Ferrand", "EPS", {COLLEGE: 20}, "Gymnase"),
    Known(12, "2", "Lucile", "Aubert", "MUSIQ", {COLLEGE: 18}, "Auditorium"),
    Known(13, "1", "Bernard", "Oster", "TECHN", {COLLEGE: 18}, "Techno 1"),
    Known(14, "2", "Sandrine", "Lang", "PHCH", {COLLEGE: 18}, "Labo 1"),
    Known(15, "1", "Rafael", "Navarro", "ARTS", {COLLEGE: 18}, "Atelier 1"),
    Known(16, "2", "Annika", "Burckel", "ALLEM", {COLLEGE: 9, LYCEE: 9}, "212",
          {COLLEGE: "1m 1a 3m 5m 5a", LYCEE: "2m 2a 4m 4a"}),
    Known(17, "1", "Yann", "Derrien", "EPS", {LYCEE: 10, LYCEE_AGRICOLE: 8}, "Stade",
          {LYCEE: "1m 1a 2m 2a", LYCEE_AGRICOLE: "3m 4m 4a 5m 5a"}),
)  # fmt: skip

_KNOWN_OTHERS = (
    (cast.CPE, "1", "Karim", "Bensaïd", "EDU", COLLEGE),
    (cast.PRINCIPAL, "2", "Claire", "Fontanel", "DIR", COLLEGE),
    (18, "2", "Judith", "Weiss", "DOC", COLLEGE),
)
# Besides teachers, in every school: function and number.
_OTHER_POSTS = (("DIR", 2), ("EDU", 2), ("DOC", 1), ("AED", 5))


class StaffRoom:
    """The staff of the region; people who work in two schools are one person."""

    def __init__(self, random: Random, first_key: int = _FIRST_KEY) -> None:
        self._random = random
        self._keys, self._local_keys = count(first_key), count(_FIRST_LOCAL)
        self.staff: list[Staff] = []

    def hire_known(self, schools: set[str]) -> None:
        for known in KNOWN_TEACHERS:
            hours = {uai: given for uai, given in known.hours.items() if uai in schools}
            if hours:
                days = {uai: frozenset(halves.split()) for uai, halves in known.half_days.items()}
                identity = (staff_id(known.key), known.sex, known.last_name, known.first_name, self._birth(28, 60))
                self.staff.append(Staff(*identity, "ENS", known.trade, hours=hours, half_days=days, room=known.room))
        for key, sex, first, last, function, uai in _KNOWN_OTHERS:
            if uai in schools:
                self.staff.append(Staff(staff_id(key), sex, last, first, self._birth(35, 60), function, hours={uai: 0}))

    def hire_teachers(self, school: School, needs: Mapping[str, float]) -> None:
        """Complete the teachers of a school so that each trade covers its weekly hours."""
        for trade, hours in sorted(needs.items()):
            given = sum(one.hours[school.uai] for one in self.teachers(school.uai, trade))
            owed = TRADES[trade].hours
            for _post in range(ceil(max(0.0, hours - given) / owed - 0.05)):
                self.staff.append(self._draw("ENS", school.uai, trade, owed))

    def hire_others(self, school: School) -> None:
        for function, number in _OTHER_POSTS:
            present = sum(one.function == function and school.uai in one.hours for one in self.staff)
            for _post in range(number - present):
                self.staff.append(self._draw(function, school.uai))

    def hire_one_more(self, school: School, trade: str) -> Staff:
        """One more teacher, when those present cannot be in two places at once."""
        self.staff.append(self._draw("ENS", school.uai, trade, TRADES[trade].hours))
        return self.staff[-1]

    def teachers(self, uai: str, trade: str) -> list[Staff]:
        return [one for one in self.staff if one.trade == trade and uai in one.hours]

    def of(self, uai: str) -> list[Staff]:
        return [one for one in self.staff if uai in one.hours]

    def _draw(self, function: str, uai: str, trade: str = "", hours: float = 0.0) -> Staff:
        random, origin = self._random, draw_origin(self._random)
        sex = random.choices("21", weights=(60, 40))[0]
        last = random.choice(origin.surnames)
        birth_name = (
            random.choice(other_origin(random, origin).surnames) if sex == "2" and random.random() < 0.3 else ""
        )
        # Assistants are typed by the school itself: STS calls them « local » and knows little of them.
        local = function == "AED"
        return Staff(
            id=next(self._local_keys) if local else staff_id(next(self._keys)),
            sex=sex,
            last_name=last,
            first_name=origin.child(random, sex) if local else origin.adult(random, sex),
            birth_date=None if local else self._birth(26, 62),
            function=function,
            trade=trade,
            birth_name=birth_name,
            kind="local" if local else "epp",
            hours={uai: hours},
        )

    def _birth(self, youngest: int, oldest: int) -> date:
        # Adults do not grow with the school year: their birth dates are facts, not ages.
        return date(2026 - oldest, 1, 1) + timedelta(days=self._random.randrange((oldest - youngest) * 365))
