"""The people of a school: students and their families, staff. Some parents have a child in the school before too."""

from collections.abc import Iterator
from random import Random

from bench.academy.model import FIRST_DAY, MADE_AT, YEAR, Division, School
from demo.people.names import Origin, draw_origin
from pupitre.directory import names
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation.stamps import person_audience

STUDENTS_A_DIVISION = 25
_LEVELS = ("6e", "5e", "4e", "3e")
_MEFS = ("10010012110", "10110001110", "10210001110", "10310019110")
# 1.6 guardians a student: 1.84 in a family, which has 1.15 children here.
_TWO_GUARDIANS, _TWO_CHILDREN, _IN_TWO_SCHOOLS = 0.84, 0.15, 0.03
_ACCOUNTS_OPEN = 0.8
# Those who do not teach: 20 of the 70 people who work in an average school.
_OFFICES = (
    (Profile.HEAD, "Principale", 1),
    (Profile.HEAD, "Principal adjoint", 1),
    (Profile.SCHOOL_LIFE, "CPE", 2),
    (Profile.SCHOOL_LIFE, "Assistant d’éducation", 7),
    (Profile.ADMINISTRATIVE, "Secrétariat", 4),
    (Profile.HEALTH, "Infirmière", 1),
    (Profile.SUPPORT, "AESH", 3),
    (Profile.LOCAL_ADMIN, "Référent numérique", 1),
)


def add_office(school: School) -> None:
    """Everyone who works in the school without teaching."""
    for profile, function, count in _OFFICES:
        for _each in range(count):
            add_staff(school, profile, function)


def add_staff(school: School, profile: str, function: str) -> int:
    """Someone who works in the school; their person's number."""
    origin, sex = draw_origin(school.random), school.random.choice("12")
    person = _person(school, origin.adult(school.random, sex), school.random.choice(origin.surnames), sex, profile)
    _affiliate(school, person, profile, function)
    _known_as(school, person, "sts_epp")
    return person


def add_students(school: School, divisions: int, neighbours: list[tuple[int, ...]]) -> None:
    """The classes with their students, each with a family; `neighbours` are families of another school."""
    children = _families(school, divisions * STUDENTS_A_DIVISION, neighbours)
    # Brothers and sisters are not in the same class.
    school.random.shuffle(children)
    for number in range(divisions):
        level = number * len(_LEVELS) // divisions
        label = f"{_LEVELS[level]} {_letter(number, level, divisions)}"
        mine = children[number * STUDENTS_A_DIVISION : (number + 1) * STUDENTS_A_DIVISION]
        group = school.add("directory_group", school.school_year, "division", label.replace(" ", ""), label)
        students = tuple(_enrol(school, person, group, label, level) for person in mine)
        school.divisions.append(Division(group, label, level, students))


def _letter(number: int, level: int, divisions: int) -> str:
    return chr(ord("A") + number - -(-level * divisions // len(_LEVELS)))


def _families(school: School, wanted: int, neighbours: list[tuple[int, ...]]) -> list[int]:
    """Children's persons, `wanted` of them, with their guardians."""
    random, children, here = school.random, list[int](), set[int]()
    while len(children) < wanted:
        origin = draw_origin(random)
        surname = random.choice(origin.surnames)
        if neighbours and random.random() < _IN_TWO_SCHOOLS:
            guardians = random.choice(neighbours)
        else:
            guardians = tuple(_guardians(school, origin, surname))
            school.families.append(guardians)
        for guardian in sorted(set(guardians) - here):
            _affiliate(school, guardian, Profile.GUARDIAN, "")
        here.update(guardians)
        size = min(1 + (random.random() < _TWO_CHILDREN), wanted - len(children))
        children += [_child_of(school, origin, surname, guardians) for _each in range(size)]
    return children


def _guardians(school: School, origin: Origin, surname: str) -> Iterator[int]:
    random = school.random
    for sex in ("2", "1") if random.random() < _TWO_GUARDIANS else ("2",):
        name = surname if random.random() < 0.7 else random.choice(origin.surnames)
        person = _person(school, origin.adult(random, sex), name, sex, Profile.GUARDIAN)
        _known_as(school, person, "siecle_person")
        yield person


def _child_of(school: School, origin: Origin, surname: str, guardians: tuple[int, ...]) -> int:
    sex = school.random.choice("12")
    child = _person(school, origin.child(school.random, sex), surname, sex, Profile.STUDENT)
    for rank, guardian in enumerate(guardians):
        facts = (1, ("10", "20")[rank], rank == 0, rank == 0, rank == 0, False, "siecle", FIRST_DAY)
        school.add("directory_guardianship", child, guardian, *facts)
    return child


def _enrol(school: School, person: int, group: int, label: str, level: int) -> int:
    """The schooling of a child in a division; its number."""
    school.people.setdefault(Profile.STUDENT, []).append(person)
    school.tables.add(
        "directory_affiliation", person, school.establishment, Profile.STUDENT, label, "siecle", FIRST_DAY
    )
    ine = f"{school.number:04d}{person % 100000:05d}AB"
    _known_as(school, person, "siecle_student")
    boarding = school.random.choice(("0", "2", "2"))
    student = school.add("directory_student", person, ine, _MEFS[level], "ST", boarding, FIRST_DAY, "")
    school.add("directory_membership", student, group, FIRST_DAY)
    return student


def _affiliate(school: School, person: int, profile: str, function: str) -> None:
    school.people.setdefault(profile, []).append(person)
    source = "siecle" if profile == Profile.GUARDIAN else "sts"
    school.tables.add("directory_affiliation", person, school.establishment, profile, function, source, FIRST_DAY)


def _known_as(school: School, person: int, source: str) -> None:
    school.tables.add("directory_externalid", person, source, school.uai, str(person))


def _person(school: School, first_name: str, surname: str, sex: str, profile: str) -> int:
    """A human being with an account, opened or not yet."""
    parts = {"last_name": surname.upper(), "usage_name": "", "first_name": first_name}
    shown, key = names.display_name(**parts), names.sort_key(**parts)
    is_open = school.random.random() < _ACCOUNTS_OPEN
    username = f"{key[:40].replace(' ', '.')}.{school.number}-{len(school.users)}"
    user = school.tables.add(
        "accounts_user",
        *("!bench", username, shown, "", "active" if is_open else "created", profile in STAFF, MADE_AT),
        MADE_AT if is_open else None,
    )
    person = school.tables.add(
        "directory_person",
        *(parts["last_name"], "", first_name, shown, names.formal_name(**parts, sex=sex), key, sex),
        *(_birth_date(school.random, profile), "", "", "", False, False, user),
    )
    school.users[person] = user
    if is_open:
        school.opened.add(person)
    school.tables.add_plain("foundation_stamp", person_audience(person), 1)
    return person


def _birth_date(random: Random, profile: str) -> str | None:
    if profile != Profile.STUDENT:
        return None
    return f"{YEAR - random.randint(11, 15)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
