"""How people are named to a service, many at once: for those who make their accounts before they ever enter."""

import secrets
from collections.abc import Collection

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.integrations.services.models import Pseudonym, Service

_I = Service.Identifier


def pseudonyms_at(service: Service | None, person_ids: Collection[int]) -> dict[int, str]:
    """The number of each person for a service (None: the one for all), drawn for those who have none; three statements at most."""
    known = _known(service, person_ids)
    missing = [pk for pk in person_ids if pk not in known]
    if missing:
        Pseudonym.objects.bulk_create(
            [Pseudonym(person_id=pk, service=service, value=secrets.token_hex(16)) for pk in missing],
            ignore_conflicts=True,
        )
        known = _known(service, person_ids)
    return known


def users_at(service: Service, person_ids: Collection[int]) -> dict[int, str]:
    """What goes as the user for each person, exactly as a sign-on will tell it; those who have no such name are left out."""
    if service.identifier == _I.PSEUDONYM:
        return pseudonyms_at(service, person_ids)
    if service.identifier == _I.OPAQUE:
        return pseudonyms_at(None, person_ids)
    logins = dict(
        Person.objects.filter(pk__in=person_ids).exclude(user=None).values_list("pk", "user__username").iterator()
    )
    if service.identifier == _I.LOGIN:
        return logins
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=current_establishment_id())
    return {pk: f"{login}@{uai}" for pk, login in logins.items()}


def _known(service: Service | None, person_ids: Collection[int]) -> dict[int, str]:
    return dict(Pseudonym.objects.filter(service=service, person__in=person_ids).values_list("person_id", "value"))
