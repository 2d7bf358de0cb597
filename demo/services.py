"""Outside services of the demonstration, at invented addresses: a Moodle of the academy, the school's e-sidoc and PRONOTE."""

from demo.accounts import person_of
from demo.cast import member
from demo.identifiers import COLLEGE, LYCEE
from pupitre.directory.models import Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.services.outcomes import disclose
from pupitre.integrations.services.services.registering import register_service, set_connector

_FAMILIES_TOO = (Profile.STUDENT, Profile.GUARDIAN, Profile.TEACHER, Profile.SCHOOL_LIFE, Profile.HEAD)
_AT_SCHOOL = (Profile.STUDENT, Profile.TEACHER, Profile.LOCAL_ADMIN)


def connect_services(schools: dict[str, Establishment]) -> None:
    """Register three services, open them to whom they serve, and let a student have visited one of them."""
    moodle = _register(
        schools[COLLEGE],
        "academie",
        name="Moodle académique",
        purpose="Les cours et les exercices en ligne des professeurs",
        address="https://moodle.academie.example/",
        launch_url="https://moodle.academie.example/login/index.php?authCAS=CAS",
        release="moodle",
        for_academy=True,
    )
    esidoc = _register(
        schools[COLLEGE],
        "referent",
        name="e-sidoc",
        purpose="Le catalogue du CDI et les prêts en cours",
        address=f"https://{COLLEGE.lower()}.esidoc.example/",
        release="esidoc",
    )
    pronote = _register(
        schools[COLLEGE],
        "referent",
        name="PRONOTE",
        purpose="Les notes et les bulletins de l’année passée",
        address=f"https://{COLLEGE.lower()}.notes.example/pronote/",
        release="pronote",
    )
    _open(schools[COLLEGE], moodle, _AT_SCHOOL)
    _open(schools[LYCEE], moodle, _AT_SCHOOL)
    _open(schools[COLLEGE], pronote, _FAMILIES_TOO)
    visited = _open(schools[COLLEGE], esidoc, _AT_SCHOOL)
    with scope(schools[COLLEGE].pk):
        visited.service = esidoc
        disclose(visited, person_id=_person("eleve").pk)


def _person(slug: str) -> Person:
    person = person_of(member(slug))
    if person is None:
        raise LookupError(slug)
    return person


def _actor(school: Establishment, slug: str) -> Actor:
    person = _person(slug)
    return Actor(person.user_id or 0, person.pk, school.pk, school.uai)


def _register(school: Establishment, slug: str, **facts: object) -> Service:
    told = {"protocol": Service.Protocol.CAS, "launch_url": "", **facts}
    with scope(school.pk):
        return register_service(actor=_actor(school, slug), **told)  # type: ignore[arg-type]


def _open(school: Establishment, service: Service, profiles: tuple[Profile, ...]) -> Connector:
    with scope(school.pk):
        return set_connector(
            service, actor=_actor(school, "referent"), is_on=True, profiles=profiles, groups=[], withheld=[]
        )
