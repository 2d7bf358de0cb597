"""The whole academy, one school after the other: memory holds one school, whatever their number."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

import psycopg

from bench.academy.letters import add_letters
from bench.academy.marks import add_marks
from bench.academy.model import EXPIRES_AT, MADE_AT, SEEN_AT, YEAR, School, Visitor
from bench.academy.people import add_office, add_students
from bench.academy.tables import Tables
from bench.academy.teaching import FIRST_MONDAY, add_teaching
from pupitre.directory.profiles import Profile
from pupitre.foundation.stamps import school_audience

_KINDS = (("college", "Collège"), ("college", "Collège"), ("lycee", "Lycée"), ("lycee_pro", "Lycée professionnel"))
_DIVISIONS = range(20, 41)  # 30 on average: 750 students
# Whose browsers are signed in, in each school.
_BROWSING = {
    Profile.STUDENT: 12,
    Profile.GUARDIAN: 12,
    Profile.TEACHER: 6,
    Profile.SCHOOL_LIFE: 2,
    Profile.HEAD: 1,
}
MOST_SCHOOLS = 9_000
"""Schools that invented UAIs can number."""


def build_academy(
    connection: psycopg.Connection[Any],
    *,
    schools: int,
    seed: int,
    tell: Callable[[int], None],
    divisions: Iterable[int] = _DIVISIONS,
    letters: int = 60,
) -> list[Visitor]:
    """Fill an empty database, as its owner: one transaction a school. `tell` hears how many are done.

    `divisions` are the sizes drawn from. Returns those whose sessions are open; each has `letters` in their mailbox.
    """
    tables, sizes = Tables(connection), tuple(divisions)
    visitors: list[Visitor] = []
    neighbours: list[tuple[int, ...]] = []
    for number in range(schools):
        random = Random(f"{seed}-{number}")
        with connection.transaction():
            school = _add_school(School(number, tables, random), random.choice(sizes), neighbours)
            visitors.extend(_open_sessions(school, seed))
            tables.send()
        neighbours = random.sample(school.families, 20)
        tell(number + 1)
    with connection.transaction():
        tables.finish()
    if letters:
        add_letters(connection, browsing(connection, visitors), letters)
    return visitors


def browsing(connection: psycopg.Connection[Any], visitors: Iterable[Visitor]) -> list[int]:
    """The persons of those whose sessions are open, in their order."""
    keys = [visitor.session for visitor in visitors]
    rows = connection.execute(
        "select p.id from unnest(%s::text[]) with ordinality as k(key, rank) join accounts_session s on s.session_key = k.key "
        "join directory_person p on p.user_id = s.user_id order by k.rank",
        [keys],
    )
    return list(dict.fromkeys(person for (person,) in rows))


def _add_school(school: School, divisions: int, neighbours: list[tuple[int, ...]]) -> School:
    kind, word = _KINDS[school.number % len(_KINDS)]
    school.uai = f"{9_910_000 + school.number:07d}B"
    name = f"{word} n° {school.number + 1}"
    school.establishment = school.tables.add(
        "establishments_establishment",
        *(school.uai, name, name, f"Villebourg-{school.number + 1}", kind, "15", "B", "Europe/Paris", "12:30", True),
    )
    school.school_year = school.add(
        "establishments_schoolyear", YEAR, f"{YEAR}-09-01", f"{YEAR + 1}-08-31", str(FIRST_MONDAY)
    )
    school.tables.add_plain("foundation_stamp", school_audience(school.establishment), 1)
    add_office(school)
    add_students(school, divisions, neighbours)
    add_teaching(school)
    add_marks(school)
    return school


def _open_sessions(school: School, seed: int) -> Iterator[Visitor]:
    for profile, count in _BROWSING.items():
        # Families of the school before have their sessions there.
        people = [person for person in school.people[profile] if person in school.opened]
        # Spread over the list, so that every class has some.
        for person in people[:: max(1, len(people) // count)][:count]:
            key = f"{Random(f'{seed}-{school.number}-{person}').getrandbits(160):040x}"
            user = school.users[person]
            school.tables.add_plain("accounts_session", key, "", EXPIRES_AT, user, "bench", MADE_AT, SEEN_AT)
            yield Visitor(profile, school.uai, key, school.marked.get(person, 0))
