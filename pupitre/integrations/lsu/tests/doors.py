from pupitre.directory.models import FormTeacher, Grant, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.establishments.scope import scope
from pupitre.integrations.lsu.policies import MANAGE
from pupitre.integrations.lsu.tests.factories import exported
from pupitre.timetable.models import Course
from tests.cast import Cast
from tests.doors import door


def made(cast: Cast) -> int:
    """A file of the collège."""
    # Here, since the doors are read before the tests of the room.
    from pupitre.integrations.lsu.tests.conftest import acting

    with scope(cast.college.pk):
        return exported(cast, acting(cast, "principal", Profile.HEAD)).pk


def brother(cast: Cast) -> int:
    """The schooling of the brother of Inès, in 6e."""
    with scope(cast.college.pk):
        return Student.objects.get(person=cast.people["frere"]).pk


def sister(cast: Cast) -> int:
    """The schooling of the sister of Inès at the lycée, in the class that Mme Roussel leads."""
    with scope(cast.lycee.pk):
        FormTeacher.objects.get_or_create(
            establishment=cast.lycee, group=cast.groups["2DE4"], person=cast.people["enseignante"],
            defaults={"starts_on": FIRST_DAY},
        )  # fmt: skip
        return Student.objects.get(person=cast.people["soeur"]).pk


def lent(cast: Cast) -> str:
    """The lycée, where Mme Roussel was lent the booklets."""
    Grant.objects.get_or_create(
        person=cast.people["enseignante"],
        establishment=cast.lycee,
        capability=MANAGE,
        defaults={"starts_on": FIRST_DAY},
    )
    return cast.lycee.uai


def maths(cast: Cast) -> int:
    """The mathematics of the sister of Inès, which Mme Roussel teaches."""
    with scope(cast.lycee.pk):
        return Course.objects.get(group=cast.groups["2DE4"]).pk


_MATHS = {"uai": "lycee", "pk": maths}
_SISTER = {"uai": "lycee", "group": "2DE4", "pk": sister}
_AT = {"uai": "college"}
_FILE = {"uai": "college", "pk": made}
_BROTHER = {"uai": "college", "group": "6C", "pk": brother}
_OFFICE = {"principal": 200, "secretaire": 200}

DOORS = [
    door("lsu:home", at=_AT, **_OFFICE),
    # No term yet: there is nothing to make a file of.
    door("lsu:export", "post", at=_AT),
    door("lsu:made", at=_FILE, **_OFFICE),
    door("lsu:file", at=_FILE, **_OFFICE),
    door("lsu:settings", at=_AT, **_OFFICE),
    door("lsu:settings", "post", at=_AT, principal=422, secretaire=422),
    door("lsu:disciplines", at=_AT, **_OFFICE),
    door("lsu:disciplines", "post", at=_AT, principal=302, secretaire=302),
    # No term yet, or made by another door: a table either way for those who may, nothing for the others.
    door("lsu:lsl", at=_AT),
    # A collège has no booklet of the lycée. Nobody of the cast directs the lycée: Mme Roussel was lent the right.
    door("lsu:lycee_subjects", at=_AT),
    door("lsu:lycee_subjects", "post", at=_AT),
    door("lsu:home", at={"uai": lent}, enseignante=200),
    door("lsu:lycee_subjects", at={"uai": lent}, enseignante=200),
    door("lsu:lycee_subjects", "post", at={"uai": lent}, enseignante=200),
    door("lsu:lycee_classes", at=_AT),
    door("lsu:lycee_year", at=_SISTER, enseignante=200),
    door("lsu:lycee_year", "post", at=_SISTER, enseignante=302),
    door("lsu:lycee_courses", at=_AT),
    door("lsu:lycee_courses", at={"uai": "lycee"}, enseignante=200),
    door("lsu:lycee_course", at=_MATHS, enseignante=200),
    door("lsu:lycee_course", "post", at=_MATHS, enseignante=302),
    door("lsu:cycles", at=_AT, **_OFFICE),
    door("lsu:export_cycles", "post", at=_AT),
    door("lsu:cycle", at=_BROTHER, principal=200),
    door("lsu:cycle", at={"uai": "college", "group": "4B", "pk": brother}),
    door("lsu:cycle", "post", at=_BROTHER, principal=302),
]
