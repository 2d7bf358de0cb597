"""Making a person something in a school."""

from datetime import date

from django.db import transaction

from pupitre.directory.models import Affiliation, Person
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps


@transaction.atomic
def affiliate(
    *,
    person: Person,
    establishment: Establishment,
    profile: str,
    function: str = "",
    source: str = "pupitre",
    starts_on: date | None = None,
    actor: Actor | None = None,
) -> Affiliation:
    """Make a person something in a school, from today unless told; a role that was ended starts again."""
    affiliation, _created = Affiliation.objects.update_or_create(
        person=person,
        establishment=establishment,
        profile=profile,
        defaults={"function": function, "source": source, "starts_on": starts_on or clock.today(), "ends_on": None},
    )
    raise_stamps([person_audience(person.pk)])
    audit.record(actor, "directory.affiliate", person, profile=profile, establishment_id=establishment.pk)
    return affiliation
