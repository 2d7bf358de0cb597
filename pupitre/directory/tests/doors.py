from tests.doors import door

_STAFF = {slug: 200 for slug in ("enseignante", "collegue", "cpe", "principal", "secretaire", "referent")}

DOORS = [
    door("directory:search", at={"uai": "college"}, **_STAFF),
    door("directory:groups", at={"uai": "college"}, **_STAFF),
    door("directory:group", at={"uai": "college", "pk": "4B"}, **_STAFF),
    door("directory:group", at={"uai": "college", "pk": "1PRO"}),
]
