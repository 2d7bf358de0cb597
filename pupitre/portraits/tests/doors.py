from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.portraits.models import PhotoRun, Portrait
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


def zip_being_read(cast):
    """A large zip that waits for its job."""
    return _zip(cast, state=PhotoRun.State.RUNNING, done=60)


def zip_read(cast):
    """A large zip that was read, with a file of each kind."""
    lines = [
        ["4B_01.jpg", "kept", schooling_of_ines(cast), "BELKACEM Inès, 4B"],
        *([f"{fate}.jpg", fate, None, ""] for fate in ("unknown", "several", "not_allowed", "unreadable", "twice")),
    ]
    return _zip(cast, state=PhotoRun.State.DONE, done=6, lines=lines)


def zip_refused(cast):
    """A large zip that is damaged in its middle."""
    return _zip(cast, state=PhotoRun.State.REFUSED, problem="Ce fichier n’est pas un zip, ou il est abîmé.")


def zip_next_door(cast):
    """A large zip of another school."""
    return _zip(cast, cast.neighbour, state=PhotoRun.State.DONE)


def _zip(cast, school=None, **facts):
    with scope((school or cast.college).pk):
        return PhotoRun.objects.create(name="Photos 2026.zip", total=120, asked_at=clock.now(), **facts).pk


_OFFICE = ("cpe", "principal", "secretaire")
_STUDENT = {"uai": "college", "pk": schooling_of_ines}

DOORS = [
    door("portraits:overview", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 200)),
    door("portraits:overview", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    *(
        door("portraits:run", at={"uai": "college", "pk": made}, **dict.fromkeys(_OFFICE, 200))
        for made in (zip_being_read, zip_read, zip_refused)
    ),
    door("portraits:run", at={"uai": "college", "pk": zip_next_door}),
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
