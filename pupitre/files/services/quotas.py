"""Room left: for a person in a school, by profile, and for the school."""

from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.files.queries import room_of, school_room
from pupitre.files.refusals import QuotaFull, SchoolFull
from pupitre.foundation.actor import Actor


def check_room(name: str, size: int, *, actor: Actor) -> None:
    """Raise QuotaFull or SchoolFull when so many bytes do not fit.

    Held until the end of the transaction, so that two tabs cannot take the same last room.
    """
    with connection.cursor() as cursor:
        held = f"files {current_establishment_id()} {actor.person_id}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [held])
    room = room_of(actor)
    if size > room.left:
        raise QuotaFull(name, room.left)
    if size > school_room().left:
        raise SchoolFull(name)
