"""Outside services of the demonstration: a PRONOTE and a Moodle that it plays itself, and two at addresses where nobody is."""

from demo.accounts import person_of
from demo.cast import member
from demo.identifiers import COLLEGE, LYCEE
from demo.stands import TOKEN, moodle_url, pronote_url
from demo.stands.moodle import READ
from pupitre.directory.models import Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.moodle.failures import FUNCTIONS
from pupitre.integrations.moodle.models import Account
from pupitre.integrations.moodle.reader import KEY as MOODLE
from pupitre.integrations.moodle.services.linking import Introduced, link_moodle
from pupitre.integrations.pronote.services.asking import KEY as PRONOTE
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.services.copying import read_with
from pupitre.integrations.services.services.outcomes import disclose, note_trial
from pupitre.integrations.services.services.registering import register_service, set_connector

_FAMILIES_TOO = (Profile.STUDENT, Profile.GUARDIAN, Profile.TEACHER, Profile.SCHOOL_LIFE, Profile.HEAD)
_AT_SCHOOL = (Profile.STUDENT, Profile.TEACHER, Profile.LOCAL_ADMIN)


def connect_services(schools: dict[str, Establishment]) -> None:
    """Register them, open them to whom they serve, and let a student have visited one of them."""
    lycee, college = schools[LYCEE], schools[COLLEGE]
    moodle = register_for(
        college,
        "academie",
        name="Moodle académique",
        purpose="Les cours et les exercices en ligne des professeurs",
        address="https://moodle.academie.example/",
        launch_url="https://moodle.academie.example/login/index.php?authCAS=CAS",
        release="moodle",
        for_academy=True,
    )
    open_in(lycee, moodle, _AT_SCHOOL)
    esidoc = register_for(
        college,
        "referent",
        name="e-sidoc",
        purpose="Le catalogue du CDI et les prêts en cours (adresse inventée : personne n’y répond)",
        address=f"https://{COLLEGE.lower()}.esidoc.example/",
        release="esidoc",
    )
    visited = open_in(college, esidoc, _AT_SCHOOL)
    visited.service = esidoc
    with scope(college.pk):
        disclose(visited, person_id=person_of_slug("eleve").pk)
        # Tried a moment ago: what anybody finds who tries again, since names in « .example » do not exist.
        note_trial(visited, "unknown_host")
    _read_pronote(college)
    _read_moodle(college)


def _read_pronote(college: Establishment) -> None:
    """The PRONOTE that the demonstration plays, read for the home of families."""
    pronote = register_for(
        college,
        "referent",
        name="PRONOTE d’essai",
        purpose="Un PRONOTE joué par la démonstration : tout ce qu’il dit est inventé",
        address=pronote_url(),
        release="pronote",
    )
    connector = open_in(college, pronote, _FAMILIES_TOO)
    with scope(college.pk):
        read_with(connector, actor=actor_of(college, "referent"), reader=PRONOTE)


def _read_moodle(college: Establishment) -> None:
    """The Moodle that the demonstration plays: it answers what homes ask, and keeps no account."""
    referent = actor_of(college, "referent")
    with scope(college.pk):
        site = link_moodle(
            actor=referent,
            url=moodle_url(),
            token=TOKEN,
            told=Introduced("Moodle d’essai", "4.5 (essai)", [name for name in FUNCTIONS if name not in READ]),
            profiles=_AT_SCHOOL,
            with_courses=False,
        )
        read_with(site.connector, actor=referent, reader=MOODLE)
        # Accounts that a comparison would have found there: of those whom one plays.
        for number, slug in enumerate(("eleve", "enseignante", "collegue"), 101):
            Account.objects.create(site=site, person=person_of_slug(slug), number=number, username=f"essai{number}")


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
