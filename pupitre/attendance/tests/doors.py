from pupitre.attendance.tests.factories import register
from pupitre.establishments.scope import scope
from tests.doors import door

_OFFICE = dict.fromkeys(("cpe", "principal", "secretaire"), 200)


def french_of_4b(cast):
    """The register of the lesson going on, whose teacher is the colleague."""
    with scope(cast.college.pk):
        return register("4B", "10:10").pk


_ROLL = {"place": "college", "pk": french_of_4b}

DOORS = [
    # Those who teach today land on their register, the others of the office on the list of all.
    door(
        "attendance:now",
        at={"place": "college"},
        enseignante=200,
        collegue=200,
        referent=200,
        **dict.fromkeys(("cpe", "principal", "secretaire"), 302),
    ),
    door("attendance:roll_call", at=_ROLL, collegue=200, **_OFFICE),
    door("attendance:roll_call", "post", at=_ROLL, collegue=302, **dict.fromkeys(_OFFICE, 302)),
    # Nothing of what our page sends: told so, to those who may see the register.
    door("attendance:marks", "post", at=_ROLL, collegue=422, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:cancel", "post", at={"uai": "college", "pk": french_of_4b}, **dict.fromkeys(_OFFICE, 302)),
    door("attendance:registers", at={"uai": "college"}, **_OFFICE, enseignante=200, collegue=200, referent=200),
    door("attendance:remind", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 302)),
]
