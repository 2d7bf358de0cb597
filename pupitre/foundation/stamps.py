"""Version stamps: what was rendered for an audience stays true while its stamp does not move.

A stamp is raised in the transaction that changes what the audience sees; pages and shared fragments carry the
stamps they were made with. This is the only place that reads or raises them.
"""

from collections.abc import Iterable

from django.db import connection


def person_audience(person_id: int) -> str:
    """The audience made of one person."""
    return f"person:{person_id}"


def school_audience(establishment_id: int) -> str:
    """The audience made of everyone in a school."""
    return f"school:{establishment_id}"


def raise_stamps(audiences: Iterable[str]) -> None:
    """Tell that what these audiences see has changed; one statement. Sorted, so that two writers never deadlock."""
    names = sorted(set(audiences))
    if not names:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into foundation_stamp (audience, version) select unnest(%s::text[]), 1 "
            "on conflict (audience) do update set version = foundation_stamp.version + 1",
            [names],
        )
