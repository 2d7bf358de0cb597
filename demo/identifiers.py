"""How outside systems number the people of the region: the same number for the same person, whatever the run."""

ACADEMY_CODE = "099"
ACADEMY_NAME = "VALMONT"
# As the house writes it: a number, without the zeros in front.
ACADEMY = str(int(ACADEMY_CODE))

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def uai(number: int) -> str:
    """A UAI: seven digits and the check letter (rest of the division by 23)."""
    return f"{number:07d}{_LETTERS[number % 23]}"


def student_id(rank: int, key: int) -> int:
    """SIECLE ELEVE_ID of a student, in the base of the school of that rank."""
    return (rank + 1) * 1_000_000 + key


def ine(key: int) -> str:
    """The INE of a student, in its form since 2017 (RNIE): nine digits and two letters."""
    letters = "BCDFGHJKLMNPQRSTVWXZ"
    return f"099{key:06d}{letters[key * 7 % 20]}{letters[(key // 20 + key) % 20]}"


def person_id(rank: int, key: int) -> int:
    """SIECLE PERSONNE_ID of an adult: another one in each school's base."""
    return (rank + 5) * 1_000_000 + key


def staff_id(key: int) -> int:
    """STS id of a person of the academy (type epp)."""
    return 40_000 + key


COLLEGE = uai(990001)
LYCEE = uai(990002)
LYCEE_AGRICOLE = uai(990003)
# Open and empty: someone may try an import there.
EMPTY_COLLEGE = uai(999910)
