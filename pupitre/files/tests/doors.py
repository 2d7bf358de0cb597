from tests.doors import door

HERE = {"uai": "college"}
_INSIDE = dict.fromkeys(
    ("eleve", "parent", "enseignante", "collegue", "cpe", "principal", "secretaire", "referent", "academie"), 0
)


def _inside(status: int) -> dict[str, int]:
    """The same answer for everyone of the school."""
    return dict.fromkeys(_INSIDE, status)


DOORS = [
    door("files:mine", at=HERE, **_inside(200)),
    door("files:deposit", "post", at=HERE, **_inside(302)),
    # Announced without its size.
    door("files:uploads", "post", at=HERE, **_inside(400)),
    door("files:uploads", "options", at=HERE, **_inside(204), anonymous=302),
    *(door("files:upload", method, at={**HERE, "pk": 4096}, anonymous=302) for method in ("head", "patch", "delete")),
    # What one may not see, and what does not exist, are answered alike: files of somebody are in test_opening.py.
    door("files:open", at={**HERE, "pk": 4096}),
    door("files:preview", at={**HERE, "pk": 4096}),
    door("files:row", at={**HERE, "pk": 4096}),
    door("files:delete", "post", at={**HERE, "pk": 4096}),
]
