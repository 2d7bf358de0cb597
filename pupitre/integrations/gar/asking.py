"""Asking the GAR which resources somebody has: by a job, with our certificate, in two seconds."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec
from django.utils.translation import gettext, gettext_lazy

from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.integrations.gar.models import Access
from pupitre.integrations.gar.resources import Resource, Unreadable, knows_nobody, read
from pupitre.integrations.gar.sealing import unseal
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.copies import Line, Section
from pupitre.integrations.services.models import Pseudonym
from pupitre.integrations.services.outside import call
from pupitre.integrations.services.readers import Asked, Found, NoAnswer, Reader, offer_reader

KEY = "gar.resources"
_NOBODY = {204, 404}
_REFUSED = range(400, 500)


def fetch(asked: Asked) -> Found:
    """The resources of whoever asks. Raises NoAnswer, Unreachable. Families have none: they are not told to the GAR."""
    profiles = {role.profile for role in asked.identity.roles_in(asked.uai)}
    if profiles <= {Profile.GUARDIAN, Profile.ACADEMY_ADMIN, Profile.GUEST}:
        return Found()
    academy = Establishment.objects.values_list("academy", flat=True).get(uai=asked.uai)
    access = Access.objects.filter(academies__contains=[academy], is_on=True).first() if academy else None
    person = asked.identity.person
    number = Pseudonym.objects.filter(person=person, service=None).values_list("value", flat=True).first()
    if access is None or not access.can_ask or number is None:
        raise NoAnswer("nobody", is_ill=False)
    resources = _ask(access, asked.uai, number, asked.seconds)
    lines = [Line(each.title, each.editor, url=each.url) for each in resources]
    sections = [Section(gettext("Mes ressources"), lines)] if lines else []
    return Found({person: sections}, {"resources": msgspec.to_builtins(resources)})


def _ask(access: Access, uai: str, number: str, seconds: float) -> list[Resource]:
    parts = "/".join(quote(each, safe="") for each in (access.ent_id, uai, number))
    with _identity(access) as identity:
        answer = call(
            parse_address(f"{access.resources_url}/ressources/{parts}"),
            headers={"Accept": "application/json"},
            seconds=seconds,
            identity=identity,
        )
    if answer.status in _NOBODY or (answer.status in _REFUSED and knows_nobody(answer.body)):
        # Known to nobody there yet: that is an answer, of no resource.
        return []
    if answer.status != 200:
        raise NoAnswer("status")
    try:
        return read(answer.body)
    except Unreadable:
        raise NoAnswer("unreadable") from None


@contextmanager
def _identity(access: Access) -> Iterator[tuple[str, str]]:
    """Our certificate and its key as files, which is all that the library of TLS reads; gone as soon as it answered."""
    with tempfile.TemporaryDirectory(prefix="gar-") as folder:
        paths = Path(folder, "certificate.pem"), Path(folder, "key.pem")
        for path, data in zip(paths, (access.certificate.encode(), unseal(access.sealed_certificate_key)), strict=True):
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(data)
        yield str(paths[0]), str(paths[1])


def offer() -> None:
    """Make this way to read known, at start-up."""
    offer_reader(Reader(KEY, gettext_lazy("Ressources du GAR"), fetch, model="gar"))
