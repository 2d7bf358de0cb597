"""Opening a school in the network of an academy."""

from django.db import transaction

from pupitre.directory.models import Person
from pupitre.directory.profiles import Profile
from pupitre.directory.services.affiliations import affiliate
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment


@transaction.atomic
def open_school(*, person_id: int, uai: str, name: str, kind: str, town: str) -> Establishment:
    """Open an empty school, whose academy administrator and digital referent is the one who opens it, until others come."""
    establishment = open_establishment(uai=uai, name=name, kind=kind, town=town)
    person = Person.objects.get(pk=person_id)
    referent = str(Profile.LOCAL_ADMIN.label)
    with scope(establishment.pk):
        affiliate(person=person, establishment=establishment, profile=Profile.ACADEMY_ADMIN)
        affiliate(person=person, establishment=establishment, profile=Profile.LOCAL_ADMIN, function=referent)
    return establishment
