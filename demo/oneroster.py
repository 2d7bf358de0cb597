"""Classes in a file: a tool of German of the collège was given one yesterday, another one waits to be taken."""

import datetime as dt

from demo.services import actor_of, open_in, register_for
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.services.making import make_file
from pupitre.integrations.oneroster.services.receivers import add_receiver
from pupitre.integrations.oneroster.services.taking import take


def give_classes(college: Establishment) -> None:
    """Register the tool, open it to students and teachers, make its files."""
    service = register_for(
        college, "referent", name="Sprachlabor", purpose="Les exercices oraux d’allemand", protocol="oidc",
        address="https://sprachlabor.example/", release="none",
    )  # fmt: skip
    connector = open_in(college, service, (Profile.STUDENT, Profile.TEACHER, Profile.LOCAL_ADMIN))
    with scope(college.pk):
        connector.service = service
        receiver = add_receiver(connector, actor=actor_of(college, "referent"))
    with clock.at(clock.now() - dt.timedelta(days=1)):
        given = _made(college, receiver)
        with scope(college.pk):
            take(RosterFile.objects.get(pk=given), actor=actor_of(college, "referent"))
    _made(college, receiver)


def _made(college: Establishment, receiver: Receiver) -> int:
    with scope(college.pk):
        asked = RosterFile(
            receiver=receiver, content=RosterFile.Content.BULK, asked_at=clock.now(),
            asked_by_id=actor_of(college, "referent").person_id,
        )  # fmt: skip
        asked.save()
    make_file(college.pk, asked.pk)
    return int(asked.pk)
