"""Reading what a file tells of the open school: two statements."""

from collections.abc import Collection

import msgspec
from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.integrations.oneroster.held import Human, School
from pupitre.integrations.oneroster.sql import PEOPLE, SCHOOL

_decode = msgspec.json.Decoder(School).decode


def school_now(connector_id: int) -> School:
    """The open school today, and the classes that a service is narrowed to."""
    with connection.cursor() as cursor:
        cursor.execute(
            SCHOOL, {"school": current_establishment_id(), "connector": connector_id, "today": clock.today()}
        )
        return _decode(cursor.fetchone()[0])


def people_now(profiles: Collection[str]) -> list[Human]:
    """Whoever is one of these profiles in the open school today, each once."""
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE, {"school": current_establishment_id(), "profiles": list(profiles), "today": clock.today()}
        )
        return [Human(*each) for each in cursor.fetchall()]
