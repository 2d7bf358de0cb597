"""The three schools of the region."""

from demo.identifiers import COLLEGE, EMPTY_COLLEGE, LYCEE, LYCEE_AGRICOLE
from demo.model import School
from demo.teaching.grids import college, lycee, lycee_agricole

TOWN, POSTCODE = "Valmont-sur-Meurthe", "99110"


def demo_schools() -> tuple[School, ...]:
    return (
        School(
            COLLEGE, "Collège Sophie-Germain", "Sophie-Germain", "college", "340", "CLG", "COLLEGE", "SOPHIE GERMAIN",
            "12 RUE DES TILLEULS", TOWN, POSTCODE, college(), rank=0,
        ),
        School(
            LYCEE, "Lycée des Deux-Rives", "Deux-Rives", "lycee", "302", "LG", "LYCEE GENERAL", "DES DEUX RIVES",
            "3 QUAI DES BATELIERS", TOWN, POSTCODE, lycee(), rank=1, periods="S",
        ),
        School(
            LYCEE_AGRICOLE, "Lycée agricole du Val-Fleuri", "Val-Fleuri", "lycee_agricole", "307", "LEGTA",
            "LYCEE AGRICOLE", "DU VAL FLEURI", "ROUTE DES VERGERS", "Val-Fleuri", "99240", lycee_agricole(), rank=2,
            periods="S", in_siecle=False,
        ),
    )  # fmt: skip


EMPTY_NAME = "Collège Les Platanes (à importer)"
SCHOOL_NAMES = {school.uai: school.name for school in demo_schools()} | {EMPTY_COLLEGE: EMPTY_NAME}


def empty_school() -> School:
    """The school that is open and empty, as its own bases know it."""
    return School(
        EMPTY_COLLEGE, "Collège Les Platanes", "Les Platanes", "college", "340", "CLG", "COLLEGE", "LES PLATANES",
        "2 AVENUE DES PLATANES", TOWN, POSTCODE, college(1, 24), rank=9,
    )  # fmt: skip


def big_school(students: int) -> School:
    """One huge collège, to measure imports with."""
    divisions = max(1, round(students / 100))
    return School(
        "0990009X", "Collège du Grand-Large", "Grand-Large", "college", "340", "CLG", "COLLEGE", "DU GRAND LARGE",
        "1 AVENUE DU LARGE", TOWN, POSTCODE, college(divisions, 25), rank=3,
    )  # fmt: skip
