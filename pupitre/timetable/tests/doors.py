from tests.doors import door

_STAFF = dict.fromkeys(("enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 200)

DOORS = [
    door("timetable:week", at={"uai": "college"}, eleve=200, **_STAFF),
    door("timetable:child_week", at={"uai": "college", "pk": "eleve"}, eleve=200, parent=200, **_STAFF),
    # A parent has their own child's week, in that child's school only.
    door(
        "timetable:child_week",
        at={"uai": "neighbour", "pk": "eleve-voisin"},
        parent_voisin=200,
        enseignante_voisine=200,
    ),
    door("timetable:group_week", at={"uai": "college", "pk": "4B"}, **_STAFF),
    # A group of another school does not exist, even under one's own school's address.
    door("timetable:group_week", at={"uai": "college", "pk": "1PRO"}),
]
