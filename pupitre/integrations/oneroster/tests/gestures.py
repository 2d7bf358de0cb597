"""Gestures of the tests of this room."""

import csv
import io
import zipfile
from typing import Any

from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.services.asking import ask_for_file
from pupitre.integrations.oneroster.services.receivers import add_receiver
from pupitre.integrations.oneroster.services.taking import take
from pupitre.integrations.services.tests.factories import open_service
from tests.cast import Cast
from tests.jobs import run_jobs

Table = list[dict[str, str]]
TOOL = "https://manuels.exemple.example/"


def referent(cast: Cast) -> Actor:
    """Whoever looks after the services of the collège."""
    person, profiles = cast.people["referent"], frozenset({Profile.LOCAL_ADMIN})
    return Actor(person.user_id or 0, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles))


def make_receiver(cast: Cast, **facts: Any) -> Receiver:
    """A tool of the collège that receives its classes; entered by OpenID Connect, under a number of its own."""
    told = {"name": "Manuels", "protocol": "oidc", "address": TOOL, "release": "none", **facts}
    connector = open_service(cast, **told)
    with scope(cast.college.pk):
        return add_receiver(connector, actor=referent(cast))


def made(cast: Cast, receiver: Receiver, content: str = "bulk") -> RosterFile:
    """A file for a receiver, made by its job."""
    with scope(cast.college.pk):
        asked = ask_for_file(receiver, actor=referent(cast), content=content)
    run_jobs()
    with scope(cast.college.pk):
        return RosterFile.objects.get(pk=asked.pk)


def taken(cast: Cast, file: RosterFile) -> dict[str, Table]:
    """What a file holds, as another program reads it: by name, rows by column."""
    with scope(cast.college.pk):
        return opened(take(RosterFile.objects.get(pk=file.pk), actor=referent(cast)))


def opened(data: bytes) -> dict[str, Table]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name.removesuffix(".csv"): _table(held.read(name)) for name in held.namelist()}


def headers(data: bytes) -> dict[str, str]:
    """The first line of each file of a zip, as it is written."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name).decode().partition("\r\n")[0] for name in held.namelist()}


def _table(data: bytes) -> Table:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))
