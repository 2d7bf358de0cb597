"""An application of families at an invented address, open in the collège, which a guardian lets read for her."""

from demo.services import actor_of, open_in, register_for
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.integrations.api.scopes import READING, STUDENTS, TIMETABLE
from pupitre.integrations.api.services.agreeing import agree
from pupitre.integrations.api.services.opening import open_scopes
from pupitre.integrations.oidc.services.clients import client_of, set_addresses
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.services.outcomes import agree as agree_to_enter


def open_applications(college: Establishment) -> None:
    """Register it, say where its codes go, open the API to it, and let Nadia have agreed to some of it."""
    service = register_for(
        college,
        "referent",
        name="Cartable de poche",
        purpose="L’emploi du temps et le travail à faire, sur le téléphone",
        protocol=Service.Protocol.OIDC,
        address="https://cartable.example/",
        release="none",
    )
    connector = open_in(college, service, (Profile.STUDENT, Profile.GUARDIAN))
    client = client_of(service)
    head, guardian = actor_of(college, "principal"), actor_of(college, "parent")
    with scope(college.pk):
        set_addresses(
            client,
            redirect_uris=["example.cartable:/retour", "http://127.0.0.1/retour"],
            logout_uris=[],
            backchannel_url="",
            actor=head,
        )
        open_scopes(service, READING, actor=head)
        agree_to_enter(connector, person_id=guardian.person_id)
        agree(connector, guardian, READING, [STUDENTS, TIMETABLE])
