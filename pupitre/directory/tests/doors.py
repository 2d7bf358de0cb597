from tests.doors import door

_STAFF = dict.fromkeys(("enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 200)

DOORS = [
    door("directory:search", at={"uai": "college"}, **_STAFF),
    door("directory:groups", at={"uai": "college"}, **_STAFF),
    door("directory:group", at={"uai": "college", "pk": "4B"}, **_STAFF),
    door("directory:group", at={"uai": "college", "pk": "1PRO"}),
    door("schools:schools", academie=200),
    door("schools:schools", "post", academie=422, anonymous=302),
]
