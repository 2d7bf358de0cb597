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
    moodle = register_for(
        schools[COLLEGE],
        "academie",
        name="Moodle académique",
        purpose="Les cours et les exercices en ligne des professeurs",
        address="https://moodle.academie.example/",
        launch_url="https://moodle.academie.example/login/index.php?authCAS=CAS",
        release="moodle",
        for_academy=True,
    )
    esidoc = register_for(
        schools[COLLEGE],
        "referent",
        name="e-sidoc",
        purpose="Le catalogue du CDI et les prêts en cours",
        address=f"https://{COLLEGE.lower()}.esidoc.example/",
        release="esidoc",
    )
    pronote = register_for(
        schools[COLLEGE],
        "referent",
        name="PRONOTE",
        purpose="Les notes et les bulletins de l’année passée",
        address=f"https://{COLLEGE.lower()}.notes.example/pronote/",
        release="pronote",
    )
    open_in(schools[COLLEGE], moodle, _AT_SCHOOL)
    open_in(schools[LYCEE], moodle, _AT_SCHOOL)
    open_in(schools[COLLEGE], pronote, _FAMILIES_TOO)
    visited = open_in(schools[COLLEGE], esidoc, _AT_SCHOOL)
    with scope(schools[COLLEGE].pk):
        visited.service = esidoc
        disclose(visited, person_id=person_of_slug("eleve").pk)


def person_of_slug(slug: str) -> Person:
    """One of the cast. Raises LookupError."""
    person = person_of(member(slug))
    if person is None:
        raise LookupError(slug)
    return person


def actor_of(school: Establishment, slug: str) -> Actor:
    """One of the cast, acting in a school."""
    person = person_of_slug(slug)
    return Actor(person.user_id or 0, person.pk, school.pk, school.uai)


def register_for(school: Establishment, slug: str, **facts: object) -> Service:
    """A service that one of the cast registers in a school."""
    told = {"protocol": Service.Protocol.CAS, "launch_url": "", **facts}
    with scope(school.pk):
        return register_service(actor=actor_of(school, slug), **told)  # type: ignore[arg-type]


def open_in(school: Establishment, service: Service, profiles: tuple[Profile, ...]) -> Connector:
    """Open it to these profiles."""
    with scope(school.pk):
        return set_connector(
            service, actor=actor_of(school, "referent"), is_on=True, profiles=profiles, groups=[], withheld=[]
        )
