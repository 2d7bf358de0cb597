from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.portraits.models import Portrait
from pupitre.portraits.tests.factories import with_photo
from tests.doors import door


def secretary(cast):
    """The office of the collège."""
    person, profiles = cast.people["secretaire"], frozenset({Profile.ADMINISTRATIVE})
    school = cast.college
    return Actor(person.user_id, person.pk, school.pk, school.uai, profiles, capabilities_of(profiles))


def schooling_of_ines(cast):
    with scope(cast.college.pk):
        return Student.objects.get(person=cast.people["eleve"]).pk


def token_of_ines(cast):
    """The photograph of Inès; made once."""
    with scope(cast.college.pk):
        found = Portrait.objects.filter(student__person=cast.people["eleve"]).exclude(token="").first()
        return (found or with_photo(cast.people["eleve"], secretary(cast))).token


_OFFICE = ("cpe", "principal", "secretaire")
_STUDENT = {"uai": "college", "pk": schooling_of_ines}

DOORS = [
    door("portraits:overview", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 200)),
    door("portraits:overview", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    door("portraits:division", at={"uai": "college", "pk": "4B"}, **dict.fromkeys(_OFFICE, 200)),
    door("portraits:division", "post", at={"uai": "college", "pk": "4B"}, **dict.fromkeys(_OFFICE, 422)),
    door("portraits:student", at=_STUDENT, **dict.fromkeys(_OFFICE, 200)),
    door("portraits:student", "post", at=_STUDENT, **dict.fromkeys(_OFFICE, 422)),
    door("portraits:consent", "post", at=_STUDENT, **dict.fromkeys(_OFFICE, 422)),
    door("portraits:remove", "post", at=_STUDENT, **dict.fromkeys(_OFFICE, 302)),
    door("portraits:family", at={"uai": "college"}, parent=200),
    door("portraits:answer", "post", at=_STUDENT, parent=422),
    # Staff who may look for her, Inès herself and her mother.
    door(
        "portraits:photo",
        at={**_STUDENT, "token": token_of_ines},
        **dict.fromkeys((*_OFFICE, "eleve", "parent", "enseignante", "collegue", "referent"), 200),
    ),
]
