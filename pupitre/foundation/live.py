"""Telling the pages that are open that a number changed. Sent by the database at the commit, to whoever listens."""

from collections.abc import Iterable

from django.db import connection

CHANNEL = "pupitre_live"
# A notice of PostgreSQL holds 8,000 bytes.
_MOST = 400


def tell(person_ids: Iterable[int]) -> None:
    """Have the open pages of these people ask for their numbers again, once the transaction is committed."""
    ids = sorted(set(person_ids))
    notices = [",".join(map(str, ids[start : start + _MOST])) for start in range(0, len(ids), _MOST)]
    if not notices:
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, notice) from unnest(%s::text[]) as notice", [CHANNEL, notices])
