from tests.doors import door

DOORS = [
    door("portal:home", everyone=200, anonymous=302),
    door("portal:family", parent=200, parent_voisin=200),
    door(
        "portal:school",
        at={"place": "college"},
        everyone=200,
        parent_voisin=404,
        enseignante_voisine=404,
        anonymous=302,
    ),
]
