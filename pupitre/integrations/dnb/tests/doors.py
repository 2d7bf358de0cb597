from pupitre.directory.models import Student
from pupitre.establishments.scope import scope
from tests.cast import Cast
from tests.doors import door


def in_3e(cast: Cast) -> int:
    """Inès, moved up to a 3e."""
    with scope(cast.college.pk):
        rows = Student.objects.filter(person=cast.people["eleve"])
        rows.update(mef="10310019110")
        return rows.get().pk


def in_6e(cast: Cast) -> int:
    """Her brother, who has years before him."""
    with scope(cast.college.pk):
        return Student.objects.get(person=cast.people["frere"]).pk


DOORS = [
    door("dnb:student", at={"uai": "college", "pk": in_3e}, eleve=200, parent=200, principal=200, cpe=200),
    door("dnb:student", at={"uai": "college", "pk": in_6e}),
]
